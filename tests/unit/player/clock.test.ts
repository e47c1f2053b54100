import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correction,
  expected,
  joined,
  momentAt,
  NUDGE_MS,
  type PlacedPart,
  partEnd,
  placeAt,
  SEEK_MS,
  Shown,
  SILENT_MS,
} from '../../../src/renderer/ui/player/clock.ts';

/** A camera that began 200 ms late, was away from 10 200 to 14 000 ms, and came back for 6 s. */
const parts: readonly PlacedPart[] = [
  { fromMs: 200, durationMs: 10_000, playlistMs: 0 },
  { fromMs: 14_000, durationMs: 6000, playlistMs: 10_000 },
];

describe('placeAt', () => {
  it('finds the place on the playlist in each part', () => {
    expect(placeAt(parts, 200)).toEqual({ playlistMs: 0 });
    expect(placeAt(parts, 5200)).toEqual({ playlistMs: 5000 });
    expect(placeAt(parts, 15_500)).toEqual({ playlistMs: 11_500 });
  });

  it('says from when to when there is nothing', () => {
    expect(placeAt(parts, 0)).toEqual({ gap: { fromMs: 0, untilMs: 200 } });
    expect(placeAt(parts, 12_000)).toEqual({ gap: { fromMs: 10_200, untilMs: 14_000 } });
    expect(placeAt(parts, 20_000)).toEqual({ gap: { fromMs: 20_000, untilMs: null } });
  });

  it('is undone by momentAt, wherever there is a picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 19_999 }), (atMs) => {
        const place = placeAt(parts, atMs);
        if ('playlistMs' in place) expect(momentAt(parts, place.playlistMs)).toBe(atMs);
      }),
    );
  });
});

describe('partEnd', () => {
  it('is the edge at which a leader must wait', () => {
    expect(partEnd(parts, 9000)).toBe(10_200);
    expect(partEnd(parts, 10_200)).toBeNull();
    expect(partEnd(parts, 14_000)).toBe(20_000);
  });
});

describe('momentAt', () => {
  it('takes a place just before a part for its beginning, as decoders round', () => {
    expect(momentAt(parts, 9999.4)).toBe(14_000);
    expect(momentAt(parts, -0.2)).toBe(200);
  });

  it('knows nothing beyond the end', () => {
    expect(momentAt(parts, 17_000)).toBeNull();
    expect(momentAt([], 0)).toBeNull();
  });
});

describe('correction', () => {
  it('leaves alone what is in step', () => {
    expect(correction(NUDGE_MS, 1)).toEqual({ rate: 1 });
    expect(correction(-NUDGE_MS, 1.5)).toEqual({ rate: 1.5 });
  });

  it('slows down what is ahead and hurries what is behind, by 5 % at most', () => {
    expect(correction(100, 1)).toEqual({ rate: 0.95 });
    expect(correction(-60, 1)).toEqual({ rate: 1.03 });
    fc.assert(
      fc.property(fc.integer({ min: -SEEK_MS, max: SEEK_MS }), fc.constantFrom(0.5, 1, 1.5, 2), (ahead, rate) => {
        const done = correction(ahead, rate);
        if (!('rate' in done)) throw new Error('must not jump');
        expect(Math.abs(done.rate / rate - 1)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect((done.rate - rate) * ahead).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('jumps where speed would take too long', () => {
    expect(correction(SEEK_MS + 1, 1)).toEqual({ seek: true });
    expect(correction(-SEEK_MS - 1, 1)).toEqual({ seek: true });
  });

  it('brings a track into step and keeps it there', () => {
    let ahead = 290;
    for (let step = 0; step < 200; step += 1) {
      const done = correction(ahead, 1);
      if (!('rate' in done)) throw new Error('must not jump');
      ahead += (done.rate - 1) * 100;
    }
    expect(Math.abs(ahead)).toBeLessThanOrEqual(NUDGE_MS);
  });
});

describe('joined', () => {
  it('orders, joins what touches, and drops what is empty', () => {
    expect(
      joined([
        [5000, 6000],
        [1000, 2000],
        [2000, 2500],
        [3000, 3000],
      ]),
    ).toEqual([
      [1000, 2500],
      [5000, 6000],
    ]);
  });
});

describe('Shown', () => {
  it('collects what played and forgets it when taken', () => {
    const shown = new Shown();
    shown.went(1000, 1100, 100, 1);
    shown.went(1100, 1200.4, 100, 1);
    expect(shown.take()).toEqual([[1000, 1200]]);
    expect(shown.take()).toEqual([]);
  });

  it('never counts a jump, in either direction', () => {
    const shown = new Shown();
    shown.went(1000, 11_000, 100, 1);
    shown.went(9000, 2000, 100, 1);
    expect(shown.take()).toEqual([]);
  });

  it('counts what is played faster', () => {
    const shown = new Shown();
    shown.went(0, 1000, 500, 2);
    expect(shown.take()).toEqual([[0, 1000]]);
  });

  it('takes back what could not be reported', () => {
    const shown = new Shown();
    shown.went(0, 100, 100, 1);
    const first = shown.take();
    shown.went(100, 200, 100, 1);
    shown.restore(first);
    expect(shown.take()).toEqual([[0, 200]]);
  });
});

describe('expected', () => {
  const report = { atMs: 60_000, playing: true, rate: 1.5, arrivedMs: 1000 };

  it('goes on from the last report at its speed', () => {
    expect(expected(report, 3000)).toEqual({ atMs: 63_000, playing: true });
    expect(expected({ ...report, playing: false }, 3000)).toEqual({ atMs: 60_000, playing: false });
  });

  it('stands still when the leader is silent', () => {
    expect(expected(report, 1000 + SILENT_MS + 60_000)).toEqual({ atMs: 60_000 + SILENT_MS * 1.5, playing: false });
  });
});
