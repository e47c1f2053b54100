import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DerivedCopy } from '../../../src/shared/contract/copies.ts';
import { EvidenceCopy } from '../../../src/shared/evidence/copy.ts';
import { copyStation, type Master } from '../../support/copyStation.ts';
import { mediaFrom } from '../../support/fragmentedMedia.ts';
import { brightness, colourAt, firstLouder, firstPicture, soundOf, tone } from '../../support/mediaProbe.ts';

const picture = (colour: string, seconds: number) =>
  mediaFrom('video', `color=c=${colour}:s=640x360:r=25:d=${seconds}`, seconds);
const sine = (hz: number, seconds: number) =>
  mediaFrom('audio', `sine=frequency=${hz}:sample_rate=48000:duration=${seconds}`, seconds);

/**
 * Six seconds: the room's camera (blue) from 0.4 s, away from 2.4 s to 4 s, back (green); the face (red) from the beginning;
 * a microphone that began 0.5 s before, and one that came at 3 s.
 */
const masters: Master[] = [
  {
    id: 'room',
    kind: 'video',
    parts: [
      { media: picture('blue', 2), offsetMs: 400 },
      { media: picture('green', 2), offsetMs: 4000 },
    ],
  },
  { id: 'face', kind: 'video', parts: [{ media: picture('red', 6), offsetMs: 0 }] },
  { id: 'mic1', kind: 'audio', parts: [{ media: sine(440, 6), offsetMs: -500 }] },
  { id: 'mic2', kind: 'audio', parts: [{ media: sine(1200, 3), offsetMs: 3000 }] },
];

let station: Awaited<ReturnType<typeof copyStation>>;
let copy: DerivedCopy;
let given: string;
const media = () => join(given, 'picture-in-picture.mp4');

beforeAll(async () => {
  station = await copyStation(masters, 6000);
  copy = await station.make();
  const control = { signal: new AbortController().signal, progress: () => undefined };
  const wish = { exhibit: station.exhibit, copy: copy.id, folder: station.folder, to: 'Defence', recipient: null };
  given = (await station.service.give(wish, station.maker, 'vault', control)).path;
}, 120_000);
afterAll(() => station?.end());

describe('the picture', () => {
  const inset = [1060, 580] as const;
  const room = [400, 300] as const;

  it('shows the room full and the face inset, each where the record places it', () => {
    const blue = colourAt(media(), 1.5, ...room);
    expect(blue[2]).toBeGreaterThan(180);
    expect(blue[0]).toBeLessThan(60);
    const green = colourAt(media(), 5, ...room);
    expect(green[1]).toBeGreaterThan(90);
    expect(green[2]).toBeLessThan(60);
    for (const at of [0.2, 1.5, 3, 5]) {
      const red = colourAt(media(), at, ...inset);
      expect(red[0], `at ${at}`).toBeGreaterThan(180);
      expect(red[2], `at ${at}`).toBeLessThan(60);
    }
  });

  it('is black where the room’s camera was away', () => {
    for (const at of [0.2, 3, 3.8]) expect(Math.max(...colourAt(media(), at, ...room)), `at ${at}`).toBeLessThan(40);
  });

  it('carries the label low on the left', () => {
    const args = ['-v', 'error', '-ss', '3', '-i', media(), '-frames:v', '1'];
    const crop = ['-vf', 'crop=560:40:20:660,format=gray', '-f', 'rawvideo', 'pipe:1'];
    const pixels = execFileSync('ffmpeg', [...args, ...crop], { maxBuffer: 1 << 24 });
    expect(pixels.filter((value) => value > 200).length).toBeGreaterThan(500);
  });

  it('has every frame of its length, decodes without a word, and one-second segments', async () => {
    const { stderr, status } = spawnSync('ffmpeg', ['-v', 'warning', '-xerror', '-i', media(), '-f', 'null', '-']);
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
    expect(brightness(media(), 25)).toHaveLength(150);
    const lines = (await readFile(join(given, 'picture-in-picture.segments.jsonl'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(7);
    expect(JSON.parse(lines[6] ?? '')).toMatchObject({ i: 6 });
  });
});

describe('the sound', () => {
  it('is of both microphones, each where the record places it', () => {
    const sound = soundOf(media());
    expect(tone(sound, 440, 0.5, 5)).toBeGreaterThan(0.08);
    expect(tone(sound, 440, 5.7, 6)).toBeLessThan(0.01);
    expect(tone(sound, 1200, 1, 2.9)).toBeLessThan(0.01);
    expect(tone(sound, 1200, 3.2, 5.8)).toBeGreaterThan(0.08);
  });
});

it('a flash and a beep of one moment stay together, whatever each master began with', async () => {
  const flash = "color=c=black:s=320x180:r=25:d=3,drawbox=enable='gte(t,1.2)':c=white:t=fill";
  const beep = "sine=frequency=1000:sample_rate=48000:duration=4,volume=volume=0:enable='lt(t,2)'";
  const two = await copyStation(
    [
      { id: 'room', kind: 'video', parts: [{ media: mediaFrom('video', flash, 3), offsetMs: 300 }] },
      { id: 'mic1', kind: 'audio', parts: [{ media: mediaFrom('audio', beep, 4), offsetMs: -500 }] },
    ],
    3000,
  );
  try {
    const made = await two.make();
    const control = { signal: new AbortController().signal, progress: () => undefined };
    const wish = { exhibit: two.exhibit, copy: made.id, folder: two.folder, to: 'x', recipient: null };
    const { path } = await two.service.give(wish, two.maker, 'vault', control);
    const file = join(path, 'picture-in-picture.mp4');
    // A picture comes with the next of 25 a second, and two encoders of sound have each held back 21 ms.
    const flashed = (brightness(file, 25).find(([, value]) => value > 128)?.[0] ?? Number.NaN) + firstPicture(file);
    const beeped = firstLouder(soundOf(file), 0.05);
    expect(Math.abs(flashed - beeped)).toBeLessThan(0.045);
    expect(Math.abs(flashed - 1.5)).toBeLessThan(0.07);
  } finally {
    await two.end();
  }
}, 120_000);

describe('what it leaves', () => {
  it('is a statement of masters, edits and files that holds', async () => {
    const statement = EvidenceCopy.parse(JSON.parse(await readFile(join(given, 'copy.json'), 'utf8')));
    expect(statement.sources.map(({ file, from_ms, to_ms }) => [file, from_ms, to_ms])).toEqual([
      ['tracks/room.mp4', 400, 2400],
      ['tracks/room.2.mp4', 4000, 6000],
      ['tracks/face.mp4', 0, 6000],
      ['tracks/mic1.mp4', 0, expect.closeTo(5500, -2)],
      ['tracks/mic2.mp4', 3000, 6000],
    ]);
    expect(statement.edits).toContainEqual({ type: 'black', track: 'room', from_ms: 2400, to_ms: 4000 });
    expect(statement).toMatchObject({ made_by: 'inv-01', recipient: null, duration_ms: 6000 });
    for (const { file, bytes, sha256 } of statement.files) {
      const there = await readFile(join(given, file));
      expect(there).toHaveLength(bytes);
      expect(createHash('sha256').update(there).digest('hex')).toBe(sha256);
    }
  });

  it('stands on both targets, encrypted, and in the log', async () => {
    for (const folder of station.folders) {
      const names = await readdir(join(folder, 'copies', copy.id));
      expect(names.sort()).toEqual([
        'copy.json',
        'copy.json.inv-01.p7s',
        'picture-in-picture.mp4.age',
        'picture-in-picture.segments.jsonl',
      ]);
    }
    expect(station.events().map(({ action }) => action)).toEqual(['copy.begun', 'copy.made', 'copy.given']);
    expect(copy).toMatchObject({ n: 1, targets: 2, ofTargets: 2, durationMs: 6000 });
  });

  it('is played segment by segment, also from the other target when one is damaged', async () => {
    const person = { id: 'inv-01', role: 'investigator', account: 'acc', name: 'Officer' };
    const playback = await station.service.open({ exhibit: station.exhibit, copy: copy.id }, person, 'vault');
    expect(playback.tracks[0]?.parts).toEqual([
      { fromMs: expect.any(Number), durationMs: expect.any(Number), playlistMs: 0 },
    ]);
    const whole = await readFile(media());
    const path = join(station.folders[0] ?? '', 'copies', copy.id, 'picture-in-picture.mp4.age');
    const good = await readFile(path);
    const bad = Buffer.from(good);
    bad[700] = (bad[700] ?? 0) ^ 1;
    await writeFile(path, bad);
    const open = station.service.opened('acc', station.exhibit, copy.id);
    const segments = await Promise.all([0, 1, 2, 3, 4, 5, 6].map((line) => open.segment(line)));
    expect(Buffer.concat(segments).equals(whole)).toBe(true);
    await writeFile(path, good);
    await station.service.close({ exhibit: station.exhibit, copy: copy.id }, person);
    expect(() => station.service.opened('acc', station.exhibit, copy.id)).toThrow(/COPY_NOT_OPEN/);
  });

  it('is ciphertext on the disks', async () => {
    const stored = await readFile(join(station.folders[1] ?? '', 'copies', copy.id, 'picture-in-picture.mp4.age'));
    expect(stored.includes(Buffer.from('moof'))).toBe(false);
    expect(stored.subarray(0, 21).toString('latin1')).toBe('age-encryption.org/v1');
  });
});
