import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Disk,
  newIdentity,
  openAgeFile,
  openPart,
  sealSecret,
  sha256File,
  storeFile,
  systemDisk,
} from '../../src/main/vault/index.ts';

const MIB = 1024 * 1024;
const SIZE = 512;
const nothing = async (): Promise<void> => undefined;
const noDisk: Disk = {
  ...systemDisk,
  create: async () => ({ writeAt: nothing, truncate: nothing, datasync: nothing, close: nothing }),
  rename: nothing,
  remove: nothing,
  syncFolder: nothing,
};

/**
 * Measures the vault on one 512 MiB file and prints MiB/s beside those of `age` and `sha256sum` on the same machine, and
 * what a tail costs. Ratios mean something on a busy machine, absolute figures do not.
 */
export async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'birret-bench-'));
  try {
    await measure(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<void> {
  const { identity, recipient } = await newIdentity();
  const block = randomBytes(MIB);
  const plainPath = join(folder, 'plain');
  const [key, theirs] = [join(folder, 'key'), join(folder, 'theirs.age')];
  await writeFile(key, identity);
  await writeFile(
    plainPath,
    Array.from({ length: SIZE }, () => block),
  );
  const plain = Array.from({ length: SIZE }, () => block);
  const ours = join(folder, 'ours.age');

  const nowhere = await rate(() => storeFile({ targets: [folder], file: 'none', recipient, plain, disk: noDisk }));
  const nowhereAge = await rate(async () => execFileSync('age', ['-r', recipient, '-o', '/dev/null', plainPath]));
  report('encrypt with both digests, no disk', nowhere, 'age', nowhereAge);
  const write = await rate(() => storeFile({ targets: [folder], file: 'ours', recipient, plain }));
  const writeAge = await rate(async () => execFileSync('age', ['-r', recipient, '-o', theirs, plainPath]));
  report('the same, durable on disk', write, 'age, not durable,', writeAge);

  const read = await rate(async () => {
    const reader = await openAgeFile(ours, identity);
    for await (const piece of reader.stream()) if (piece.length === 0) throw new Error('an empty piece');
    await reader.close();
  });
  const readAge = await rate(async () => execFileSync('age', ['-d', '-i', key, '-o', '/dev/null', ours]));
  report('decrypt', read, 'age', readAge);

  const digest = await rate(() => sha256File(plainPath));
  const digestTool = await rate(async () => execFileSync('sha256sum', [plainPath]));
  report('digest', digest, 'sha256sum', digestTool);

  const reader = await openAgeFile(ours, identity);
  const seeks = await perCall(500, (i) => reader.read(((i * 7_919_777) % (SIZE * MIB - 300_000)) | 0, 300_000));
  await reader.close();
  line(`random read of 300 kB: ${seeks.toFixed(2)} ms`);
  const tail = randomBytes(40_000);
  line(`sealing a tail of 40 kB: ${(await perCall(300, () => sealSecret(tail, [recipient]))).toFixed(2)} ms`);
  const writer = await openPart({ targets: [folder], file: 'room.mp4', recipient });
  const fragment = await perCall(200, async () => {
    await writer.write(block.subarray(0, 250_000));
    await writer.makeDurable();
  });
  await writer.finish();
  line(`a fragment of 250 kB made durable on one target: ${fragment.toFixed(2)} ms`);
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (SIZE * 1000) / (performance.now() - start);
}

async function perCall(count: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) await work(i);
  return (performance.now() - start) / count;
}

function report(what: string, ours: number, tool: string, theirs: number): void {
  line(`${what}: ${ours.toFixed(0)} MiB/s, ${tool} ${theirs.toFixed(0)} MiB/s, ratio ${(ours / theirs).toFixed(2)}`);
}

function line(text: string): void {
  process.stdout.write(`${text}\n`);
}
