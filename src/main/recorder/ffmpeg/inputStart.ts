/** Earlier than this is no wall-clock time but a device's own count. */
const EARLIEST_EPOCH = 1_500_000_000;
/** A count that lies this near to our monotonic clock is that clock. */
const SAME_CLOCK_NS = 60_000_000_000n;

/** The encoder's delay that stands before an AAC track's first sound: 1,024 samples at 48 kHz. */
export const AAC_PRIMING_NS = 21_333_333n;

/** Looks in ffmpeg's log for the `start:` of its input: the stamp that becomes decode time 0 of the file. */
export class InputStartReader {
  #text = '';
  #found = false;

  /** Takes log bytes; returns the seconds once, when they are found. */
  push(chunk: Buffer): number | null {
    if (this.#found || this.#text.length > 65_536) return null;
    this.#text += chunk.toString('utf8');
    const seconds = Number(/\bDuration: [^,]+, start: (-?\d+\.\d+),/.exec(this.#text)?.[1] ?? Number.NaN);
    if (!Number.isFinite(seconds)) return null;
    this.#text = '';
    this.#found = true;
    return seconds;
  }
}

/** Both clocks at one moment. */
export interface Moment {
  readonly epochMs: number;
  readonly monotonicNs: bigint;
}

/**
 * Where an input's first stamp stands on the monotonic clock, if its devices' stamps are of a clock that we have: the wall
 * clock (carried over at this moment, and of no use any more once that clock is set), or the monotonic clock itself, as
 * the Linux kernel stamps pictures (not tried on hardware here). Null for any other count.
 */
export function startOnMonotonic(seconds: number, now: Moment): { ns: bigint; clock: 'wall' | 'monotonic' } | null {
  if (seconds >= EARLIEST_EPOCH) {
    const ago = BigInt(Math.round((now.epochMs - seconds * 1000) * 1e6));
    return { ns: now.monotonicNs - ago, clock: 'wall' };
  }
  const ns = BigInt(Math.round(seconds * 1e9));
  const apart = now.monotonicNs - ns;
  const same = seconds > 0 && apart < SAME_CLOCK_NS && -apart < SAME_CLOCK_NS;
  return same ? { ns, clock: 'monotonic' } : null;
}
