import type { MarkInput } from '../../shared/contract/recording.ts';
import { breaksOf } from '../../shared/domain/timeGuard.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';

/** Within this time a bare marker, or a note of the same words, is the same one: two people pressed, or one did twice. */
const AT_ONCE_MS = 1000;
const SAME_WORDS_MS = 10_000;

/**
 * The entry that already says what is being pressed, or null. Several people act at once, and a screen that lost the
 * station presses again: what is so already does not become so once more.
 */
export function sameAct(
  input: MarkInput,
  atMs: number,
  before: readonly TimelineEntry[],
  planned: { readonly code: string; readonly place: string } | undefined,
): TimelineEntry | null {
  const last = (wanted: (entry: TimelineEntry) => boolean) => before.findLast(wanted) ?? null;
  switch (input.type) {
    case 'chapter': {
      const newest = last(({ type }) => type === 'chapter');
      return newest?.label === input.phase ? newest : null;
    }
    case 'marker': {
      const newest = last(({ type, label }) => type === 'marker' && (input.label === '' || label === input.label));
      return newest !== null && typeof newest['number'] === 'number' && atMs - newest.at_ms < AT_ONCE_MS
        ? newest
        : null;
    }
    case 'note':
      return last(({ type, label, at_ms }) => type === 'note' && label === input.label && atMs - at_ms < SAME_WORDS_MS);
    case 'break': {
      const on = breaksOf(before).at(-1)?.toMs === null;
      return on === input.begins ? last(({ type }) => type === 'break') : null;
    }
    case 'roster': {
      const newest = last((entry) => entry.type === 'roster' && entry['code'] === input.participant);
      if (newest === null) return null;
      const place = newest['place'] ?? planned?.place;
      const moves = input.place !== undefined && input.present && input.place !== place;
      return newest['present'] === input.present && !moves ? newest : null;
    }
    case 'picture':
      return last((entry) => entry.type === 'note' && entry['attachment'] === input.file);
  }
}
