import { z } from 'zod';
import { Capacity } from '../../shared/contract/cases.ts';
import type { ChangeInput, Missing } from '../../shared/contract/planning.ts';
import { Refusal } from '../../shared/errors.ts';
import { blob } from '../database/index.ts';
import { ChildStore } from './children.ts';
import { endOf, insertParticipants, type NewParticipant } from './insertInterview.ts';
import type { InterviewRow, InterviewRows } from './interviewRows.ts';
import { leadMark } from './lead.ts';
import { type Actor, actorOf, type CasesNeeds } from './needs.ts';
import { nameOf, type Planning, plannedTime } from './planning.ts';
import { absencesOf } from './presence.ts';
import { requireFree } from './roomTimes.ts';
import { sealIdentity } from './sealedIdentity.ts';

type Change = z.infer<typeof ChangeInput>;

const Kept = z.strictObject({
  code: z.string(),
  capacity: Capacity,
  sealed: blob.transform((bytes) => Buffer.from(bytes)),
  commitment: z.string(),
});
type Person = NewParticipant & { readonly code?: string };

/**
 * Changes room, time and people of an interview that has not begun; when its room is prepared already, its people alone.
 * INTERVIEW_UNKNOWN, INTERVIEW_WRONG_STATE, PARTICIPANT_UNKNOWN (a code that is not of this interview), and of
 * `Planning.plan` ROOM_UNKNOWN, ROOM_BUSY, PLANNED_TIME_INVALID, PRESENCE_NEEDS_REASON, STATION_KEYS_LOCKED.
 */
export async function changePlan(
  parts: { needs: CasesNeeds; rows: InterviewRows; planning: Planning },
  input: Change,
  by: Actor,
): Promise<void> {
  const { needs, rows, planning } = parts;
  const { db, clock, rules, stationKeys } = needs;
  const row = rows.get(input.interview);
  const moved = isMoved(row, input);
  const planned = moved ? plannedTime(input.plannedAt, clock.now()) : new Date(row.planned_at);
  requireChangeable(row, moved);
  const child = new ChildStore(db).get(row.child_id);
  const age = await planning.ageAt(child, planned);
  const people = await peopleOf(needs, input);
  const capacities = people.map(({ capacity }) => capacity);
  const missing = absencesOf(rules.inForce(), { age, kind: row.kind }, capacities, input.missing);
  const lead = leadAfter(needs, row, input, stationKeys().indexKey);
  db.transaction(() => {
    // Another screen may have gone on meanwhile.
    requireChangeable(rows.get(row.id), moved);
    const { room, plannedMinutes: minutes } = input;
    if (moved) requireFree(db, { room, planned, minutes, except: row.id }, clock.now());
    db.prepare(
      `UPDATE interviews SET room_id = @room, planned_at = @at, planned_until = @until, planned_minutes = @minutes,
         age_years = @age, rules = @rules, missing = @missing, lead = @lead WHERE id = @id`,
    ).run({
      ...{ id: row.id, room, minutes, age, lead },
      at: planned.toISOString(),
      until: endOf(planned, minutes).toISOString(),
      rules: JSON.stringify(rules.namedAt(null)),
      missing: JSON.stringify(missing),
    });
    const before = rows.participants(row.id).map(({ code }) => code);
    db.prepare('DELETE FROM participants WHERE interview_id = ?').run(row.id);
    insertParticipants(db, row.id, people);
    logChange(
      needs,
      { row, input, planned, missing, before, after: rows.participants(row.id).map(({ code }) => code) },
      by,
    );
  }).immediate();
}

function isMoved(row: InterviewRow, input: Change): boolean {
  const same = row.room_id === input.room && Date.parse(row.planned_at) === Date.parse(input.plannedAt);
  return !same || row.planned_minutes !== input.plannedMinutes;
}

function requireChangeable({ state }: InterviewRow, moved: boolean): void {
  if (state === 'planned' || (state === 'ready' && !moved)) return;
  throw new Refusal('INTERVIEW_WRONG_STATE', { state, act: 'change' });
}

/** Those who stay with their sealed names and codes, those who are new sealed now. */
async function peopleOf({ db, facts }: CasesNeeds, { interview, participants }: Change): Promise<Person[]> {
  const kept = z.array(Kept).parse(
    db
      .prepare(
        `SELECT code, capacity, identity AS sealed, identity_commitment AS commitment FROM participants
         WHERE interview_id = ?`,
      )
      .all(interview),
  );
  const left = new Map(kept.map((one) => [one.code, one]));
  return await Promise.all(
    participants.map(async (one) => {
      if ('code' in one) {
        const known = left.get(one.code);
        left.delete(one.code);
        if (known === undefined) throw new Refusal('PARTICIPANT_UNKNOWN');
        return { ...known, place: one.place };
      }
      const { capacity, place, name } = one;
      return { capacity, place, ...(await sealIdentity({ name }, facts().vaultRecipient)) };
    }),
  );
}

/** Who leads it now: a new interviewer, one who stays, or else the officer. */
function leadAfter(
  needs: CasesNeeds,
  row: InterviewRow,
  { interview, participants }: Change,
  key: Uint8Array,
): string | null {
  const added = participants.find((one) => 'name' in one && one.capacity === 'interviewer');
  if (added !== undefined && 'name' in added) return leadMark(added.name, key);
  const codes = participants.flatMap((one) => ('code' in one ? [one.code] : []));
  const stays = needs.db
    .prepare(
      `SELECT 1 FROM participants WHERE interview_id = ? AND capacity = 'interviewer'
       AND code IN (SELECT value FROM json_each(?))`,
    )
    .get(interview, JSON.stringify(codes));
  return stays === undefined ? leadMark(nameOf(needs, row.officer), key) : row.lead;
}

interface Logged {
  readonly row: InterviewRow;
  readonly input: Change;
  readonly planned: Date;
  readonly missing: readonly Missing[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function logChange(
  { log, rules }: CasesNeeds,
  { row, input, planned, missing, before, after }: Logged,
  by: Actor,
): void {
  log().append({
    action: 'interview.changed',
    actor: actorOf(by),
    details: {
      room: input.room,
      planned_at: planned.toISOString(),
      minutes: input.plannedMinutes,
      added: after.filter((code) => !before.includes(code)),
      removed: before.filter((code) => !after.includes(code)),
      rules: rules.namedAt(null),
      missing: missing.map(({ rule, need }) => ({ rule, need })),
    },
    subject: { type: 'exhibit', id: row.exhibit },
  });
}
