// Verifying a large bag, as `birret verify` does it in a process of its own, beside `sha256sum` over the same files.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { largeMedia } from '../../support/largeMedia.ts';
import { sampleBag } from '../../support/sampleBag.ts';

const run = promisify(execFile);
const Child = z.object({ outcome: z.literal('trusted'), rssMiB: z.number(), cpuMs: z.number() });
const SEGMENT_MIB = 1;
const MIB = 1024 * 1024;

/**
 * The verifier's part of `npm run bench -- evidence`: a bag of two parts, `mib` MiB together. `entry` is the verification to
 * be measured: what is built, as it is shipped, where it was (`npm run build`); sources cost a second and memory to strip.
 */
export async function benchVerify(mib = 2048, entry = newest()): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'birret-bench-verify-'));
  try {
    const half = () => largeMedia(mib / 2 / SEGMENT_MIB, SEGMENT_MIB * MIB, randomBytes(MIB));
    const bag = await sampleBag(folder, { media: { room: half(), mic: half() } });
    bag.exhibit.db.close();
    const child = fileURLToPath(new URL('verifyChild.mjs', import.meta.url));
    const ours = await timed(() => run(process.execPath, [child, entry, bag.path, bag.rootPath]));
    const { rssMiB, cpuMs } = Child.parse(JSON.parse(ours.result.stdout));
    const theirs = await timed(() => run('sha256sum', ['-c', '--status', 'manifest-sha256.txt'], { cwd: bag.path }));
    const rate = (ms: number) => `${((mib * 1000) / ms).toFixed(0)} MiB/s`;
    process.stdout.write(
      `  verify a bag of ${mib} MiB: ${rate(ours.ms)}, sha256sum ${rate(theirs.ms)}, ratio ${(theirs.ms / ours.ms).toFixed(2)} (wanted 1.2); ` +
        `at most ${rssMiB.toFixed(0)} MiB of memory (wanted below 150), ${(cpuMs / mib).toFixed(2)} ms of processor a MiB\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function newest(): string {
  const built = fileURLToPath(new URL('../../../build/main/verification/index.js', import.meta.url));
  const source = fileURLToPath(new URL('../../../src/main/verification/index.ts', import.meta.url));
  if (existsSync(built)) return built;
  process.stdout.write('  (not built: the verifier is measured as sources)\n');
  return source;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}
