import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { canonicalText } from '../../src/shared/domain/canonical.ts';
import type { SegmentLine } from '../../src/shared/evidence/record.ts';

export interface Media {
  readonly bytes: Buffer;
  readonly lines: readonly SegmentLine[];
  /** The lines as JCS, without newline: leaf inputs. */
  readonly leaves: readonly Buffer[];
  readonly durationMs: number;
}

const OUTPUT = ['-f', 'mp4', '-movflags', '+empty_moov+default_base_moof+skip_trailer+frag_keyframe', 'pipe:1'];

/** A moving picture as fragmented MP4, a key frame and so a fragment a second. */
export function videoOf(seconds: number): Media {
  const source = `testsrc2=size=320x180:rate=25:duration=${seconds}`;
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-sc_threshold', '0'];
  return segmented(run(['-f', 'lavfi', '-i', source, ...encode, ...OUTPUT]), seconds);
}

/** A tone as fragmented MP4, a fragment a second. */
export function audioOf(seconds: number): Media {
  const source = `sine=frequency=330:sample_rate=48000:duration=${seconds}`;
  return segmented(run(['-f', 'lavfi', '-i', source, '-c:a', 'aac', '-frag_duration', '1000000', ...OUTPUT]), seconds);
}

/** What a lavfi source makes, as fragmented MP4, a fragment a second; `source` lasts `seconds`. */
export function mediaFrom(kind: 'video' | 'audio', source: string, seconds: number): Media {
  const picture = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-sc_threshold', '0'];
  const encode = kind === 'video' ? picture : ['-c:a', 'aac', '-frag_duration', '1000000'];
  return segmented(run(['-f', 'lavfi', '-i', source, ...encode, ...OUTPUT]), seconds);
}

function run(args: readonly string[]): Buffer {
  return execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...args], { maxBuffer: 1 << 28 });
}

/** Divides at each `moof`, in the plainest way: the boxes are small and whole. */
function segmented(bytes: Buffer, seconds: number): Media {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'moof') starts.push(at);
  }
  const scale = timescaleOf(bytes.subarray(0, starts[0]));
  const times = starts.map((at) => Math.floor((startOf(bytes.subarray(at)) * 1000) / scale));
  // Sound runs on for the encoder's last frame of about 21 ms.
  const durationMs = Math.max(seconds * 1000, (times.at(-1) ?? 0) + 22);
  const borders = [0, ...starts];
  const lines = borders.map((offset, i): SegmentLine => {
    const end = borders[i + 1] ?? bytes.length;
    const start = i === 0 ? 0 : (times[i - 1] ?? 0);
    return {
      duration_ms: i === 0 ? 0 : (times[i] ?? durationMs) - start,
      i,
      length: end - offset,
      offset,
      sha256: createHash('sha256').update(bytes.subarray(offset, end)).digest('hex'),
      start_ms: start,
    };
  });
  return { bytes, lines, leaves: lines.map((line) => Buffer.from(canonicalText(line))), durationMs };
}

function timescaleOf(init: Buffer): number {
  const mdhd = init.indexOf('mdhd') + 4;
  return init.readUInt32BE(mdhd + (init[mdhd] === 1 ? 20 : 12));
}

function startOf(moof: Buffer): number {
  const tfdt = moof.indexOf('tfdt') + 4;
  return moof[tfdt] === 1 ? Number(moof.readBigUInt64BE(tfdt + 4)) : moof.readUInt32BE(tfdt + 4);
}
