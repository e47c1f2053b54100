/** Earlier than this is no wall-clock time but a device's own count. */
const EARLIEST_EPOCH = 1_500_000_000;

/** The encoder's delay that stands before an AAC track's first sound: 1,024 samples at 48 kHz. */
export const AAC_PRIMING_NS = 21_333_333n;

/**
 * Looks in ffmpeg's log for the `start:` of its input. With wall-clock stamps that is the moment (Unix seconds) of the
 * first frame, which becomes decode time 0 of the file.
 */
export class InputStartReader {
  #text = '';
  #found: number | null = null;

  /** Takes log bytes; returns Unix milliseconds once, when they are found. */
  push(chunk: Buffer): number | null {
    if (this.#found !== null || this.#text.length > 65_536) return null;
    this.#text += chunk.toString('utf8');
    const seconds = Number(/\bDuration: [^,]+, start: (-?\d+\.\d+),/.exec(this.#text)?.[1] ?? Number.NaN);
    if (!Number.isFinite(seconds)) return null;
    this.#text = '';
    this.#found = seconds;
    return seconds >= EARLIEST_EPOCH ? seconds * 1000 : null;
  }
}
