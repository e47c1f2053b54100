import { expect, it } from 'vitest';
import { grouped } from '../../../src/renderer/archive/groupEvents.ts';
import { breaksOf, chaptersOf, momentsOf, nextAfter } from '../../../src/renderer/ui/player/chapters.ts';
import type { TimelineEntry } from '../../../src/shared/evidence/record.ts';

const timeline: TimelineEntry[] = [
  { at_ms: 0, type: 'chapter', label: 'introduction' },
  { at_ms: 4000, type: 'marker', label: '1' },
  { at_ms: 5000, type: 'chapter', label: 'narrative' },
  { at_ms: 6000, type: 'break', label: 'tired', begins: true },
  { at_ms: 7000, type: 'break', label: 'tired', begins: false },
  { at_ms: 8000, type: 'break', label: 'drink', begins: true },
];

it('gives each chapter the time until the next', () => {
  expect(chaptersOf(timeline, 10_000)).toEqual([
    { phase: 'introduction', fromMs: 0, toMs: 5000 },
    { phase: 'narrative', fromMs: 5000, toMs: 10_000 },
  ]);
});

it('lets a break that never ended last to the end', () => {
  expect(breaksOf(timeline, 10_000)).toEqual([
    { fromMs: 6000, toMs: 7000 },
    { fromMs: 8000, toMs: 10_000 },
  ]);
});

it('jumps to the next moment, not to the one just reached', () => {
  const moments = momentsOf(timeline);
  expect(nextAfter(moments, 0)).toBe(4000);
  expect(nextAfter(moments, 4000)).toBe(6000);
  expect(nextAfter(moments, 9000)).toBeNull();
});

it('makes one line of the same act in a row, and another one after something else', () => {
  const event = (index: number, action: string) => ({ index, at: `${index}`, action, role: 'judge', actor: 'A' });
  const rows = grouped([
    event(1, 'playback.played'),
    event(2, 'playback.played'),
    event(3, 'playback.closed'),
    event(4, 'playback.played'),
  ]);
  expect(rows.map(({ first, last, count }) => [first.index, last.index, count])).toEqual([
    [1, 2, 2],
    [3, 3, 1],
    [4, 4, 1],
  ]);
});
