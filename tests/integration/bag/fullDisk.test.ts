import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptedTarSink, folderSink, writeBag } from '../../../src/main/archive/bag/index.ts';
import { newIdentity } from '../../../src/main/vault/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { hasCommand } from '../../support/openssl.ts';
import { BAGGED, sampleBagInput } from '../../support/sampleBag.ts';
import { type SampleExhibit, sampleExhibit } from '../../support/sampleExhibit.ts';

/** A disk of 150 KiB, or undefined (and why) where this user may not mount one. */
async function smallDisk(): Promise<string | undefined> {
  const disk = await mkdtemp(join(tmpdir(), 'small-'));
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=150k', 'tmpfs', disk], { encoding: 'utf8' });
  if (done.status === 0) return disk;
  process.stderr.write(`skipped: cannot mount a small disk here (${done.stderr || done.error?.message})\n`);
  await rm(disk, { recursive: true, force: true });
  return undefined;
}

const disk = await smallDisk();

describe.skipIf(disk === undefined || !hasCommand('ffmpeg', '-version'))('a bag on a disk that is too small', () => {
  const small = disk ?? '';
  let folder = '';
  let exhibit: SampleExhibit;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bag-'));
    await mkdir(join(folder, 'x'));
    exhibit = await sampleExhibit(folder);
  });
  afterAll(async () => {
    exhibit.db.close();
    await rm(folder, { recursive: true, force: true });
    spawnSync('umount', [small]);
    await rm(small, { recursive: true, force: true });
  });

  it.each(['folder', 'age file'])('is refused as a %s, leaves no trace there, and nothing in the log', async (kind) => {
    const { recipient } = await newIdentity();
    const path = join(small, 'bag');
    const sink = kind === 'folder' ? folderSink(path) : encryptedTarSink(path, [recipient], BAGGED);
    const events = exhibit.log.size();
    const refused = await writeBag(sampleBagInput(exhibit), sink).catch((error: unknown) => error);
    expect(isRefusal(refused, 'EXPORT_FOLDER_UNUSABLE') ? refused.params['reason'] : refused).toBe('ENOSPC');
    expect(await readdir(small)).toEqual([]);
    expect(exhibit.log.size()).toBe(events);
  });
});
