import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RecordingResult, sealCrashed } from '../../../src/main/recorder/index.ts';
import { simulatedRoom } from '../../../src/main/rooms/devices/index.ts';
import { type FilmedRoom, filmedRoom, recordOnto } from '../../support/filmedRoom.ts';
import { EXHIBIT } from '../../support/recorderRoom.ts';
import { PowerDisk } from '../../unit/vault/powerDisk.ts';

const LATE_MS = 6000;

/** A recording of the room whose camera comes late, as it ends of itself or as it is recovered after the power went. */
describe('a source that was missing when the recording began', () => {
  let folder: string;
  let room: FilmedRoom;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-late-'));
    room = await filmedRoom();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const gapsOf = (result: RecordingResult, id: string) =>
    result.tracks.find(({ track }) => track.id === id)?.track.gaps ?? null;

  /** A recording whose power goes before the stop, laid into a folder of its own. */
  async function crashed(comesAt: Record<string, number>): Promise<string> {
    const disk = new PowerDisk();
    const beforeStop = () => {
      disk.stepsLeft = 0;
    };
    expect(await recordOnto(disk, room, { comesAt, beforeStop })).toMatchObject({ ended: false });
    const place = await mkdtemp(join(folder, 'place-'));
    for (const [path, bytes] of disk.afterwards(() => 0.5, 'nothing')) {
      await mkdir(dirname(join(place, path)), { recursive: true });
      await writeFile(join(place, path), bytes);
    }
    return place;
  }

  const recovered = (place: string, sources = room.tracks.map(({ source }) => source)): Promise<RecordingResult> =>
    sealCrashed({
      ...{ exhibit: EXHIBIT, folders: [join(place, 'a', EXHIBIT), join(place, 'b', EXHIBIT)] },
      ...{ identity: room.identity, recipient: room.recipient, sources, startedAt: null, ffmpegVersion: 'x' },
    });

  it('has a gap from 0 to its first part, the same whether the recording ended or was cut off', async () => {
    const comesAt = { room: LATE_MS };
    const { result } = await recordOnto(new PowerDisk(), room, { comesAt });
    if (result === null) throw new Error('it did not end');
    const after = await recovered(await crashed(comesAt));
    expect(gapsOf(result, 'room')).toEqual([{ from_ms: 0, to_ms: LATE_MS, cause: 'source' }]);
    expect(gapsOf(after, 'room')).toEqual(gapsOf(result, 'room'));
    expect(gapsOf(after, 'mic1')).toEqual([]);
  });

  it('has none when it came within a few seconds of the button', async () => {
    const after = await recovered(await crashed({ room: 900 }));
    expect(gapsOf(after, 'room')).toEqual([]);
  });

  it('has a gap from 0 to the end of what was kept when it never came', async () => {
    const place = await crashed({});
    for (const target of ['a', 'b']) await rm(join(place, target, EXHIBIT, 'recording.json'));
    const away = simulatedRoom().filter(({ id }) => id !== 'room' && id !== 'mic1');
    const after = await recovered(place, [...room.tracks.map(({ source }) => source), ...away]);
    for (const { id } of away) {
      expect(gapsOf(after, id)).toEqual([{ from_ms: 0, to_ms: after.durationMs, cause: 'source' }]);
    }
    expect(after.durationMs).toBeGreaterThan(0);
    expect(away).not.toEqual([]);
  });
});
