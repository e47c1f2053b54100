import type { z } from 'zod';
import type { Interview } from '../../shared/contract/cases.ts';
import type { MarkInput } from '../../shared/contract/recording.ts';
import { Refusal } from '../../shared/errors.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';

/**
 * The timeline's entry for what somebody pressed, at `atMs` since the recording began. A chapter's label is its phase,
 * so that every language can name it; a break says whether it begins or ends; a roster entry carries a code, no name.
 */
export function markToEntry(
  input: z.infer<typeof MarkInput>,
  atMs: number,
  before: readonly TimelineEntry[],
  participants: Interview['participants'],
): TimelineEntry {
  switch (input.type) {
    case 'chapter':
      return { at_ms: atMs, type: 'chapter', label: input.phase, phase: input.phase };
    case 'marker': {
      const number = before.filter((entry) => entry.type === 'marker' && entry.label !== BUTTON).length + 1;
      return { at_ms: atMs, type: 'marker', label: input.label === '' ? String(number) : input.label, number };
    }
    case 'note':
      return { at_ms: atMs, type: 'note', label: input.label };
    case 'break':
      return { at_ms: atMs, type: 'break', label: input.label, begins: input.begins };
    case 'roster': {
      const person = participants.find((one) => one.code === input.participant);
      if (person === undefined) throw new Refusal('REQUEST_MALFORMED', { at: 'participant' });
      return {
        at_ms: atMs,
        type: 'roster',
        label: person.capacity,
        code: person.code,
        place: person.place,
        present: input.present,
      };
    }
  }
}

/** The label of the marker that says when the button was pressed. */
const BUTTON = 'button';

/**
 * Where a room keeps the seconds before the button, the recording begins before it was pressed: this entry says when that
 * was. None for a recording that began with the button.
 */
export function buttonEntries(buttonMs: number): TimelineEntry[] {
  return buttonMs === 0 ? [] : [{ at_ms: buttonMs, type: 'marker', label: BUTTON }];
}

/** The phase that the newest chapter opened, or null. */
export function currentPhase(timeline: readonly TimelineEntry[]): string | null {
  return timeline.findLast((entry) => entry.type === 'chapter')?.label ?? null;
}
