/** Time from outside, injected everywhere so that tests can hold it still. */
export interface Clock {
  /** Wall-clock time. */
  now(): Date;
  /** Monotonic nanoseconds since the machine started: the same clock in every process of this machine. */
  monotonicNs(): bigint;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicNs: () => process.hrtime.bigint(),
};
