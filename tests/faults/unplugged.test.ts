import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { simulatedRoom } from '../../src/main/rooms/devices/index.ts';
import type { Disk, DiskFile } from '../../src/main/vault/index.ts';
import { filmedRoom, recordOnto } from '../support/filmedRoom.ts';
import { mountSkipReason, mountSmall } from '../support/mounts.ts';
import { decoded, decrypted, EXHIBIT, type RecorderRoom, recorderRoom, stem } from '../support/recorderRoom.ts';
import { changedSince, standingIn } from '../support/standing.ts';
import { patiently, until } from '../support/until.ts';
import { PowerDisk } from '../unit/vault/powerDisk.ts';

const noMount = mountSkipReason();
if (noMount !== null) process.stderr.write(`skipped: full and unplugged disks: ${noMount}\n`);

const ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A camera and a microphone; the first target is a disk in memory of its own. */
async function recordingOnOwnDisk(): Promise<{ room: RecorderRoom; disk: string; targets: string[] }> {
  const sources = simulatedRoom().filter(({ id }) => id === 'room' || id === 'mic1');
  const room = await recorderRoom({ sources });
  ends.push(() => room.stop());
  const disk = join(room.folder, 'own');
  await mkdir(disk);
  // Taken away by the test itself or here: never twice.
  const unmount = mountSmall(disk, 2 ** 31);
  ends.push(() => spawnSync('mountpoint', ['-q', disk]).status === 0 && unmount());
  const targets = [join(disk, EXHIBIT), room.targets[1]];
  await room.ready();
  await patiently('SOURCE_FAILED', () => room.client.begin({ ...room.plan, targets, plannedMs: 0 }));
  return { room, disk, targets };
}

const bytesOf = async (room: RecorderRoom): Promise<number[]> =>
  (await room.client.state()).sources.map(({ bytes }) => bytes);

async function grows(room: RecorderRoom): Promise<void> {
  const before = await bytesOf(room);
  await until('every track grows', async () => (await bytesOf(room)).every((bytes, i) => bytes > (before[i] ?? 0)));
}

/** The recording ends whole on the disk that is left, and nothing that stood there has changed. */
async function expectWhole(room: RecorderRoom, stood: ReturnType<typeof standingIn>): Promise<void> {
  await grows(room);
  const told = await bytesOf(room);
  const result = await room.client.end();
  expect(result.targets.map(({ ok }) => ok)).toEqual([false, true]);
  expect(changedSince(stood)).toEqual([]);
  result.tracks.forEach(({ track }, i) => {
    expect(track.gaps).toEqual([]);
    const [part, ...further] = track.parts;
    if (part === undefined) throw new Error('no part');
    expect(further).toEqual([]);
    expect(part.bytes).toBeGreaterThanOrEqual(told[i] ?? Number.NaN);
    const media = decrypted(room, `${stem(room.targets[1], part)}.mp4.age`);
    expect(media.length).toBe(part.bytes);
    expect(decoded(media, track.kind === 'video' ? 'video' : 'audio').warnings).toBe('');
  });
}

describe.skipIf(noMount !== null)('a disk', () => {
  it('that is full leaves the other disk, and what stands on it, as they were', async () => {
    const { room, disk } = await recordingOnOwnDisk();
    await grows(room);
    const stood = standingIn([room.targets[1]]);
    const { blocks, bfree, bsize } = statfsSync(disk);
    const size = (blocks - bfree) * bsize + 400_000;
    const { status, stderr } = spawnSync('mount', ['-o', `remount,size=${size}`, disk], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    await until('it is dropped', async () => (await room.client.state()).targets[0]?.ok === false);
    expect((await room.client.state()).targets[0]?.problem).toBe('ENOSPC');
    await expectWhole(room, stood);
  });

  it('that is taken away with its file system leaves them so as well', async () => {
    const { room, disk } = await recordingOnOwnDisk();
    await grows(room);
    const stood = standingIn([room.targets[1]]);
    expect(spawnSync('umount', ['-l', disk]).status).toBe(0);
    await expectWhole(room, stood);
  });
});

/** A disk on which every sync to `/b` takes as long as the test says: never, here, until it lets go. */
class StuckDisk extends PowerDisk implements Disk {
  #release: () => void = () => undefined;
  readonly #stuck = new Promise<void>((resolve) => {
    this.#release = resolve;
  });
  stuckSyncs = 0;

  letGo(): void {
    this.#release();
  }

  override async create(path: string): Promise<DiskFile> {
    const file = await super.create(path);
    if (!path.startsWith('/b/') || !path.endsWith('.mp4.age')) return file;
    return {
      ...file,
      datasync: async () => {
        this.stuckSyncs += 1;
        await this.#stuck;
        await file.datasync();
      },
    };
  }
}

it('a disk that does not answer keeps nothing from the other', async () => {
  const disk = new StuckDisk();
  const room = await filmedRoom();
  let ended: boolean | null = null;
  const recording = recordOnto(disk, room).then((outcome) => {
    ended = outcome.ended;
    return outcome;
  });
  try {
    for (const track of room.tracks) {
      // All that was filmed is on the disk that answers, while the other has not answered once.
      await until(
        `${track.id} is on the disk that answers`,
        () => disk.durableBytes(`/a/${EXHIBIT}/tracks/${track.id}.mp4.age`) > track.media.length - 65_536,
      );
    }
    expect(disk.stuckSyncs).toBeGreaterThan(0);
    expect(disk.durableBytes(`/b/${EXHIBIT}/tracks/room.mp4.age`)).toBe(0);
  } finally {
    disk.letGo();
    await recording;
  }
  expect(ended).toBe(true);
});
