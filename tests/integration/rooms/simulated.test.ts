import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  findClockFont,
  inputArguments,
  simulatedDevices,
  simulatedRoom,
} from '../../../src/main/rooms/devices/index.ts';
import { checkFfmpeg } from '../../../src/main/rooms/ffmpeg/index.ts';

const missing = spawnSync('ffmpeg', ['-version']).error !== undefined;
if (missing) process.stderr.write('skipped: simulated devices: ffmpeg is not installed\n');

/** Runs a simulated source for `seconds`, in real time, through `output`. */
function run(place: string, font: string | null, seconds: number, output: readonly string[]) {
  const source = simulatedRoom().find(({ id }) => id === place);
  if (source === undefined) throw new Error(place);
  const args = ['-hide_banner', ...inputArguments(source.device, { font }), '-t', String(seconds), ...output, '-'];
  const began = Date.now();
  const { status, stdout, stderr } = spawnSync('ffmpeg', args, { maxBuffer: 512 * 1024 * 1024 });
  return { status, stdout, stderr: String(stderr), began, took: Date.now() - began };
}

describe.skipIf(missing)('simulated devices', () => {
  const fonts = [findClockFont(), null].filter((font, i, all) => all.indexOf(font) === i);
  const cases = (['room', 'face'] as const).flatMap((place) => fonts.map((font) => ({ place, font })));

  it.each(cases)('$place gives a moving picture with a word and a running clock (font $font)', ({ place, font }) => {
    const output = ['-f', 'rawvideo', '-vf', 'format=gray,scale=320:180:flags=area'];
    const { status, stdout, stderr, began, took } = run(place, font, 2.2, output);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('yuv420p, 1280x720');
    expect(took).toBeGreaterThan(1900);
    const start = Number(/start: ([\d.]+)/.exec(stderr)?.[1]);
    expect(start * 1000).toBeGreaterThan(began - 1);
    expect(start * 1000).toBeLessThan(began + took - 1900);
    const size = 320 * 180;
    expect(stdout.length / size).toBe(55);
    const part = (frame: number, x: number, y: number, w: number, h: number): Buffer => {
      const rows = Array.from({ length: h }, (_, j) => frame * size + (y + j) * 320 + x);
      return Buffer.concat(rows.map((at) => stdout.subarray(at, at + w)));
    };
    // The word's plate is dark with light letters in it, and does not change; the clock's does, within two seconds.
    const word = part(0, 10, 10, 40, 7);
    expect(Math.max(...word) - Math.min(...word)).toBeGreaterThan(80);
    expect(part(50, 10, 10, 40, 7).equals(word)).toBe(true);
    expect(part(50, 250, 8, 62, 10).equals(part(0, 250, 8, 62, 10))).toBe(false);
    expect(part(50, 60, 25, 200, 120).equals(part(25, 60, 25, 200, 120))).toBe(false);
  });

  it('three microphones speak by turns, each with a voice of its own', () => {
    const level = (samples: Buffer, from: number, to: number): number => {
      let sum = 0;
      for (let i = from * 48_000; i < to * 48_000; i++) sum += (samples.readInt16LE(2 * i) / 32_768) ** 2;
      return 10 * Math.log10(sum / ((to - from) * 48_000));
    };
    const fast = (place: 'mic1' | 'mic2' | 'interpreter'): Buffer => {
      const device = simulatedDevices.find(({ address }) => address === place);
      if (device === undefined) throw new Error(place);
      const args = inputArguments(device, { font: null }).filter((arg) => arg !== '-re');
      return spawnSync('ffmpeg', ['-v', 'error', ...args, '-t', '10', '-f', 's16le', '-'], { maxBuffer: 2 ** 24 })
        .stdout;
    };
    const [mic1, mic2, interpreter] = [fast('mic1'), fast('mic2'), fast('interpreter')];
    expect(mic1.length).toBe(960_000);
    // mic1 speaks from 0.4 s to 5.2 s, mic2 from 5.9 s to 9.3 s; both are silent, not dead, before that.
    expect(level(mic1, 1, 5)).toBeGreaterThan(level(mic1, 6, 9) + 10);
    expect(level(mic2, 6, 9)).toBeGreaterThan(level(mic2, 1, 5) + 10);
    expect(level(mic1, 1, 5)).toBeLessThan(-8);
    expect(level(mic1, 1, 5)).toBeGreaterThan(-30);
    // The interpreter, in another room, speaks from 2.6 s to 8.8 s.
    expect(level(interpreter, 3, 8)).toBeGreaterThan(level(interpreter, 0, 2) + 10);
    for (const mic of [mic1, mic2, interpreter]) {
      expect(level(mic, 0, 0.3)).toBeLessThan(-60);
      expect(level(mic, 0, 0.3)).toBeGreaterThan(-90);
    }
  });

  it('the machine’s own ffmpeg passes the check', async () => {
    const info = await checkFfmpeg({ env: process.env });
    expect(existsSync(info.path)).toBe(true);
    expect(info.h264).toContain('libx264');
  });
});
