import type { MachineEncoder } from '../../../shared/domain/devices.ts';
import { checkFfmpeg } from './check.ts';
import { chooseEncoder } from './chooseEncoder.ts';
import type { VideoEncoder } from './encoders.ts';

/** ffmpeg as the recorder is told of it. */
export interface FoundFfmpeg {
  readonly path: string;
  /** First line of `ffmpeg -version`. */
  readonly version: string;
  readonly videoEncoder: VideoEncoder;
  /** It can write text into a picture. */
  readonly drawsText: boolean;
}

export interface FfmpegOnce {
  /** Throws FFMPEG_MISSING, FFMPEG_UNSUITABLE. */
  readonly ffmpeg: () => Promise<FoundFfmpeg>;
  /** Which encoder was chosen, and why others were not; throws as `ffmpeg`. */
  readonly encoders: () => Promise<MachineEncoder>;
}

/**
 * Looks for an ffmpeg that is fit to record at the first need and tests its hardware encoders (a second or two), and
 * remembers both for as long as the station runs; after a failure it looks again. `told` hears of the choice once.
 */
export function ffmpegOnce(env: NodeJS.ProcessEnv, told: (choice: MachineEncoder) => void): FfmpegOnce {
  let found: Promise<{ ffmpeg: FoundFfmpeg; encoders: MachineEncoder }> | null = null;
  const look = async () => {
    const { path, line, drawsText, ...info } = await checkFfmpeg({ env });
    const encoders = await chooseEncoder({ path, line, drawsText, ...info });
    told(encoders);
    return { ffmpeg: { path, version: line, videoEncoder: encoders.encoder, drawsText }, encoders };
  };
  const once = () => {
    found ??= look().catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
  return { ffmpeg: async () => (await once()).ffmpeg, encoders: async () => (await once()).encoders };
}
