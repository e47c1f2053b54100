import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { clockText } from '../../../src/main/recorder/ffmpeg/clockText.ts';
import { findClockFont } from '../../../src/main/rooms/index.ts';

const run = promisify(execFile);
const [width, height, fps, seconds] = [1280, 720, 5, 4];

/** Gray frames of a still picture with the clock drawn on it, paced by the clock as a camera is. */
async function frames(font: string | null): Promise<Buffer[]> {
  const filter = clockText({ font, nowMs: Date.now(), offsetMinutes: -new Date().getTimezoneOffset() });
  const picture = `color=c=0x808080:s=${width}x${height}:r=${fps}`;
  const args = ['-v', 'error', '-re', '-f', 'lavfi', '-i', picture, '-t', String(seconds), '-vf', filter];
  const { stdout } = await run('ffmpeg', [...args, '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'], {
    encoding: 'buffer',
    maxBuffer: 1 << 28,
  });
  const size = width * height;
  return Array.from({ length: stdout.length / size }, (_, i) => stdout.subarray(i * size, (i + 1) * size));
}

/** Whether two frames differ by more than noise in rows from…to. */
function differ(a: Buffer, b: Buffer, from: number, to: number): boolean {
  for (let i = from * width; i < to * width; i += 1) {
    if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) > 40) return true;
  }
  return false;
}

describe.each([['font', findClockFont()] as const, ['boxes', null] as const])(
  'the clock drawn with %s',
  (how, font) => {
    it('ticks each second in its corner and leaves the rest of the picture alone', async ({ skip }) => {
      if (how === 'font' && font === null) skip('this system has none of the fonts');
      const all = await frames(font);
      expect(all.length).toBe(fps * seconds);
      const edge = Math.round(height * 0.9);
      let ticks = 0;
      all.forEach((frame, i) => {
        const before = all[i - 1];
        if (before === undefined) return;
        expect(differ(before, frame, 0, edge)).toBe(false);
        if (differ(before, frame, edge, height)) ticks += 1;
      });
      // A machine that is held up may draw several seconds' pictures within one, but not all of them.
      expect(ticks).toBeGreaterThanOrEqual(1);
      const [first] = all;
      const plate = [...(first?.subarray((height - 40) * width, (height - 39) * width) ?? [])];
      expect(plate.slice(0, 400).some((value) => value > 200)).toBe(true);
      expect(plate.slice(800).every((value) => Math.abs(value - 128) < 12)).toBe(true);
    });
  },
);
