import { checkFfmpeg, chooseH264Encoder } from './check.ts';

/** ffmpeg as the recorder is told of it. */
export interface FoundFfmpeg {
  readonly path: string;
  /** First line of `ffmpeg -version`. */
  readonly version: string;
  readonly videoEncoder: string;
  /** It can write text into a picture. */
  readonly drawsText: boolean;
}

/**
 * Looks for an ffmpeg that is fit to record at the first need, and remembers it; after a failure it looks again.
 * The function it gives throws FFMPEG_MISSING, FFMPEG_UNSUITABLE.
 */
export function ffmpegOnce(env: NodeJS.ProcessEnv): () => Promise<FoundFfmpeg> {
  let found: Promise<FoundFfmpeg> | null = null;
  const look = async () => {
    const info = await checkFfmpeg({ env });
    return {
      path: info.path,
      version: info.line,
      videoEncoder: await chooseH264Encoder(info),
      drawsText: info.drawsText,
    };
  };
  return () => {
    found ??= look().catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
}
