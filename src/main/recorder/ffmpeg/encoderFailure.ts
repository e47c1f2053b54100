import type { VideoEncoder } from '../../rooms/ffmpeg/index.ts';

/** How ffmpeg says that it was the encoder, or the hardware that it runs on, that would not go on. */
const blamed =
  /Error initializing output stream|Error while opening encoder|Video encoding failed|Error submitting (?:a packet|video frame|the frame) to the (?:muxer|encoder)|Device creation failed|No VA display|Cannot load (?:libcuda|nvcuda|libnvidia-encode|nvEncodeAPI)|Failed to set value '.*' for option '(?:vaapi_device|init_hw_device)'|Impossible to convert between the formats|Unknown encoder|Unrecognized option '(?:vaapi_device|init_hw_device)'/;

/**
 * What a source is encoded with after a run that ended unasked: x264 where the end of its log blames the hardware encoder
 * (a driver that was updated, a card that serves no more than so many at once), else the same again. The choice for the
 * other sources and for the next recording is not touched by it.
 */
export function encoderAfter(encoder: VideoEncoder, logTail: string): VideoEncoder {
  if (encoder === 'libx264') return encoder;
  const [name = ''] = encoder.split(':');
  const complains = new RegExp(`^\\[(?:vost#[^\\]]*/)?${name} @ [^\\]]*\\] \\[(?:error|fatal|panic)\\]`, 'm');
  return blamed.test(logTail) || complains.test(logTail) ? 'libx264' : encoder;
}
