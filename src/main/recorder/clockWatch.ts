import type { Clock } from '../platform/clock.ts';

/** Slower drift than this in a second is the ordinary work of time synchronisation. */
const JUMP_MS = 400;

/**
 * Notices when the wall clock jumps against the monotonic one: the times in the picture and in the log then no longer
 * agree with the recording's own, which counts on the monotonic clock.
 */
export class ClockWatch {
  readonly #clock: Clock;
  #difference: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#difference = this.#now();
  }

  /** Milliseconds by which the wall clock jumped since the last look (forward positive), or null when it did not. */
  look(): number | null {
    const before = this.#difference;
    this.#difference = this.#now();
    const jump = Math.round(this.#difference - before);
    return Math.abs(jump) > JUMP_MS ? jump : null;
  }

  #now(): number {
    return this.#clock.now().getTime() - Number(this.#clock.monotonicNs()) / 1e6;
  }
}
