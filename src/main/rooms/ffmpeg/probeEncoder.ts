import type { EncoderVerdict } from '../../../shared/domain/devices.ts';
import { encoderSetup, type VideoEncoder } from './encoders.ts';
import { runPiped } from './runPiped.ts';

export interface EncoderTest {
  readonly encoder: VideoEncoder;
  readonly verdict: EncoderVerdict;
  /** What ffmpeg said, or a number that tells; for the technician. Empty when it works. */
  readonly line: string;
}

export type ProbeEncoder = (ffmpeg: string, encoder: VideoEncoder) => Promise<EncoderTest>;

const WIDTH = 1280;
const HEIGHT = 720;
const SECOND = 25;
/** Pictures that an encoder and the writer behind it may keep back. */
const MAY_HOLD = 8;
/** How the drivers' libraries say that there is nothing for them here. */
const noDevice =
  /No VA display|No device available|No capable devices|Cannot load|Device creation failed|DLL .* failed to open/i;

/**
 * Encodes one second of a moving picture, with the very arguments of a recording and eight pictures more, and keeps the
 * input open: all of the second must come out while the encoder still waits for more. Then it is decoded: every
 * picture, a key frame first and another after a second, `avc1`, no complaint.
 */
export const probeEncoder: ProbeEncoder = async (ffmpeg, encoder) => {
  const { device, filters, codec } = encoderSetup(encoder);
  const is = (verdict: EncoderVerdict, line: string): EncoderTest => ({ encoder, verdict, line });
  const made = await runPiped(
    ffmpeg,
    [
      ...['-hide_banner', '-nostats', '-loglevel', 'warning', ...device],
      ...[
        '-f',
        'rawvideo',
        '-pix_fmt',
        'yuv420p',
        '-video_size',
        `${WIDTH}x${HEIGHT}`,
        '-framerate',
        '25',
        '-i',
        'pipe:0',
      ],
      ...['-map', '0:v:0', '-an', ...(filters.length === 0 ? [] : ['-vf', filters.join(',')]), ...codec],
      ...['-f', 'mp4', '-movflags', '+frag_every_frame+empty_moov+default_base_moof', '-flush_packets', '1', 'pipe:1'],
    ],
    { input: movingPictures(SECOND + MAY_HOLD), enough: (out) => countBoxes(out, 'moof') >= SECOND, withinMs: 20_000 },
  );
  if (made.closed === 'late') return is('too-slow', lastLine(made.stderr));
  if (made.code !== 0) return is(noDevice.test(made.stderr) ? 'no-device' : 'failed', lastLine(made.stderr));
  if (made.closed === 'quiet') return is('holds-back', lastLine(made.stderr));
  const shown = await runPiped(
    ffmpeg,
    [
      '-hide_banner',
      '-nostats',
      '-loglevel',
      'info',
      '-xerror',
      '-i',
      'pipe:0',
      '-map',
      '0:v:0',
      '-vf',
      'showinfo',
      '-f',
      'null',
      '-',
    ],
    { input: [made.stdout], withinMs: 20_000 },
  );
  const keys = [...shown.stderr.matchAll(/\] n: *(\d+) .*?iskey:(\d)/g)].map(([, , key]) => key === '1');
  const right =
    shown.code === 0 &&
    shown.stderr.includes('(avc1 / ') &&
    keys.length === SECOND + MAY_HOLD &&
    keys.every((key, n) => key === (n % SECOND === 0));
  return right ? is('works', '') : is('wrong-output', wrong(shown.code, shown.stderr, keys));
};

function wrong(code: number | null, stderr: string, keys: readonly boolean[]): string {
  const kind = /Video: ([^,]+),/.exec(stderr)?.[1] ?? '?';
  const at = keys.flatMap((key, n) => (key ? [n] : [])).join(' ');
  return `${kind}: ${keys.length}/${SECOND + MAY_HOLD}, I ${at}, exit ${code ?? '-'}`;
}

/** Slanted bars that wander, as raw yuv420p; every picture is a view on one strip. */
function* movingPictures(count: number): Generator<Buffer> {
  const step = WIDTH * 6;
  const strip = Buffer.alloc(WIDTH * HEIGHT + count * step);
  for (let i = 0; i < strip.length; i++) strip[i] = 32 + ((i + 3 * Math.trunc(i / WIDTH)) % 190);
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  for (let n = 0; n < count; n++) {
    yield Buffer.concat([strip.subarray(n * step, n * step + WIDTH * HEIGHT), colour]);
  }
}

/** Whole boxes of one type at the top of an MP4 stream so far. */
function countBoxes(bytes: Buffer, type: string): number {
  let count = 0;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) return count;
    if (at + size <= bytes.length && bytes.toString('latin1', at + 4, at + 8) === type) count += 1;
    at += size;
  }
  return count;
}

/** The first complaint tells; those after it follow from it. */
function lastLine(stderr: string): string {
  const line = stderr.split(/\r?\n/).find((one) => one.trim() !== '') ?? '';
  return line.replace(/^\[([^\]@]+) @ (?:0x)?[0-9a-fA-F]+\] /, '$1: ').slice(0, 200);
}
