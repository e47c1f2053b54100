import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineEncoder } from '../../../shared/domain/devices.ts';
import { Refusal } from '../../../shared/errors.ts';
import type { FfmpegInfo } from './check.ts';
import { leastMajor } from './check.ts';
import type { VideoEncoder } from './encoders.ts';
import type { H264Encoder } from './parse.ts';
import { type EncoderTest, type ProbeEncoder, probeEncoder } from './probeEncoder.ts';

export interface ChooseOptions {
  readonly probe?: ProbeEncoder;
  /** Where Linux has its render nodes. */
  readonly dri?: string;
}

/**
 * The first H.264 encoder that records as it should here: hardware when it passes its test (`probeEncoder`), else x264,
 * which is taken at its word. Throws FFMPEG_UNSUITABLE when there is none.
 */
export async function chooseEncoder(info: FfmpegInfo, options: ChooseOptions = {}): Promise<MachineEncoder> {
  const { probe = probeEncoder, dri = '/dev/dri' } = options;
  const tests: EncoderTest[] = [];
  for (const name of info.h264) {
    if (name === 'libx264') return { encoder: name, tests };
    const candidates = candidatesOf(name, dri);
    if (candidates.length === 0) tests.push({ encoder: name, verdict: 'no-device', line: dri });
    for (const encoder of candidates) {
      const test = await probe(info.path, encoder);
      tests.push(test);
      if (test.verdict === 'works') return { encoder, tests };
    }
  }
  throw new Refusal('FFMPEG_UNSUITABLE', { path: info.path, lacks: 'H.264 (encoder)', least: `${leastMajor}.0` });
}

/** VAAPI is asked of every graphics card; the others find theirs themselves. */
function candidatesOf(name: H264Encoder, dri: string): VideoEncoder[] {
  if (name !== 'h264_vaapi') return [name];
  return nodes(dri).map((node) => `${name}:${join(dri, node)}`);
}

function nodes(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^renderD\d+$/.test(name))
      .sort();
  } catch {
    return []; // no graphics card
  }
}
