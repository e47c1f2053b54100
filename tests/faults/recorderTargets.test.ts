import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { attachRecorder, sealCrashed } from '../../src/main/recorder/index.ts';
import { simulatedRoom } from '../../src/main/rooms/devices/index.ts';
import { leftWith } from '../support/mounts.ts';
import { alive, decoded, decrypted, EXHIBIT, type RecorderRoom, recorderRoom, stem } from '../support/recorderRoom.ts';
import { until } from '../support/until.ts';

const after: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const act of after.splice(0).reverse()) await act();
});

const microphone = () => simulatedRoom().filter(({ id }) => id === 'mic1');

/** A small disk of its own, or null where none can be mounted (not root). */
async function smallDisk(folder: string, size: string): Promise<string | null> {
  await mkdir(folder, { recursive: true });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status !== 0) return null;
  after.push(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

async function open(): Promise<RecorderRoom> {
  const room = await recorderRoom({ sources: microphone() });
  after.push(() => room.stop());
  await room.ready();
  return room;
}

describe('a disk that fails while it is written to', () => {
  it('is dropped with an alarm when it is full; the other holds the whole recording', async ({ skip }) => {
    const room = await open();
    const disk = await smallDisk(join(room.folder, 'full'), '160k');
    if (disk === null) return skip('no small disk can be mounted here (root is needed)');
    // A planned length of less than nothing leaves no reserve to refuse over: this disk shall fill up.
    const full = join(disk, EXHIBIT);
    const plan = { ...room.plan, targets: [full, room.targets[1]] };
    await expect(room.client.begin(plan)).rejects.toMatchObject({ code: 'NO_ROOM_ON_DISK', params: { target: full } });
    spawnSync('mount', ['-o', 'remount,size=64m', disk]);
    await room.client.begin({ ...plan, plannedMs: 0 });
    await until('it is nearly full', () => leftWith(disk, 16_384));
    await until('it is dropped', async () => (await room.client.state()).targets[0]?.ok === false, {
      withinMs: 120_000,
    });
    const state = await room.client.state();
    expect(state.targets[0]?.problem).toBe('ENOSPC');
    expect(state.alarms.map(({ code }) => code)).toContain('TARGET_LOST');
    const elapsed = state.elapsedMs;
    await until('it goes on', async () => (await room.client.state()).elapsedMs > elapsed + 2000);
    const result = await room.client.end();
    expect(result.targets.map(({ ok }) => ok)).toEqual([false, true]);
    expect(result.stored.map(({ target }) => target)).toEqual([1]);
    const part = result.tracks[0]?.track.parts[0];
    if (part === undefined) throw new Error('no part');
    expect(result.tracks[0]?.track.parts).toHaveLength(1);
    const media = decrypted(room, `${stem(room.targets[1], part)}.mp4.age`);
    expect(media.length).toBe(part.bytes);
    expect(decoded(media, 'audio').warnings).toBe('');
    expect(result.events.find(({ action }) => action === 'target.lost')?.details).toMatchObject({
      target: 0,
      problem: 'ENOSPC',
    });
  });

  it('both of them: the stop says so, the recorder ends as by a crash, and what stood is recovered', async ({
    skip,
  }) => {
    const room = await open();
    const disk = await smallDisk(join(room.folder, 'full'), '64m');
    if (disk === null) return skip('no small disk can be mounted here (root is needed)');
    const targets = [join(disk, 'a', EXHIBIT), join(disk, 'b', EXHIBIT)];
    const begun = await room.client.begin({ ...room.plan, targets, plannedMs: 0 });
    await until('two seconds', async () => (await room.client.state()).elapsedMs > 2000);
    await until('it is nearly full', () => leftWith(disk, 16_384));
    await until('both are dropped', async () => (await room.client.state()).targets.every(({ ok }) => !ok), {
      withinMs: 120_000,
    });
    await expect(room.client.end()).rejects.toMatchObject({ code: 'TARGET_UNUSABLE' });
    await room.client.closed;
    await until('it has ended', () => !alive(room.client.pid));
    expect(await attachRecorder(room.options.folder)).toBeNull();
    spawnSync('mount', ['-o', 'remount,size=64m', disk]);
    const result = await sealCrashed({
      ...{ exhibit: EXHIBIT, folders: targets, identity: room.identity, recipient: room.recipient },
      ...{ sources: microphone(), startedAt: begun.startedAt, ffmpegVersion: 'x' },
    });
    expect(result.tracks[0]?.track.parts[0]?.duration_ms).toBeGreaterThan(0);
    expect(result.stored).toHaveLength(2);
  });

  it('and a folder that is taken away under it', async () => {
    const room = await open();
    await room.client.begin(room.plan);
    await until('a second', async () => (await room.client.state()).elapsedMs > 1000);
    // Open files go on being written on Linux; it is at the end that the folder is missed.
    await rename(join(room.folder, 'disk-a'), join(room.folder, 'elsewhere'));
    const result = await room.client.end();
    expect(result.targets.map(({ ok }) => ok)).toEqual([false, true]);
    expect(existsSync(join(room.targets[1], 'tracks/mic1.mp4.age'))).toBe(true);
  });
});
