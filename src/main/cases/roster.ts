import type { EvidenceRecord, TimelineEntry } from '../../shared/evidence/record.ts';
import type { ParticipantRow } from './interviewRows.ts';

type Presence = { readonly from: number; until: number | null };

/**
 * Who was where and when, for the record: the planned people, and what the timeline says of their coming and going. Who
 * is not named in it was there throughout; whose first entry says that they left was there from the beginning; whose
 * first entry says that they came was not there before. Someone who came twice stands there twice.
 */
export function rosterOf(
  participants: readonly ParticipantRow[],
  timeline: readonly TimelineEntry[],
): EvidenceRecord['roster'] {
  return participants.flatMap(({ code, capacity, place, identity_commitment }) => {
    const moves = timeline.filter((entry) => entry.type === 'roster' && entry['code'] === code);
    return presences(moves).map(({ from, until }) => ({
      code,
      role: capacity,
      place,
      entered_ms: from,
      left_ms: until,
      identity_commitment,
    }));
  });
}

function presences(moves: readonly TimelineEntry[]): Presence[] {
  const found: Presence[] = moves[0]?.['present'] === true ? [] : [{ from: 0, until: null }];
  for (const move of moves) {
    const last = found.at(-1);
    const inside = last !== undefined && last.until === null;
    if (move['present'] === true && !inside) found.push({ from: move.at_ms, until: null });
    if (move['present'] === false && inside) last.until = move.at_ms;
  }
  return found;
}
