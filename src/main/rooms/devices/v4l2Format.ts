import { type RunListing, runListing } from '../ffmpeg/index.ts';

/**
 * Which of a camera's formats ffmpeg should ask for, out of `ffmpeg -f v4l2 -list_formats all -i …` (standard error):
 * `mjpeg` where the camera gives it in `size`, else null, which leaves the choice to ffmpeg. Left alone, ffmpeg takes raw
 * pictures first, of which USB 2 carries ten a second at 1280×720.
 */
export function chooseV4l2Format(text: string, size: string): 'mjpeg' | null {
  for (const line of text.split(/\r?\n/)) {
    const [, name, sizes] = /\] Compressed *: *(\S+) *:.*?: *(\S.*)$/.exec(line) ?? [];
    if (name !== 'mjpeg' || sizes === undefined) continue;
    // Cameras that scale freely give a range, `{32-1920, 2}x{32-1080, 2}`.
    if (sizes.split(/\s+/).includes(size) || sizes.includes('{')) return 'mjpeg';
  }
  return null;
}

/** Asks the camera at `address` for its formats; it must not be in use. Null, too, when it does not answer. */
export async function askV4l2Format(
  ffmpeg: string,
  address: string,
  size: string,
  run: RunListing = runListing,
): Promise<'mjpeg' | null> {
  const args = ['-hide_banner', '-f', 'v4l2', '-list_formats', 'all', '-i', address];
  return chooseV4l2Format((await run(ffmpeg, args, { withinMs: 3000 })).stderr, size);
}
