import type { Interview } from '../../shared/contract/cases.ts';
import type { MarkInput } from '../../shared/contract/recording.ts';
import { isHere, placeNow } from '../../shared/domain/presence.ts';
import type { WhichLimit } from '../../shared/domain/timeGuard.ts';
import { Refusal } from '../../shared/errors.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';

/**
 * The timeline's entry for what somebody pressed, at `atMs` since the recording began. A chapter's label is its phase,
 * so that every language can name it; a break says whether it begins or ends; a roster entry carries a code, no name.
 * `by` is the code of whoever pressed.
 */
export function markToEntry(
  input: MarkInput,
  atMs: number,
  before: readonly TimelineEntry[],
  participants: Interview['participants'],
  by: string,
): TimelineEntry {
  switch (input.type) {
    case 'chapter':
      return { at_ms: atMs, type: 'chapter', label: input.phase, phase: input.phase, by };
    case 'marker': {
      const number =
        before.filter((entry) => entry.type === 'marker' && typeof entry['number'] === 'number').length + 1;
      return { at_ms: atMs, type: 'marker', label: input.label === '' ? String(number) : input.label, number, by };
    }
    case 'note':
      return { at_ms: atMs, type: 'note', label: input.label, by };
    case 'break':
      return { at_ms: atMs, type: 'break', label: input.label, begins: input.begins, by };
    case 'roster': {
      const person = participants.find((one) => one.code === input.participant);
      if (person === undefined) throw new Refusal('REQUEST_MALFORMED', { at: 'participant' });
      const was = placeNow(before, person);
      const place = input.place ?? was;
      return {
        at_ms: atMs,
        type: 'roster',
        label: person.capacity,
        code: person.code,
        place,
        present: input.present,
        ...(input.present && place !== was && isHere(before, person.code) ? { from_place: was } : {}),
        by,
      };
    }
    case 'picture':
      return {
        at_ms: Math.max(0, atMs - input.agoMs),
        type: 'note',
        label: input.title,
        attachment: input.file,
        of: input.of,
        ...(input.said === '' ? {} : { said: input.said }),
        by,
      };
  }
}

/** The entry for a reason to go beyond limits: which ones, by which rules, and who says it. */
export function overrunEntry(
  atMs: number,
  reason: string,
  over: readonly { readonly which: WhichLimit; readonly rules: readonly string[] }[],
  by: string,
): TimelineEntry {
  const rules = [...new Set(over.flatMap((one) => one.rules))];
  return { at_ms: atMs, type: 'note', label: reason, overrun: rules, limits: over.map(({ which }) => which), by };
}

/**
 * Where a room keeps the seconds before the button, the recording begins before it was pressed: this entry says when that
 * was. None for a recording that began with the button.
 */
export function buttonEntries(buttonMs: number): TimelineEntry[] {
  return buttonMs === 0 ? [] : [{ at_ms: buttonMs, type: 'marker', label: 'button' }];
}

/** The phase that the newest chapter opened, or null. */
export function currentPhase(timeline: readonly TimelineEntry[]): string | null {
  return timeline.findLast((entry) => entry.type === 'chapter')?.label ?? null;
}
