import type { Clock } from '../platform/clock.ts';

/** A step of the wall clock that would put sound and picture too far apart (they shall stay within 40 ms). */
const STEP_MS = 40;
/** A clock that time synchronisation leads slowly is followed by so much at each look, without a word. */
const LED_MS = 0.5;
/** Both clocks are read within this time of each other, or read again. */
const TOGETHER_NS = 2_000_000n;
const TRIES = 5;

/**
 * Notices when the wall clock is set, against the monotonic one: the times in the picture and in the log then no longer
 * agree with the recording's own, which counts on the monotonic clock, and sources that are stamped by the wall clock have
 * to start again. To be asked a few times a second.
 */
export class ClockWatch {
  readonly #clock: Clock;
  #difference: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#difference = this.#now();
  }

  /** Milliseconds by which the wall clock was set since the last look (forward positive), or null when it was not. */
  look(): number | null {
    const moved = this.#now() - this.#difference;
    if (Math.abs(moved) < STEP_MS) {
      this.#difference += Math.max(-LED_MS, Math.min(LED_MS, moved));
      return null;
    }
    this.#difference += moved;
    return Math.round(moved);
  }

  /** Wall clock less monotonic clock, both at one moment even where this process is held up between the two readings. */
  #now(): number {
    let best = { apart: -1n, difference: 0 };
    for (let i = 0; i < TRIES; i++) {
      const before = this.#clock.monotonicNs();
      const wall = this.#clock.now().getTime();
      const apart = this.#clock.monotonicNs() - before;
      if (best.apart >= 0n && apart >= best.apart) continue;
      best = { apart, difference: wall - Number(before + apart / 2n) / 1e6 };
      if (apart <= TOGETHER_NS) break;
    }
    return best.difference;
  }
}
