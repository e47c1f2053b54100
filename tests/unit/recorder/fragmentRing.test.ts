import { describe, expect, it } from 'vitest';
import type { SourceRun } from '../../../src/main/recorder/ffmpeg/sourcePorts.ts';
import type { Fragment } from '../../../src/main/recorder/media/fragment.ts';
import { durationMs, FragmentRing } from '../../../src/main/recorder/media/fragmentRing.ts';

const run = (zeroNs = 0n): SourceRun => ({
  number: 1,
  init: {
    bytes: Buffer.from('init'),
    kind: 'video',
    timescale: 1000,
    codecs: 'avc1.64001f',
    defaults: { duration: 40, flags: 0 },
  },
  command: 'ffmpeg',
  copied: null,
  placedBy: 'clock',
  zeroNs,
});

/** Half-second fragments; a key frame every `every`-th. */
const fragment = (i: number, every = 2, length = 100): Fragment => ({
  bytes: Buffer.alloc(length, i),
  start: i * 500,
  end: (i + 1) * 500,
  samples: 12,
  keyFrame: i % every === 0,
});

function filled(count: number, ring = new FragmentRing({ seconds: 10, bytes: 1e6 }), every = 2): FragmentRing {
  const one = run(1_000_000_000n);
  for (let i = 0; i < count; i++) ring.take(one, fragment(i, every));
  return ring;
}

describe('the ring of the newest seconds', () => {
  it('holds at least its time, from a key frame on, and not much more', () => {
    for (const count of [20, 21, 40, 61, 200]) {
      const piece = filled(count).newest(60_000);
      expect(piece?.fragments[0]?.keyFrame).toBe(true);
      const held = piece === null ? 0 : durationMs(piece);
      expect(held).toBeGreaterThanOrEqual(10_000);
      expect(held).toBeLessThanOrEqual(11_000);
      expect(piece?.fragments.at(-1)?.start).toBe((count - 1) * 500);
    }
  });

  it('gives the newest whole groups that last as long as was asked', () => {
    const piece = filled(41).newest(3000);
    // The newest fragment ends at 20.5 s: the last key frame at or before 17.5 s stands at 17 s.
    expect(piece?.fragments.map(({ start }) => start)).toEqual([
      17_000, 17_500, 18_000, 18_500, 19_000, 19_500, 20_000,
    ]);
  });

  it('gives what began at or after a moment, never what began before', () => {
    const ring = filled(40);
    expect(ring.since(1_000_000_000n + 15_200_000_000n)?.fragments[0]?.start).toBe(16_000);
    expect(ring.since(1_000_000_000n + 16_000_000_000n)?.fragments[0]?.start).toBe(16_000);
    expect(ring.since(1_000_000_000n + 19_100_000_000n)).toBeNull();
  });

  it('takes nothing before the first key frame', () => {
    const ring = new FragmentRing();
    const one = run();
    for (const i of [1, 3, 5]) ring.take(one, fragment(i));
    expect([ring.newest(1000), ring.bytes]).toEqual([null, 0]);
    ring.take(one, fragment(6));
    expect(ring.newest(1000)?.fragments).toHaveLength(1);
  });

  it('begins afresh with a new run of the encoder', () => {
    const ring = filled(10);
    const next = { ...run(), number: 2 };
    ring.take(next, fragment(0));
    expect(ring.newest(60_000)).toMatchObject({ run: { number: 2 }, fragments: [{ start: 0 }] });
  });

  it('is bounded in bytes, also for a source without key frames', () => {
    const ring = new FragmentRing({ seconds: 10, bytes: 1000 });
    const one = run();
    for (let i = 0; i < 50; i++) {
      ring.take(one, fragment(i, 1000));
      expect(ring.bytes).toBeLessThanOrEqual(1000);
    }
    const often = filled(50, new FragmentRing({ seconds: 10, bytes: 1000 }));
    expect(often.bytes).toBeLessThanOrEqual(1000);
    expect(often.newest(60_000)?.fragments[0]?.keyFrame).toBe(true);
  });
});
