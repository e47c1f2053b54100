import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentity, openCrashedPart, openPart, openSecret } from '../../../src/main/vault/index.ts';

/** A real small disk, where this machine lets us mount one. */
describe('a disk that is full', () => {
  let base = '';
  let small = '';
  let mounted = false;

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'birret-full-'));
    small = join(base, 'small');
    await mkdir(small);
    mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small]).status === 0;
    if (!mounted) process.stdout.write('skipped: this machine does not let the tests mount a small disk\n');
  });
  afterAll(async () => {
    if (mounted) spawnSync('umount', [small]);
    await rm(base, { recursive: true, force: true });
  });

  it('is dropped with ENOSPC; the other target goes on; what it holds can be read', async (context) => {
    if (!mounted) return context.skip('no small disk');
    const { identity, recipient } = await newIdentity();
    const lost: string[] = [];
    const writer = await openPart({
      targets: [small, base],
      file: 'room.mp4',
      recipient,
      onTargetLost: (_, error) => lost.push(String(error)),
    });
    const plain = randomBytes(2_000_000);
    for (let at = 0; at < plain.length; at += 50_000) {
      await writer.write(plain.subarray(at, at + 50_000));
      await writer.makeDurable();
    }
    const done = await writer.finish();
    expect(lost).toEqual([expect.stringContaining('ENOSPC')]);
    expect(done.stored.map((one) => one.target)).toEqual([base]);
    expect((await openSecret(await readFile(join(base, 'room.mp4.age')), identity)).equals(plain)).toBe(true);
    const part = await openCrashedPart(small, 'room.mp4', identity);
    expect(part.plainBytes).toBeGreaterThan(200_000);
  });
});
