import type { EvidenceRecord, TimelineEntry } from '../../shared/evidence/record.ts';
import type { ParticipantRow } from './interviewRows.ts';

type Place = ParticipantRow['place'];
type Presence = { readonly from: number; until: number | null; readonly place: Place };

/**
 * Who was where and when, for the record: the planned people, and what the timeline says of their coming and going. Who
 * is not named in it was there throughout; whose first entry says that they left was there from the beginning; whose
 * first entry says that they came was not there before, unless it says from which of the two rooms. Someone who came twice,
 * or changed rooms, stands there twice.
 */
export function rosterOf(
  participants: readonly ParticipantRow[],
  timeline: readonly TimelineEntry[],
): EvidenceRecord['roster'] {
  return participants.flatMap(({ code, capacity, place: planned, identity_commitment }) => {
    const moves = timeline.filter((entry) => entry.type === 'roster' && entry['code'] === code);
    return presences(moves, planned).map(({ from, until, place }) => ({
      code,
      role: capacity,
      place,
      entered_ms: from,
      left_ms: until,
      identity_commitment,
    }));
  });
}

function presences(moves: readonly TimelineEntry[], planned: Place): Presence[] {
  const [first] = moves;
  const came = first?.['present'] === true && first['from_place'] === undefined;
  // Said to be absent before the recording began: never there, unless they came later.
  const awayFromTheStart = first?.at_ms === 0 && first['present'] === false;
  const found: Presence[] = came || awayFromTheStart ? [] : [{ from: 0, until: null, place: planned }];
  for (const move of moves) {
    const last = found.at(-1);
    const inside = last !== undefined && last.until === null;
    const place = placeOf(move) ?? last?.place ?? planned;
    if (inside && (move['present'] === false || last.place !== place)) last.until = move.at_ms;
    if (move['present'] === true && !(inside && last.place === place))
      found.push({ from: move.at_ms, until: null, place });
  }
  return found;
}

function placeOf(entry: TimelineEntry): Place | null {
  const place = entry['place'];
  return place === 'interview' || place === 'observation' ? place : null;
}
