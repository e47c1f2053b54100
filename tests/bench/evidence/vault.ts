// The vault's large files beside the `age` command on the same file, and a random read out of a long track.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { newIdentity, openAgeFile, storeFile } from '../../../src/main/vault/index.ts';

const run = promisify(execFile);
const MIB = 1024 * 1024;
const READS = 200;

/** The vault's part of `npm run bench -- evidence`, on one file of `mib` MiB. Both are timed to the end of their own writing; only ours is durable then. */
export async function benchVault(mib = 2048): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'birret-bench-vault-'));
  try {
    const { identity, recipient } = await newIdentity();
    const [plain, ours, theirs, key] = ['plain', 'ours.age', 'theirs.age', 'key'].map((name) => join(folder, name));
    if (plain === undefined || ours === undefined || theirs === undefined || key === undefined)
      throw new Error('names');
    const block = randomBytes(MIB);
    await pipeline(
      Array.from({ length: mib }, () => block),
      createWriteStream(plain),
    );
    await writeFile(key, identity);

    const source = () => createReadStream(plain, { highWaterMark: MIB });
    const write = await rate(mib, () => storeFile({ targets: [folder], file: 'ours', recipient, plain: source() }));
    const writeAge = await rate(mib, () => run('age', ['-r', recipient, '-o', theirs, plain]));
    report('write, durable, with both digests', write, writeAge);
    await rm(theirs);
    const read = await rate(mib, () => readAll(ours, identity));
    const readAge = await rate(mib, () => run('age', ['-d', '-i', key, '-o', '/dev/null', ours]));
    report('read', read, readAge);
    process.stdout.write(
      `  vault random read of 1 MiB: ${(await randomReads(ours, identity, mib)).toFixed(2)} ms median (wanted below 5)\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readAll(path: string, identity: string): Promise<void> {
  const reader = await openAgeFile(path, identity);
  for await (const piece of reader.stream()) if (piece.length === 0) throw new Error('an empty piece');
  await reader.close();
}

async function randomReads(path: string, identity: string, mib: number): Promise<number> {
  const reader = await openAgeFile(path, identity);
  const took: number[] = [];
  for (let i = 0; i < READS; i++) {
    const offset = Math.floor(Math.random() * (mib - 1) * MIB);
    const start = performance.now();
    await reader.read(offset, MIB);
    took.push(performance.now() - start);
  }
  await reader.close();
  return took.sort((a, b) => a - b)[READS >> 1] ?? Number.NaN;
}

async function rate(mib: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (mib * 1000) / (performance.now() - start);
}

function report(what: string, ours: number, theirs: number): void {
  process.stdout.write(
    `  vault ${what}: ${ours.toFixed(0)} MiB/s, age ${theirs.toFixed(0)} MiB/s, ratio ${(ours / theirs).toFixed(2)} (wanted 0.8)\n`,
  );
}
