import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What stands in one decoded part: seconds of media time at which something began, and how much was decoded. */
export interface Found {
  readonly moments: readonly number[];
  readonly frames: number;
  /** Frames that should stand between the first and the last and do not, at 25 a second. */
  readonly missing: number;
}

const decode = (media: Readable, args: readonly string[]): ReturnType<typeof spawn> => {
  const input = [
    '-hide_banner',
    '-nostats',
    '-loglevel',
    'info',
    '-ignore_editlist',
    '1',
    '-copyts',
    '-f',
    'mp4',
    '-i',
    'pipe:0',
  ];
  const child = spawn('ffmpeg', [...input, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  if (child.stdin === null) throw new Error('no pipe');
  child.stdin.on('error', () => undefined);
  media.pipe(child.stdin);
  return child;
};

/** Finds the first white frame of every flash, by the presentation time that the file gives it. */
export async function findFlashes(media: Readable): Promise<Found> {
  const child = decode(media, [
    '-map',
    '0:v:0',
    '-fps_mode',
    'passthrough',
    '-vf',
    'scale=32:18,format=gray,showinfo',
    '-f',
    'null',
    '-',
  ]);
  const ended = once(child, 'close');
  child.stdout?.resume();
  if (child.stderr === null) throw new Error('no log');
  const moments: number[] = [];
  let frames = 0;
  let white = false;
  let [first, last] = [Infinity, -Infinity];
  for await (const line of createInterface({ input: child.stderr })) {
    const shown = /pts_time:(-?[\d.]+).* mean:\[(\d+)/.exec(line);
    if (shown === null) continue;
    frames += 1;
    const at = Number(shown[1]);
    [first, last] = [Math.min(first, at), Math.max(last, at)];
    const bright = Number(shown[2]) > 128;
    if (bright && !white) moments.push(at);
    white = bright;
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg could not decode the pictures: ${code}`);
  const missing = frames === 0 ? 0 : Math.round((last - first) * 25) + 1 - frames;
  return { moments, frames, missing };
}

const RATE = 48_000;
/** Windows of this many samples are looked at, one after the other: a millisecond. */
const WINDOW = 48;

/** Finds where each beep rises, to a millisecond; sound is taken to run through from the first packet on. */
export async function findBeeps(media: Readable): Promise<Found> {
  const child = decode(media, ['-map', '0:a:0', '-af', 'ashowinfo', '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:1']);
  const ended = once(child, 'close');
  let first = Number.NaN;
  let frames = 0;
  if (child.stderr === null || child.stdout === null) throw new Error('no pipes');
  createInterface({ input: child.stderr }).on('line', (line) => {
    const shown = /ashowinfo.* pts_time:(-?[\d.]+)/.exec(line);
    if (shown === null) return;
    if (frames === 0) first = Number(shown[1]);
    frames += 1;
  });
  const moments: number[] = [];
  let at = 0;
  let loud = false;
  let quietSince = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    const bytes = Buffer.concat([rest, chunk]);
    let offset = 0;
    for (; offset + WINDOW * 2 <= bytes.length; offset += WINDOW * 2, at += 1) {
      let peak = 0;
      for (let i = 0; i < WINDOW; i++) peak = Math.max(peak, Math.abs(bytes.readInt16LE(offset + i * 2)));
      if (peak > 4000) {
        if (!loud) moments.push((at * WINDOW) / RATE);
        loud = true;
        quietSince = at;
      } else if (at - quietSince > 50) loud = false;
    }
    rest = bytes.subarray(offset);
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg could not decode the sound: ${code}`);
  return { moments: moments.map((moment) => moment + first), frames, missing: 0 };
}
