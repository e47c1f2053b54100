const SHORTEST_MS = 60_000;
const LONGEST_MS = 6 * 3_600_000;

/**
 * How long to wait after the `attempts`-th failure (from 1), milliseconds: a minute, doubled each time, six hours at most.
 * `jitter` from 0 to 1 takes up to a quarter away, so that stations which lost the network together do not all come back
 * in the same second.
 */
export function backOff(attempts: number, jitter: number): number {
  const wait = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.max(SHORTEST_MS, Math.round(wait * (1 - Math.min(1, Math.max(0, jitter)) / 4)));
}

/** Longer than any wait that is ever set: what waits longer had its time set by a clock that was wrong. */
export const NEVER_LONGER_MS = LONGEST_MS + SHORTEST_MS;
