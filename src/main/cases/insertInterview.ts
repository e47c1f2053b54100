import type { Database } from 'better-sqlite3';
import type { Interview } from '../../shared/contract/cases.ts';
import type { Missing } from '../../shared/contract/planning.ts';
import { newId } from '../platform/ids.ts';
import { newParticipantCode } from './codes.ts';
import { nextExhibitNumber } from './exhibitNumbers.ts';
import { InterviewRows } from './interviewRows.ts';
import { type Actor, actorOf, type CasesNeeds } from './needs.ts';
import type { SealedIdentity } from './sealedIdentity.ts';

/** A person of the roster, the name sealed. */
export type NewParticipant = Pick<Interview['participants'][number], 'capacity' | 'place'> & SealedIdentity;

/** An interview that passed every check, as it goes into the database. */
export interface NewInterview {
  readonly caseId: string;
  readonly childId: string;
  readonly kind: Interview['kind'];
  readonly language: Interview['language'];
  readonly room: string;
  readonly planned: Date;
  readonly minutes: number;
  readonly age: number | null;
  readonly previous: readonly { exhibit: string; reason: string; authority: string }[];
  /** The exhibit that a fault cut off and that this interview goes on from. */
  readonly continues: string | null;
  readonly participants: readonly NewParticipant[];
  /** How records name the rules it was planned under. */
  readonly rules: { readonly id: string; readonly version: string };
  /** Who is to be there by them and will not. */
  readonly missing: readonly Missing[];
  /** Who leads it, as `leadMark` gives it; null where that is not known. */
  readonly lead: string | null;
  /** Why that is another person than before. */
  readonly otherLead: string | null;
}

/**
 * Writes a planned interview, its exhibit and its people, gives out the exhibit number, and logs `interview.planned`. Inside
 * the caller's transaction; gives the interview's id.
 */
export function insertInterview(needs: CasesNeeds, interview: NewInterview, by: Actor): string {
  const { db, facts, log, clock } = needs;
  const now = clock.now();
  const id = newId();
  const exhibit = nextExhibitNumber(db, facts().id, now);
  db.prepare(
    `INSERT INTO interviews (id, exhibit, case_id, child_id, kind, language, room_id, officer, planned_at,
       planned_until, planned_minutes, age_years, state, previous, continues, created_at, rules, missing, lead, other_lead)
     VALUES (@id, @exhibit, @caseId, @childId, @kind, @language, @room, @officer, @plannedAt,
       @until, @minutes, @age, 'planned', @previous, @continues, @now, @rules, @missing, @lead, @otherLead)`,
  ).run({
    ...{ id, exhibit, officer: by.id, now: now.toISOString() },
    caseId: interview.caseId,
    childId: interview.childId,
    kind: interview.kind,
    language: interview.language,
    room: interview.room,
    plannedAt: interview.planned.toISOString(),
    until: endOf(interview.planned, interview.minutes).toISOString(),
    minutes: interview.minutes,
    age: interview.age,
    previous: JSON.stringify(interview.previous),
    continues: interview.continues,
    ...{ rules: JSON.stringify(interview.rules), missing: JSON.stringify(interview.missing) },
    ...{ lead: interview.lead, otherLead: interview.otherLead },
  });
  db.prepare(
    `INSERT INTO exhibits (number, interview_id, case_id, state, origin, archive)
     VALUES (?, ?, ?, 'planned', 'here', 'with-officer')`,
  ).run(exhibit, id, interview.caseId);
  insertParticipants(db, id, interview.participants);
  const questions = interview.continues === null ? [] : carriedTo(needs, id, interview.continues);
  log().append({
    action: 'interview.planned',
    actor: actorOf(by),
    details: {
      kind: interview.kind,
      room: interview.room,
      planned_at: interview.planned.toISOString(),
      further: interview.previous.length > 0,
      previous: interview.previous.map((one) => one.exhibit),
      continues: interview.continues,
      ...(questions.length === 0 ? {} : { questions }),
      rules: interview.rules,
      missing: interview.missing.map(({ rule, need }) => ({ rule, need })),
    },
    subject: { type: 'exhibit', id: exhibit },
  });
  return id;
}

/** What was left open goes on once: where an earlier plan goes on from the same exhibit, it is there. */
function carriedTo(needs: CasesNeeds, id: string, exhibit: string): string[] {
  const [from] = new InterviewRows(needs.db).where('i.exhibit = @exhibit', { exhibit });
  return from?.goes_on_in === id ? needs.goesOn({ from: from.id, to: id }) : [];
}

/** When an interview of that length is planned to end. */
export function endOf(planned: Date, minutes: number): Date {
  return new Date(planned.getTime() + minutes * 60_000);
}

/** Writes the people of an interview that has none; one who had a code keeps it. */
export function insertParticipants(
  db: Database,
  interview: string,
  participants: readonly (NewParticipant & { readonly code?: string })[],
): void {
  const insert = db.prepare(
    `INSERT INTO participants (interview_id, code, capacity, place, identity, identity_commitment, position)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  participants.forEach(({ code, capacity, place, sealed, commitment }, position) => {
    insert.run(interview, code ?? newParticipantCode(db), capacity, place, sealed, commitment, position);
  });
}
