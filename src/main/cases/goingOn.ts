import { z } from 'zod';
import { Capacity, Place } from '../../shared/contract/cases.ts';
import type { Language } from '../../shared/contract/common.ts';
import { Refusal } from '../../shared/errors.ts';
import { insertInterview } from './insertInterview.ts';
import type { InterviewRow, InterviewRows } from './interviewRows.ts';
import type { Actor, CasesNeeds } from './needs.ts';

/** Within this time an interview that a fault cut off is gone on with, not held anew. */
const SAME_SITTING_MS = 86_400_000;
const SHORTEST_MINUTES = 30;

/** Why there is a further recording of this child, in the language of the interview: it stands in the record. */
const REASON: Readonly<Record<Language, string>> = {
  en: 'The recording was cut off by a fault; the same interview goes on.',
  kk: 'Жазба ақаудан үзілді; сол жауап алу жалғасуда.',
  ru: 'Запись прервалась из-за сбоя; тот же допрос продолжается.',
};
const AUTHORITY: Readonly<Record<Language, (exhibit: string) => string>> = {
  en: (exhibit) => `As for ${exhibit}.`,
  kk: (exhibit) => `${exhibit} үшін берілген негіз бойынша.`,
  ru: (exhibit) => `То же, что для ${exhibit}.`,
};

const Kept = z.strictObject({
  capacity: Capacity,
  place: Place,
  sealed: z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes)),
  commitment: z.string(),
});

/**
 * Whether this interview was cut off by a fault so shortly before `at` that one of the same child and case goes on from
 * it and is not another one.
 */
export function isCutOff(row: InterviewRow, at: Date): boolean {
  const since = row.started_at === null ? Number.NaN : at.getTime() - Date.parse(row.started_at);
  return row.secured_at !== null && since >= 0 && since < SAME_SITTING_MS;
}

/**
 * Goes on with an interview that a fault cut off, as a second exhibit that names the first: the same child, room and
 * people, from now on, without asking anything, for the child is in the room. Gives the new interview's id, or that of
 * the one that goes on from it already. INTERVIEW_UNKNOWN, INTERVIEW_NOT_CUT_OFF.
 */
export function goOn(needs: CasesNeeds, rows: InterviewRows, id: string, by: Actor): string {
  const { db, clock } = needs;
  const go = db.transaction(() => {
    const row = rows.get(id);
    const now = clock.now();
    if (row.goes_on_in !== null) return row.goes_on_in;
    if (!isCutOff(row, now)) throw new Refusal('INTERVIEW_NOT_CUT_OFF', { exhibit: row.exhibit });
    const held = row.started_at === null ? 0 : now.getTime() - Date.parse(row.started_at);
    const previous = {
      exhibit: row.exhibit,
      reason: REASON[row.language],
      authority: row.previous[0]?.authority ?? AUTHORITY[row.language](row.exhibit),
    };
    return insertInterview(
      needs,
      {
        caseId: row.case_id,
        childId: row.child_id,
        kind: row.kind,
        language: row.language,
        room: row.room_id,
        planned: now,
        // The plan of the room is no reason to keep a child waiting: it is not asked.
        minutes: Math.max(SHORTEST_MINUTES, Math.round(row.planned_minutes - held / 60_000)),
        age: row.child_age,
        previous: [previous, ...row.previous],
        continues: row.exhibit,
        rules: needs.rules.namedAt(null),
        missing: row.missing,
        ...{ lead: row.lead, otherLead: null },
        participants: z.array(Kept).parse(
          db
            .prepare(
              `SELECT capacity, place, identity AS sealed, identity_commitment AS commitment FROM participants
               WHERE interview_id = ? ORDER BY position`,
            )
            .all(id),
        ),
      },
      by,
    );
  });
  return go.immediate();
}
