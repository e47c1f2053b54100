import { type ChildWishId, PRESSES_A_MINUTE, SAME_PRESS_MS, wishOf } from '../../shared/domain/childWishes.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';

/** One press: which picture, the screen's own id of it, whose voice said the words, and who pressed (`child`, or an officer's code). */
export interface Press {
  readonly wish: ChildWishId;
  readonly id: string;
  readonly voice: 'synthetic' | 'recorded' | null;
  readonly by: string;
}

const MINUTE_MS = 60_000;

/**
 * The timeline's entry for a press at `atMs`; null where it adds nothing: the same press once more, the same picture within
 * three seconds, or more than thirty presses in a minute.
 */
export function wishEntry(press: Press, atMs: number, timeline: readonly TimelineEntry[]): TimelineEntry | null {
  const earlier = timeline.filter((entry) => entry.type === 'marker' && wishOf(entry) !== null);
  if (earlier.some((entry) => entry['press'] === press.id)) return null;
  if (earlier.some((entry) => entry['wish'] === press.wish && atMs - entry.at_ms < SAME_PRESS_MS)) return null;
  if (earlier.filter(({ at_ms }) => atMs - at_ms < MINUTE_MS).length >= PRESSES_A_MINUTE) return null;
  return {
    ...{ at_ms: atMs, type: 'marker', label: 'child', wish: press.wish, press: press.id, by: press.by },
    ...(press.voice === null ? {} : { voice: press.voice }),
  };
}
