import { appendFileSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RecordingResult, sealCrashed, secureCrashed } from '../../src/main/recorder/index.ts';
import { openAgeFile } from '../../src/main/vault/index.ts';
import { isRefusal } from '../../src/shared/errors.ts';
import { chanceFrom, full, largest, median, seedOfRun, table, tell } from '../support/figures.ts';
import { type FilmedRoom, filmedRoom, recordOnto } from '../support/filmedRoom.ts';
import { EXHIBIT } from '../support/recorderRoom.ts';
import { WatchedDisk } from '../support/watchedDisk.ts';
import { PowerDisk, type Tear } from '../unit/vault/powerDisk.ts';

const TEARS: readonly Tear[] = ['nothing', 'prefix', 'sectors'];
/** Cuts for each way in which what was not synced may survive. */
const EACH = full ? 200 : 15;

describe('the power goes in the midst of a recording', () => {
  const seed = seedOfRun();
  const chance = chanceFrom(seed);
  let folder: string;
  let room: FilmedRoom;
  let steps: number;
  const rows: (string | number)[][] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-power-'));
    room = await filmedRoom();
    const disk = new PowerDisk(1_000_000);
    const { ended } = await recordOnto(disk, room);
    expect(ended).toBe(true);
    steps = 1_000_000 - disk.stepsLeft;
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    const head = [
      ...['left of what was not synced', 'cuts', 'recovered', 'before anything was kept', 'after the end'],
      ...['bytes beyond the promise, median', 'largest'],
    ];
    tell(`Power cuts at a random step of ${steps} (seed ${seed}); nothing promised is missing`, table(head, rows));
  });

  it.each(TEARS)(`at a random step, of what was not synced there remains: %s`, async (tear) => {
    const ahead: number[] = [];
    let [nothing, whole] = [0, 0];
    for (let i = 0; i < EACH; i++) {
      const power = new PowerDisk(Math.floor(chance() * (steps + 3)));
      const disk = new WatchedDisk(power, room.identity);
      const { promised, ended } = await recordOnto(disk, room);
      const folders = await lay(power.afterwards(chance, tear), join(folder, `${tear}-${i}`));
      if (ended) {
        whole += 1;
        await expectWhole(folders, room);
      } else if (!(await expectRecovered(folders, promised, disk, ahead))) nothing += 1;
      expect(disk.problems, `cut ${i}, ${tear}`).toEqual([]);
      for (const one of folders) await rm(dirname(one), { recursive: true, force: true });
    }
    rows.push([tear, EACH, EACH - whole - nothing, nothing, whole, Math.round(median(ahead)), largest(ahead)]);
  });

  it('in the midst of a line or a head that lies on two sectors: what stands of it is no disagreement', async () => {
    const power = new PowerDisk(Math.floor(steps * 0.9));
    const disk = new WatchedDisk(power, room.identity);
    const { promised } = await recordOnto(disk, room);
    const folders = await lay(power.afterwards(chance, 'nothing'), join(folder, 'two-sectors'));
    for (const one of folders) {
      for (const { id } of room.tracks) {
        // The first sector never came to the disk and reads as zeros; the second, with the end of the line, did.
        appendFileSync(join(one, `tracks/${id}.segments.jsonl`), `${'\0'.repeat(90)}4,"start_ms":11000}\n`);
        appendFileSync(join(one, `tracks/${id}.heads`), `${'\0'.repeat(120)}mjHkU8=\n`);
      }
    }
    expect(await expectRecovered(folders, promised, disk, [])).toBe(true);
  });

  /**
   * Recovers what the disks kept; false when nothing was promised and nothing is there. `ahead` gets the bytes of each track
   * beyond the promise.
   */
  async function expectRecovered(
    folders: readonly string[],
    promised: ReadonlyMap<string, number>,
    disk: WatchedDisk,
    ahead: number[],
  ): Promise<boolean> {
    const secured = await secureCrashed(folders);
    expect(await secureCrashed(folders)).toEqual(secured);
    const options = {
      ...{ exhibit: EXHIBIT, folders, identity: room.identity, recipient: room.recipient },
      ...{ sources: room.tracks.map(({ source }) => source), startedAt: null, ffmpegVersion: 'x' },
    };
    let result: RecordingResult;
    try {
      result = await sealCrashed(options);
    } catch (error) {
      // Before the first fragment of any track was promised there may be nothing to recover.
      if (!isRefusal(error, 'RECORDING_NOTHING_KEPT')) throw error;
      expect(largest([...promised.values()])).toBeLessThanOrEqual(largest(room.tracks.map(({ init }) => init)));
      return false;
    }
    expect(result.end).toBe('crashed');
    expect(result.targets.every(({ ok }) => ok)).toBe(true);
    for (const track of room.tracks) {
      const promise = promised.get(track.id) ?? 0;
      const [part] = result.tracks.find((one) => one.track.id === track.id)?.track.parts ?? [];
      if (part === undefined) {
        // A promise of the initialisation section alone is no picture yet.
        expect(promise, track.id).toBeLessThanOrEqual(track.init);
        continue;
      }
      expect(part.bytes, track.id).toBeGreaterThanOrEqual(promise);
      for (const one of folders) {
        const media = await plainOf(one, track.id);
        expect(media.length).toBe(part.bytes);
        expect(media.equals(track.media.subarray(0, media.length)), track.id).toBe(true);
        const path = join(one, `tracks/${track.id}.mp4.age`);
        disk.take(path, readFileSync(path), `recovered ${track.id}`);
      }
      ahead.push(part.bytes - promise);
    }
    return true;
  }

  /** What one disk has of a track after the recovery or the end. */
  async function plainOf(target: string, track: string): Promise<Buffer> {
    const reader = await openAgeFile(join(target, `tracks/${track}.mp4.age`), room.identity);
    const plain = await reader.read(0, reader.plainBytes);
    await reader.close();
    return plain;
  }

  async function expectWhole(folders: readonly string[], { tracks }: FilmedRoom): Promise<void> {
    for (const target of folders) {
      for (const track of tracks) expect((await plainOf(target, track.id)).equals(track.media)).toBe(true);
    }
  }
});

/** Lays what a disk kept into real folders, one a target; gives the exhibit's folder in each. */
async function lay(files: ReadonlyMap<string, Buffer>, place: string): Promise<[string, string]> {
  const folders: [string, string] = [join(place, 'a', EXHIBIT), join(place, 'b', EXHIBIT)];
  for (const folder of folders) await mkdir(join(folder, 'tracks'), { recursive: true });
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), bytes);
  }
  return folders;
}
