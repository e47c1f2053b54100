import type { EvidenceRecord, TimelineEntry } from '../../shared/evidence/record.ts';

type Roster = EvidenceRecord['roster'];
type Planned = Pick<Roster[number], 'code' | 'role' | 'place' | 'identity_commitment'>;

/**
 * Who was where, when, from the plan and the timeline's roster entries. Whoever the timeline does not speak of was there
 * from the beginning to the end; somebody who left and came back has a line for each stay.
 */
export function rosterOf(planned: readonly Planned[], timeline: readonly TimelineEntry[], durationMs: number): Roster {
  return planned.flatMap((person) => {
    const moves = timeline.filter((entry) => entry.type === 'roster' && entry['code'] === person.code);
    const firstMove = moves[0];
    let since: number | null = firstMove === undefined || firstMove['present'] === false ? 0 : null;
    const stays: Roster = [];
    for (const move of moves) {
      if (move['present'] === true) since ??= move.at_ms;
      else if (since !== null) {
        stays.push({ ...person, entered_ms: since, left_ms: move.at_ms });
        since = null;
      }
    }
    if (since !== null) stays.push({ ...person, entered_ms: since, left_ms: durationMs });
    return stays;
  });
}
