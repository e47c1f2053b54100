import type { SourceConfig } from '../../../shared/domain/devices.ts';
import { isPracticeDevice, PRACTICE_IN_FILE } from '../../../shared/domain/practice.ts';
import { encoderSetup, type VideoEncoder } from '../../rooms/ffmpeg/index.ts';

export type { VideoEncoder } from '../../rooms/ffmpeg/index.ts';

/** Extra descriptors of the child besides the standard three. */
export const PREVIEW_FD = 3;
export const PROGRESS_FD = 4;

const MOVFLAGS = '+frag_keyframe+empty_moov+default_base_moof+skip_trailer';

/** Fragmented MP4 without a trailer, a fragment each half second, each written out at once. */
const fragmented = (movflags: string): string[] => [
  ...['-f', 'mp4', '-movflags', movflags, '-frag_duration', '500000', '-flush_packets', '1', 'pipe:1'],
];

/**
 * A copied stream begins with its first key frame, up to seconds after the input's first packet. Its decode times shall
 * count from the input's start all the same, the moment that ffmpeg names: neither shifted to zero nor hidden in an edit
 * list. Otherwise the track would stand that much too early.
 */
const pictures = [
  ...['-use_editlist', '0', '-avoid_negative_ts', 'make_non_negative'],
  ...fragmented(`${MOVFLAGS}+frag_discont`),
];
const sound = fragmented(MOVFLAGS);

/**
 * Whether the picture is black (98 % of it darker than 6 % grey) or has not changed for six seconds (not even by the noise
 * of a sensor: a mean difference below 0.02 %) is judged on the small pictures, before anything is drawn into them, and
 * told on standard error at once.
 */
const judged = 'blackdetect=d=0.1:pix_th=0.06:pic_th=0.98,freezedetect=n=0.0002:d=6,metadata=mode=print';

/** Five small pictures a second; the fifo drops them rather than wait for us, so that they never hold up the recording. */
const preview = [
  ...['-map', '0:v:0', '-an', '-vf', `fps=5,scale=480:-2:flags=fast_bilinear,format=yuvj420p,${judged}`],
  ...['-c:v', 'mjpeg', '-q:v', '7', '-f', 'fifo', '-fifo_format', 'mpjpeg'],
  ...['-drop_pkts_on_overflow', '1', '-queue_size', '8', `pipe:${PREVIEW_FD}`],
];

/**
 * Sound that is missing for more than 0.1 s is filled. A crystal that is ±100 ppm off, and what the sound server's first
 * stamps were wrong by, is followed by stretching the sound (by at most 0.5 % for a moment, which nobody hears), never by
 * cutting: steps of this filter without that would leave picture and sound up to 0.1 s apart. The resampler runs from the
 * start, as it would have to be started over on the first correction.
 */
const steady = 'aresample=48000:async=1:min_comp=0.002:max_soft_comp=0.005:flags=res';

/** Ten levels a second on the preview's descriptor. */
const meter =
  `${steady},asetnsamples=n=4800:p=0,` +
  'astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level+RMS_level,' +
  `ametadata=mode=print:file=pipe\\\\:${PREVIEW_FD}:direct=1`;

/**
 * The whole argument list of one source's ffmpeg. `input` = arguments up to and including `-i …`. `copy` = keep a
 * network camera's H.264 as it comes; everything else is encoded with a key frame a second, and with `drawn` (filters)
 * upon it. Video goes to standard output as fragmented MP4, pictures or levels to descriptor 3, progress to descriptor 4.
 */
export function sourceArguments(
  source: SourceConfig,
  input: readonly string[],
  encoder: VideoEncoder,
  copy = source.device.backend === 'rtsp',
  drawn: string | null = null,
): string[] {
  const general = ['-hide_banner', '-nostats', '-loglevel', 'level+info', '-progress', `pipe:${PROGRESS_FD}`];
  const head = (device: readonly string[]): string[] => [...general, '-stats_period', '1', ...device, ...input];
  // A practice recording says so in each of its files, whoever finds one without the others.
  const said = isPracticeDevice(source.device) ? ['-metadata', `title=${PRACTICE_IN_FILE}`] : [];
  if (source.kind === 'audio') {
    const codec = ['-c:a', 'aac', '-ar', '48000', '-b:a', '128k'];
    return [...head([]), '-map', '0:a:0', '-vn', '-af', meter, ...codec, ...said, ...sound];
  }
  const first = ['-map', '0:v:0', '-an'];
  if (copy) return [...head([]), ...first, '-c:v', 'copy', ...pictures, ...preview];
  const { device, filters, codec } = encoderSetup(encoder);
  const chain = [...(drawn === null ? [] : [drawn]), ...filters].join(',');
  return [
    ...head(device),
    ...first,
    ...(chain === '' ? [] : ['-vf', chain]),
    ...codec,
    ...said,
    ...pictures,
    ...preview,
  ];
}

/** The command as the record shows it: the relay's loopback address, where one stands, becomes the camera's own. */
export function shownCommand(args: readonly string[], opened: string | null, address: string): string {
  const shown = args.map((arg) => (opened !== null && arg === opened ? address : arg));
  return ['ffmpeg', ...shown]
    .map((arg) => (/[\s'"\\;|&()]/.test(arg) ? `'${arg.replaceAll("'", "'\\''")}'` : arg))
    .join(' ');
}
