import { describe, expect, it } from 'vitest';
import { wishEntry } from '../../../src/main/tablet/wishEntry.ts';
import { pressedOnce } from '../../../src/renderer/child/pressedOnce.ts';
import { type ChildWishId, freshWish, PRESSES_A_MINUTE, wishIn } from '../../../src/shared/domain/childWishes.ts';
import type { TimelineEntry } from '../../../src/shared/evidence/record.ts';

const press = (wish: ChildWishId, id: string) => ({ wish, id, voice: 'synthetic', by: 'child' }) as const;
const marker: TimelineEntry = { at_ms: 10, type: 'marker', label: '1', number: 1 };

describe('a press of the child', () => {
  it('is a marker at its moment, with the wish, whose voice it was, and no name', () => {
    expect(wishEntry(press('draw', 'a'), 4_000, [marker])).toEqual({
      ...{ at_ms: 4_000, type: 'marker', label: 'child', wish: 'draw', press: 'a', by: 'child', voice: 'synthetic' },
    });
    expect(wishEntry({ wish: 'draw', id: 'a', voice: null, by: 'i-1' }, 0, [])).not.toHaveProperty('voice');
  });

  it('counts once: by its id whenever it comes, and by its picture within three seconds', () => {
    const first = wishEntry(press('break', 'a'), 1_000, []);
    if (first === null) throw new Error('not kept');
    expect(wishEntry(press('break', 'a'), 60_000, [first])).toBeNull();
    expect(wishEntry(press('break', 'b'), 3_999, [first])).toBeNull();
    expect(wishEntry(press('break', 'b'), 4_000, [first])).not.toBeNull();
    expect(wishEntry(press('draw', 'b'), 1_001, [first])).not.toBeNull();
  });

  it('is kept thirty times a minute and no more, and again afterwards', () => {
    const timeline: TimelineEntry[] = [];
    const wishes = ['break', 'not-understood', 'draw', 'rather-not'] as const;
    for (let i = 0; i < 60; i++) {
      const entry = wishEntry(press(wishes[i % 4] ?? 'break', `p${i}`), i * 900, timeline);
      if (entry !== null) timeline.push(entry);
    }
    expect(timeline).toHaveLength(PRESSES_A_MINUTE);
    expect(wishEntry(press('break', 'later'), 61_000, timeline)).not.toBeNull();
  });
});

it('a picture drummed on is one press every three seconds, and does not hold back another', () => {
  const pressed = new Map<ChildWishId, number>();
  const counted = [0, 500, 2_999, 3_000, 3_100].map((now) => pressedOnce(pressed, 'break', now));
  expect(counted).toEqual([true, false, false, true, false]);
  expect(pressedOnce(pressed, 'draw', 3_100)).toBe(true);
});

it('the newest wish stands on the screens for three minutes', () => {
  const timeline = [
    { at_ms: 5, wish: 'draw' },
    { at_ms: 9, wish: 'break' },
    { at_ms: 20, label: '1' },
  ];
  const wish = wishIn(timeline);
  expect(wish).toEqual({ wish: 'break', atMs: 9 });
  expect([freshWish(wish, 180_008), freshWish(wish, 180_009), freshWish(null, 0)]).toEqual(['break', null, null]);
  expect(wishIn([{ at_ms: 1, wish: 'anything else' }])).toBeNull();
});
