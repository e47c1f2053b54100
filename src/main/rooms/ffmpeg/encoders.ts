import { type H264Encoder, h264Encoders } from './parse.ts';

/**
 * An H.264 encoder as it is handed about and kept in a start file: its name in ffmpeg, for VAAPI followed by the device
 * that it runs on (`h264_vaapi:/dev/dri/renderD128`).
 */
export type VideoEncoder = string;

/** How ffmpeg is told to encode: the same for the test and for the recording, so that the test says something. */
export interface EncoderSetup {
  readonly name: H264Encoder;
  /** Global options that open the hardware; they stand before the input. */
  readonly device: readonly string[];
  /** What brings a picture to the encoder; the last of the output's filters. */
  readonly filters: readonly string[];
  readonly codec: readonly string[];
}

/** A key frame every 25 pictures, no B-frames, at most 4 Mbit/s. */
const common = ['-g', '25', '-bf', '0', '-maxrate', '4M', '-bufsize', '8M'];
const average = ['-b:v', '3M'];

/** Settings by encoder, from `ffmpeg -h encoder=NAME`: all of them are asked to hand out each picture before the next. */
function settingsOf(name: H264Encoder, device: string | null): Omit<EncoderSetup, 'name'> {
  const plain = (pixels: string, ...settings: string[]): Omit<EncoderSetup, 'name'> => ({
    device: [],
    filters: [],
    codec: ['-c:v', name, ...settings, ...common, '-pix_fmt', pixels],
  });
  switch (name) {
    case 'libx264': {
      const x264 = plain('yuv420p', '-preset', 'superfast', '-tune', 'zerolatency', '-crf', '23');
      return { ...x264, codec: [...x264.codec, '-keyint_min', '25', '-sc_threshold', '0'] };
    }
    case 'h264_nvenc':
      return plain(
        'yuv420p',
        ...['-preset', 'p4', '-tune', 'll', '-rc', 'vbr', ...average, '-zerolatency', '1', '-delay', '0'],
        ...['-no-scenecut', '1', '-forced-idr', '1'],
      );
    case 'h264_qsv':
      // Named as hardware: left alone, Intel's library may encode in software in its stead.
      return {
        ...plain(
          'nv12',
          '-preset',
          'veryfast',
          ...average,
          '-async_depth',
          '1',
          '-forced_idr',
          '1',
          '-adaptive_i',
          '0',
        ),
        device: ['-init_hw_device', 'qsv=qsv:hw'],
      };
    case 'h264_vaapi':
      return {
        device: device === null ? [] : ['-vaapi_device', device],
        filters: ['format=nv12', 'hwupload'],
        codec: ['-c:v', name, ...average, '-async_depth', '1', ...common],
      };
    case 'h264_amf':
      return plain('nv12', '-usage', 'lowlatency', '-quality', 'speed', '-rc', 'vbr_peak', ...average);
    case 'h264_mf':
      return plain('nv12', '-hw_encoding', '1', '-rate_control', 'ld_vbr', '-scenario', 'live_streaming', ...average);
    case 'h264_videotoolbox':
      return plain('nv12', '-realtime', '1', '-allow_sw', '0', ...average);
  }
}

/** How to encode with `encoder`; one that this program does not know is taken for x264. */
export function encoderSetup(encoder: VideoEncoder): EncoderSetup {
  const [named = '', ...rest] = encoder.split(':');
  const name = h264Encoders.find((one) => one === named) ?? 'libx264';
  return { name, ...settingsOf(name, rest.length === 0 ? null : rest.join(':')) };
}
