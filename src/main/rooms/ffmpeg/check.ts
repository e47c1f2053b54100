import { Refusal } from '../../../shared/errors.ts';
import { type FindOptions, findFfmpeg } from './find.ts';
import { type FfmpegVersion, type H264Encoder, h264Encoders, parseTable, parseVersion } from './parse.ts';
import { type RunListing, runListing } from './runListing.ts';

/** The oldest major release that records as we need: its `fifo` and `mpjpeg` and wall-clock stamps were measured. */
export const leastMajor = 5;
const least = `${leastMajor}.0`;

/** An ffmpeg that was found fit to record, and what it can do. */
export interface FfmpegInfo extends FfmpegVersion {
  readonly path: string;
  /** H.264 encoders that it was built with, best first; `chooseEncoder` finds out which works here. */
  readonly h264: readonly H264Encoder[];
  /** Input devices: `v4l2`, `pulse`, `dshow`, `lavfi`, … */
  readonly inputs: ReadonlySet<string>;
  /** It can write text into a simulated picture. */
  readonly drawsText: boolean;
}

/**
 * Finds ffmpeg and checks version, H.264 and AAC both ways, and the muxers, filters and devices that the recorder uses.
 * Throws FFMPEG_MISSING {least} or FFMPEG_UNSUITABLE {path, lacks, least}.
 */
export async function checkFfmpeg(options: FindOptions, run: RunListing = runListing): Promise<FfmpegInfo> {
  const path = findFfmpeg(options);
  if (path === null) throw new Refusal('FFMPEG_MISSING', { least });
  const ask = async (...args: string[]): Promise<string> => (await run(path, ['-hide_banner', ...args])).stdout;
  const said = await run(path, ['-version']);
  const version = parseVersion(said.stdout);
  if (said.missing) throw new Refusal('FFMPEG_MISSING', { least });
  if (version === null) throw new Refusal('FFMPEG_UNSUITABLE', { path, lacks: 'ffmpeg -version', least });
  const [encoders, decoders, muxers, filters, inputs] = await Promise.all([
    ask('-encoders').then((text) => parseTable(text)),
    ask('-decoders').then((text) => parseTable(text)),
    ask('-muxers').then((text) => parseTable(text, 'E')),
    ask('-filters').then((text) => parseTable(text)),
    ask('-devices').then((text) => parseTable(text, 'D')),
  ]);
  const h264 = h264Encoders.filter((name) => encoders.has(name));
  const missing = (kind: string, set: ReadonlySet<string>, names: readonly string[]): string[] =>
    names.filter((name) => !set.has(name)).map((name) => `${name} (${kind})`);
  const lacks = [
    ...(version.major !== null && version.major < leastMajor ? [`version ≥ ${least} (${version.version})`] : []),
    ...(h264.length === 0 ? ['libx264 (encoder)'] : []),
    ...missing('encoder', encoders, ['aac', 'mjpeg']),
    ...missing('decoder', decoders, ['h264', 'aac']),
    ...missing('muxer', muxers, ['mp4', 'fifo', 'mpjpeg']),
    ...missing('filter', filters, ['aresample', 'astats', 'ametadata', 'scale', 'fps', 'overlay']),
    ...missing('device', inputs, ['lavfi']),
  ];
  if (lacks.length > 0) throw new Refusal('FFMPEG_UNSUITABLE', { path, lacks: lacks.join(', '), least });
  return { ...version, path, h264, inputs, drawsText: filters.has('drawtext') };
}
