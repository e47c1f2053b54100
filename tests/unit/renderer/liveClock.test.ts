import { describe, expect, it } from 'vitest';
import { type Behind, LiveTarget, StationNow, stepTo } from '../../../src/renderer/ui/live/liveClock.ts';

/** A track whose segments of a second come `lateMs` after their last picture, as held at `nowMs`. */
const held = (nowMs: number, lateMs: number): number => lateMs + ((nowMs - lateMs) % 1000);
const behind = (shownMs: number | null, heldMs: number | null): Behind => ({ shownMs, heldMs });

function settled(lates: readonly number[], seconds = 12): number {
  const target = new LiveTarget();
  let at = 0;
  for (let now = 0; now < seconds * 1000; now += 250) {
    at = target.take(
      lates.map((late) => behind(0, held(now, late))),
      now,
    );
  }
  return at;
}

describe('how far behind a screen runs', () => {
  it('is what the next second needs to arrive in time, and a little', () => {
    const at = settled([900]);
    // 0.9 s after its last picture a second comes, and the one before it must not have run out by then.
    expect(at).toBeGreaterThan(1800);
    expect(at).toBeLessThan(2200);
  });

  it('is one figure for all tracks: that of the latest', () => {
    expect(settled([600, 1400])).toBe(settled([1400]));
  });

  it('does not wait for a source that is away, and holds a plain figure while there is nothing', () => {
    const target = new LiveTarget();
    expect(target.take([behind(null, null)], 0)).toBe(1200);
    expect(target.take([behind(2000, 1500), behind(null, 60_000)], 1)).toBeLessThan(2000);
  });

  it('remembers one late second for a while and then comes nearer again', () => {
    const target = new LiveTarget();
    expect(target.take([behind(2000, 4000)], 0)).toBeGreaterThan(4000);
    expect(target.take([behind(2000, 1000)], 4000)).toBeGreaterThan(4000);
    expect(target.take([behind(2000, 1000)], 9000)).toBe(1200);
  });

  it('never grows without end', () => {
    expect(new LiveTarget().take([behind(9000, 5999), behind(9000, 900)], 0)).toBeLessThanOrEqual(8000);
  });
});

describe('coming into step', () => {
  it('leaves what is in step alone', () => {
    expect(stepTo(behind(2030, 1000), 2000)).toEqual({ rate: 1 });
    expect(stepTo(behind(null, null), 2000)).toEqual({ rate: 1 });
  });

  it('goes a little faster when late and a little slower when early, never by much', () => {
    const late = stepTo(behind(2300, 1000), 2000);
    const early = stepTo(behind(1700, 1000), 2000);
    const far = stepTo(behind(100, 0), 2000);
    expect(late).toEqual({ rate: expect.closeTo(1.075, 2) });
    expect(early).toEqual({ rate: expect.closeTo(0.925, 2) });
    expect(far).toEqual({ rate: 0.92 });
  });

  it('jumps when it is far behind, within what it holds', () => {
    expect(stepTo(behind(6000, 1000), 2000)).toEqual({ jumpMs: 4000 });
    expect(stepTo(behind(6000, 5500), 2000)).toEqual({ rate: 1.08 });
  });
});

describe('the recording’s clock', () => {
  it('is known from the answer that came quickest', () => {
    const now = new StationNow();
    expect(now.at(0)).toBeNull();
    now.take(1_000_000, 400);
    now.take(1_001_000, 1010);
    now.take(1_002_000, 2300);
    expect(now.at(3010)).toBe(1_003_000);
  });

  it('follows a station that began anew', () => {
    const now = new StationNow();
    now.take(9_000_000, 0);
    for (let i = 1; i <= 12; i++) now.take(1_000_000 + i * 1000, i * 1000);
    expect(now.at(13_000)).toBe(1_013_000);
  });
});
