import { ORPCError } from '@orpc/client';

/** A room that was just prepared sends its first pictures within a second or two. */
const TRIES = 20;
const PAUSE_MS = 500;

/**
 * Asks for a camera's picture, and again for ten seconds while there is none yet: who prepares the room and takes the picture
 * at once is not told that the camera is broken.
 */
export async function firstPicture<Picture>(
  take: () => Promise<Picture>,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
): Promise<Picture> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    try {
      return await take();
    } catch (error) {
      if (!(error instanceof ORPCError) || error.code !== 'PREPARATION_NO_PICTURE') throw error;
      await pause();
    }
  }
  return await take();
}
