import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../../src/main/recorder/folderLock.ts';
import { Journal, readJournal } from '../../../src/main/recorder/journal.ts';
import { gapsBetween, holesOf } from '../../../src/main/recorder/recovery/gaps.ts';
import { scan } from '../../../src/main/recorder/recovery/readPart.ts';
import { secureCrashed } from '../../../src/main/recorder/recovery/secure.ts';
import { systemSleepInhibitor } from '../../../src/main/recorder/sleepInhibitor.ts';
import { LiveSegmentStore } from '../../../src/main/recorder/writing/liveSegments.ts';
import type { SegmentLine } from '../../../src/shared/evidence/record.ts';
import { fragmentedVideo } from '../../support/fragmentedMp4.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bir-ret-recorder-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const line = (i: number, start_ms: number, length = 10): SegmentLine => ({
  ...{ duration_ms: 1000, i, length, offset: i * 10 },
  ...{ sha256: 'a'.repeat(64), start_ms },
});

describe('the journal', () => {
  it('numbers what happened, and keeps it in the file', async () => {
    const path = join(folder, 'journal.jsonl');
    const journal = new Journal(path, { now: () => new Date(0), monotonicNs: () => 0n });
    await journal.start();
    journal.add('recorder.started', null, { pid: 1 });
    journal.add('source.lost', 'st1-2026-000001', { track: 'room' });
    expect(journal.after(0).map(({ seq, action }) => [seq, action])).toEqual([[1, 'source.lost']]);
    await journal.stop();
    const lines = (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(lines).toEqual(journal.after(-1));
    await writeFile(path, `${await readFile(path, 'utf8')}{"seq":2,"at":"1970`);
    expect(await readJournal(folder, 'st1-2026-000001')).toEqual(journal.after(0));
    expect(await readJournal(join(folder, 'elsewhere'), 'st1-2026-000001')).toEqual([]);
    expect(journal.lostWrites).toBe(0);
  });
});

describe('the lock', () => {
  it('is held by one at a time', () => {
    const path = join(folder, 'lock');
    const first = takeLock(path);
    expect(first).not.toBeNull();
    expect(takeLock(path)).toBeNull();
    first?.release();
    const second = takeLock(path);
    expect(second).not.toBeNull();
    second?.release();
  });
});

describe('live segments', () => {
  const segment = (i: number, length = 10) => ({ line: line(i, i * 1000, length), bytes: [Buffer.alloc(length, i)] });

  it('keeps the last six, and begins a part with its initialisation section', () => {
    const store = new LiveSegmentStore();
    store.begin('room', segment(0));
    for (let i = 1; i <= 9; i++) store.add(segment(i));
    const first = store.get(null, -1);
    expect([first.part, first.init?.i, first.segments.map(({ i }) => i)]).toEqual(['room', 0, [4, 5, 6, 7, 8, 9]]);
    expect(first.bytes).toHaveLength(70);
    expect(store.get('room', 7).segments.map(({ i }) => i)).toEqual([8, 9]);
    expect(store.get('room', 7).init).toBeNull();
    store.begin('room.2', segment(0));
    store.add(segment(1));
    expect(store.get('room', 9)).toMatchObject({ part: 'room.2', init: { i: 0 } });
  });

  it('is bounded in bytes, but always has the newest', () => {
    const store = new LiveSegmentStore();
    store.begin('room', segment(0));
    for (let i = 1; i <= 4; i++) store.add(segment(i, 8 * 1024 * 1024));
    expect(store.get('room', 0).segments.map(({ i }) => i)).toEqual([4]);
  });
});

describe('gaps', () => {
  it('are what lies between parts and between segments, more than a quarter of a second', () => {
    const parts = [
      { from: 0, to: 5000 },
      { from: 5200, to: 9000 },
      { from: 12_000, to: 13_000 },
    ];
    expect(gapsBetween(parts)).toEqual([{ from_ms: 9000, to_ms: 12_000, cause: 'source' }]);
    const lines = [line(0, 0), line(1, 3000), line(2, 4250), line(3, 5600)];
    expect(holesOf(lines, -3000)).toEqual([{ from_ms: 2250, to_ms: 2600, cause: 'source' }]);
  });
});

describe('what a crash left', () => {
  it('is read up to the last whole fragment, wherever it was cut', async () => {
    const media = fragmentedVideo(3);
    const pieces = async function* (bytes: Buffer): AsyncGenerator<Buffer> {
      for (let at = 0; at < bytes.length; at += 7000) yield bytes.subarray(at, at + 7000);
    };
    const whole = await scan(pieces(media));
    expect(whole?.bytes).toBe(media.length);
    for (const cut of [0, 100, 900, Math.floor(media.length / 2), media.length - 1]) {
      const found = await scan(pieces(media.subarray(0, cut)));
      if (found === null) {
        expect(cut).toBeLessThan(media.length / 2);
        continue;
      }
      expect(found.bytes).toBeLessThanOrEqual(cut);
      const again = await scan(pieces(media.subarray(0, found.bytes)));
      expect(again).toEqual(found);
      const last = found.lines.at(-1);
      expect((last?.offset ?? 0) + (last?.length ?? 0)).toBe(found.bytes);
    }
    // What follows the last whole fragment may be anything.
    const noise = await scan(pieces(Buffer.concat([media, Buffer.alloc(5000, 0xff)])));
    expect(noise).toEqual(whole);
  });

  it('is secured by name, size and digest; a disk that is away has nothing', async () => {
    await writeFile(join(folder, 'exhibit.key.age'), 'k');
    const secured = await secureCrashed([folder, join(folder, 'away')]);
    expect(secured).toEqual([
      {
        ...{ target: 0, file: 'exhibit.key.age', bytes: 1 },
        sha256: '8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a',
      },
    ]);
  });
});

describe('the block on sleep', () => {
  it('says no where the system has no means', async () => {
    const inhibitor = systemSleepInhibitor('aix', 10);
    expect(await inhibitor.block(() => undefined)).toBe(false);
    inhibitor.release();
  });
});
