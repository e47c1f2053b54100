import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/main/platform/clock.ts';
import { ClockWatch } from '../../../src/main/recorder/clockWatch.ts';

/** Both clocks by hand: `wall` and `monotonic` in milliseconds; each reading takes `readMs`. */
class HandClock implements Clock {
  wall = 1_763_756_300_000;
  monotonic = 5000;
  readMs = 0;
  /** Held up for so long between the next two readings. */
  heldUpMs = 0;

  now(): Date {
    const now = new Date(this.wall);
    this.pass(this.heldUpMs);
    this.heldUpMs = 0;
    return now;
  }

  monotonicNs(): bigint {
    this.pass(this.readMs);
    return BigInt(Math.round(this.monotonic * 1e6));
  }

  pass(ms: number): void {
    this.wall += ms;
    this.monotonic += ms;
  }
}

describe('the watch over the wall clock', () => {
  it.each([3_600_000, -60_000, 45, -45])('sees a step of %i ms, once', (step) => {
    const clock = new HandClock();
    const watch = new ClockWatch(clock);
    clock.pass(250);
    expect(watch.look()).toBeNull();
    clock.wall += step;
    clock.pass(250);
    expect(watch.look()).toBe(step);
    clock.pass(250);
    expect(watch.look()).toBeNull();
  });

  it('says nothing of a clock that is led by time synchronisation, for as long as that takes', () => {
    const clock = new HandClock();
    const watch = new ClockWatch(clock);
    for (let i = 0; i < 4 * 7200; i++) {
      clock.pass(250);
      clock.wall += 0.125;
      expect(watch.look()).toBeNull();
    }
  });

  it('does not take its own delay between two readings for a step', () => {
    const clock = new HandClock();
    const watch = new ClockWatch(clock);
    for (const ms of [50, 700, 3000]) {
      clock.pass(250);
      clock.heldUpMs = ms;
      expect(watch.look()).toBeNull();
    }
  });
});
