import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { PictureMeasure, SoundMeasure } from '../../shared/domain/selfTest.ts';
import { measurePicture } from './measurePicture.ts';
import { measureSound } from './measureSound.ts';

/** What a source sent, out of the recorder's memory: a fragmented MP4. */
export interface Sample {
  readonly durationMs: number;
  readonly bytes: Uint8Array;
}

/** What playing a sample back gave. `problems` = lines of errors; `still` = a small JPEG of its middle, kept nowhere. */
export interface PlayedBack {
  readonly picture: PictureMeasure | null;
  readonly sound: SoundMeasure | null;
  readonly still: Uint8Array | null;
  readonly problems: number;
}

const RATE = 48_000;
/** Measured size. The lowest tenth is left out: a clock that is drawn there ticks also in a picture that stands still. */
const SEEN = { width: 640, height: 324 } as const;
const LOOK = `crop=iw:ih*9/10:0:0,fps=5,scale=${SEEN.width}:${SEEN.height}:flags=bilinear,format=gray`;
const STILL_FD = 3;
const LONGEST_MS = 90_000;

/** Decodes five seconds of pictures, all of them, and measures them. Nothing is written to a disk. */
export async function playPicture(ffmpeg: string, sample: Sample, signal: AbortSignal): Promise<PlayedBack> {
  const all = ['-map', '0:v:0', '-f', 'null', '-'];
  const gray = ['-map', '0:v:0', '-vf', LOOK, '-f', 'rawvideo', 'pipe:1'];
  const still = ['-map', '0:v:0', '-ss', (sample.durationMs / 2000).toFixed(3), '-frames:v', '1'];
  const jpeg = ['-vf', 'scale=640:-2,format=yuvj420p', '-c:v', 'mjpeg', '-q:v', '6', '-f', 'image2pipe'];
  const said = await run(ffmpeg, [...all, ...gray, ...still, ...jpeg, `pipe:${STILL_FD}`], sample.bytes, signal);
  const size = SEEN.width * SEEN.height;
  const frames = Array.from({ length: Math.floor(said.media.length / size) }, (_, i) =>
    said.media.subarray(i * size, (i + 1) * size),
  );
  const counted = Number(/frame=\s*(\d+)(?![\s\S]*frame=)/.exec(said.log)?.[1] ?? 0);
  const [, width, height] = /Video:.*?\b(\d{2,5})x(\d{2,5})\b/.exec(said.log) ?? [];
  const seconds = sample.durationMs / 1000;
  const picture: PictureMeasure = {
    width: Number(width ?? 0),
    height: Number(height ?? 0),
    frames: counted,
    fps: seconds === 0 ? 0 : Math.round((counted / seconds) * 10) / 10,
    ...measurePicture({ ...SEEN, frames }),
  };
  const played = counted > 0 && frames.length > 0;
  return {
    picture: played ? picture : null,
    sound: null,
    still: said.still.length === 0 ? null : said.still,
    problems: said.problems,
  };
}

/** Decodes sound and measures it. */
export async function playSound(ffmpeg: string, sample: Sample, signal: AbortSignal): Promise<PlayedBack> {
  const args = ['-map', '0:a:0', '-ac', '1', '-ar', String(RATE), '-f', 'f32le', 'pipe:1'];
  const said = await run(ffmpeg, args, sample.bytes, signal);
  const samples = new Float32Array(Math.floor(said.media.length / 4));
  for (let i = 0; i < samples.length; i += 1) samples[i] = said.media.readFloatLE(i * 4);
  const sound = samples.length < RATE ? null : measureSound(samples, RATE);
  return { picture: null, sound, still: null, problems: said.problems };
}

interface Said {
  readonly media: Buffer;
  readonly still: Buffer;
  readonly log: string;
  readonly problems: number;
}

/** One ffmpeg that reads the sample from its standard input. Rejects with the signal's reason when it is aborted. */
function run(ffmpeg: string, outputs: readonly string[], bytes: Uint8Array, signal: AbortSignal): Promise<Said> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const args = ['-hide_banner', '-loglevel', 'level+info', '-i', 'pipe:0', ...outputs];
    const child = spawn(ffmpeg, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'], windowsHide: true });
    const end = () => void child.kill('SIGKILL');
    const limit = setTimeout(end, LONGEST_MS);
    signal.addEventListener('abort', end, { once: true });
    const [media, log, still] = [child.stdio[1], child.stdio[2], child.stdio[STILL_FD]].map(collect);
    const over = () => {
      clearTimeout(limit);
      signal.removeEventListener('abort', end);
    };
    child.on('error', (error) => {
      over();
      reject(error);
    });
    child.on('close', (code) => {
      over();
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const text = Buffer.concat(log ?? []).toString('utf8');
      const problems = text.match(/\[(error|fatal|panic)\]/g)?.length ?? 0;
      resolve({
        media: Buffer.concat(media ?? []),
        still: Buffer.concat(still ?? []),
        log: text,
        problems: problems + (code === 0 ? 0 : 1),
      });
    });
    // A decoder that gives up closes its end; its exit says so.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
  });
}

function collect(stream: Readable | Writable | null | undefined): Buffer[] {
  const chunks: Buffer[] = [];
  if (stream !== null && stream !== undefined && 'read' in stream) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => undefined);
  }
  return chunks;
}
