// The vault's large files beside the `age` command on the same file, and a random read out of a long track.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { newIdentity, openAgeFile, storeFile } from '../../../src/main/vault/index.ts';

const run = promisify(execFile);
const MIB = 1024 * 1024;
const READS = 200;
/** Each is timed so often, by turns: what else the machine and its disk do falls on all alike. The middle one counts. */
const ROUNDS = 3;

/** The vault's part of `npm run bench -- evidence`, on one file of `mib` MiB. */
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

    const age = () => run('age', ['-r', recipient, '-o', theirs, plain]);
    const synced = () => run('sync', ['-d', theirs]);
    const rounds = await inTurns(mib, () => Promise.all([ours, theirs].map((path) => rm(path, { force: true }))), {
      write: () => storeFile({ targets: [folder], file: 'ours', recipient, plain: pieces(plain) }),
      age,
      ageDurable: () => age().then(synced),
      ageWhole: () =>
        age()
          .then(synced)
          .then(() => run('sha256sum', [plain, theirs])),
    });
    await storeFile({ targets: [folder], file: 'ours', recipient, plain: pieces(plain) });
    const reads = await inTurns(mib, async () => undefined, {
      read: () => readAll(ours, identity),
      age: () => run('age', ['-d', '-i', key, '-o', '/dev/null', ours]),
    });
    report('write (durable, both digests) beside age', rounds.write, rounds.age);
    report('the same beside age and sync', rounds.write, rounds.ageDurable);
    report('the same beside age, sync and sha256sum of both files', rounds.write, rounds.ageWhole);
    report('read', reads.read, reads.age);
    process.stdout.write(
      `  vault random read of 1 MiB: ${(await randomReads(ours, identity, mib)).toFixed(2)} ms median (wanted below 5)\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** MiB/s of each, the middle one of `ROUNDS`; `before` clears away what the one before left. The first round only warms up. */
async function inTurns<T extends string>(
  mib: number,
  before: () => Promise<unknown>,
  works: Readonly<Record<T, () => Promise<unknown>>>,
): Promise<Record<T, number>> {
  const names = Object.keys(works) as T[];
  const took = new Map<T, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of names) {
      await before();
      const one = await rate(mib, works[name]);
      if (round > 0) took.get(name)?.push(one);
    }
  }
  await before();
  return Object.fromEntries(names.map((name) => [name, middle(took.get(name) ?? [])])) as Record<T, number>;
}

/** The file in pieces of 1 MiB, each good until the next is asked for: one buffer for all. */
async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  const buffer = Buffer.alloc(MIB);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, MIB, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
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
  return middle(took);
}

const middle = (figures: number[]): number => figures.sort((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;

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
