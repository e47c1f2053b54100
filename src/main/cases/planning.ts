import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import type { PlanInput } from '../../shared/contract/cases.ts';
import { ageOn, localDay } from '../../shared/domain/identity.ts';
import { Refusal } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import type { ChildRow, ChildStore } from './children.ts';
import { newParticipantCode } from './codes.ts';
import { nextExhibitNumber } from './exhibitNumbers.ts';
import type { InterviewRow, InterviewRows } from './interviewRows.ts';
import { type Actor, actorOf, type CasesNeeds } from './needs.ts';
import { openBirth, type SealedIdentity, sealIdentity } from './sealedIdentity.ts';

type Plan = z.infer<typeof PlanInput>;

const DAY_MS = 86_400_000;
const FARTHEST_DAYS = 2 * 366;
/** Within this time an interview that a crash cut off is gone on with, not held anew. */
const SAME_SITTING_MS = DAY_MS;

/** Plans interviews: the once-only guard, the room's calendar, the exhibit number. */
export class Planning {
  readonly #needs: CasesNeeds;
  readonly #children: ChildStore;
  readonly #rows: InterviewRows;

  constructor(needs: CasesNeeds, children: ChildStore, rows: InterviewRows) {
    this.#needs = needs;
    this.#children = children;
    this.#rows = rows;
  }

  /**
   * Interviews of the same child in any case, newest first: planned or held, on whatever case. One that was cancelled
   * or that the child refused was none.
   */
  earlier(childId: string): InterviewRow[] {
    return this.#children
      .sameAnywhere(childId)
      .flatMap((id) => this.#rows.where("i.child_id = @id AND i.state NOT IN ('cancelled', 'refused')", { id }))
      .sort((a, b) => (a.planned_at < b.planned_at ? 1 : -1));
  }

  /**
   * Plans an interview; gives its id. CHILD_UNKNOWN (also a child of another case), ROOM_UNKNOWN, ROOM_BUSY,
   * PLANNED_TIME_INVALID (more than a day ago, or two years ahead), FURTHER_INTERVIEW_NEEDS_REASON with the number of
   * earlier ones, STATION_KEYS_LOCKED.
   */
  async plan(input: Plan, by: Actor): Promise<string> {
    const { db, clock, facts, stationKeys } = this.#needs;
    const now = clock.now();
    const child = this.#children.get(input.childId);
    if (child.case_id !== input.caseId) throw new Refusal('CHILD_UNKNOWN');
    const planned = checkTime(input.plannedAt, now);
    // All refusals come before names are sealed; inside the transaction they are looked at once more.
    this.#check(input, child, planned);
    const birthDate = child.birth === null ? null : await openBirth(child.birth, stationKeys().identity);
    const age = ageOn(birthDate, localDay(planned)) ?? child.age_years;
    const names = await Promise.all(
      input.participants.map(({ name }) => sealIdentity({ name }, facts().vaultRecipient)),
    );
    return db
      .transaction(() => {
        const earlier = this.#check(input, child, planned);
        return this.#insert(input, { by, now, planned, age, names, earlier });
      })
      .immediate();
  }

  /** The earlier interviews that a further one answers to. */
  #check(input: Plan, child: ChildRow, planned: Date): InterviewRow[] {
    const { db, clock } = this.#needs;
    const name = db.prepare('SELECT name FROM rooms WHERE id = ? AND removed_at IS NULL').pluck().get(input.room);
    if (typeof name !== 'string') throw new Refusal('ROOM_UNKNOWN');
    const until = endOf(planned, input.plannedMinutes);
    const busy = busyIn(db, input.room, planned, until, clock.now());
    if (busy !== null) throw new Refusal('ROOM_BUSY', { room: name, exhibit: busy });
    const earlier = this.earlier(child.id);
    if (earlier.length > 0 && input.further === null) {
      throw new Refusal('FURTHER_INTERVIEW_NEEDS_REASON', { earlier: earlier.length });
    }
    return earlier;
  }

  #insert(
    input: Plan,
    made: {
      by: Actor;
      now: Date;
      planned: Date;
      age: number | null;
      names: readonly SealedIdentity[];
      earlier: readonly InterviewRow[];
    },
  ): string {
    const { db, facts, log } = this.#needs;
    const { by, now, planned, earlier } = made;
    const id = newId();
    const exhibit = nextExhibitNumber(db, facts().id, now);
    const reason = input.further?.reason.normalize('NFC') ?? '';
    const authority = input.further?.authority.normalize('NFC') ?? '';
    const previous = earlier.map((row) => ({ exhibit: row.exhibit, reason, authority }));
    const continues = cutOff(earlier, input.caseId, planned)?.exhibit ?? null;
    db.prepare(
      `INSERT INTO interviews (id, exhibit, case_id, child_id, kind, language, room_id, officer, planned_at,
         planned_until, planned_minutes, age_years, state, previous, continues, created_at)
       VALUES (@id, @exhibit, @caseId, @childId, @kind, @language, @room, @officer, @plannedAt,
         @until, @minutes, @age, 'planned', @previous, @continues, @now)`,
    ).run({
      id,
      exhibit,
      caseId: input.caseId,
      childId: input.childId,
      kind: input.kind,
      language: input.language,
      room: input.room,
      officer: by.id,
      plannedAt: planned.toISOString(),
      until: endOf(planned, input.plannedMinutes).toISOString(),
      minutes: input.plannedMinutes,
      age: made.age,
      previous: JSON.stringify(previous),
      continues,
      now: now.toISOString(),
    });
    db.prepare(
      `INSERT INTO exhibits (number, interview_id, case_id, state, origin, archive)
       VALUES (?, ?, ?, 'planned', 'here', 'with-officer')`,
    ).run(exhibit, id, input.caseId);
    this.#insertParticipants(id, input.participants, made.names);
    log().append({
      action: 'interview.planned',
      actor: actorOf(by),
      details: {
        kind: input.kind,
        room: input.room,
        planned_at: planned.toISOString(),
        further: earlier.length > 0,
        previous: earlier.map((row) => row.exhibit),
        continues,
      },
      subject: { type: 'exhibit', id: exhibit },
    });
    return id;
  }

  #insertParticipants(id: string, participants: Plan['participants'], names: readonly SealedIdentity[]): void {
    const { db } = this.#needs;
    const insert = db.prepare(
      `INSERT INTO participants (interview_id, code, capacity, place, identity, identity_commitment, position)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    participants.forEach(({ capacity, place }, position) => {
      const name = names[position];
      if (name === undefined) throw new RangeError('a participant without a sealed name');
      insert.run(id, newParticipantCode(db), capacity, place, name.sealed, name.commitment, position);
    });
  }
}

/** The interview of this child and case that a crash cut off shortly before: the new one goes on from it. */
function cutOff(earlier: readonly InterviewRow[], caseId: string, planned: Date): InterviewRow | undefined {
  return earlier.find((row) => {
    const since = row.started_at === null ? Number.NaN : planned.getTime() - Date.parse(row.started_at);
    return row.case_id === caseId && row.secured_at !== null && since >= 0 && since < SAME_SITTING_MS;
  });
}

function checkTime(plannedAt: string, now: Date): Date {
  const planned = new Date(plannedAt);
  const days = (planned.getTime() - now.getTime()) / DAY_MS;
  if (!(days >= -1 && days <= FARTHEST_DAYS)) throw new Refusal('PLANNED_TIME_INVALID');
  return planned;
}

function endOf(planned: Date, minutes: number): Date {
  return new Date(planned.getTime() + minutes * 60_000);
}

/** The exhibit of an interview that takes the room in that time. One that is being held takes it until now at least. */
function busyIn(db: Database, room: string, from: Date, until: Date, now: Date): string | null {
  const busy = db
    .prepare(
      `SELECT exhibit FROM interviews
       WHERE room_id = @room AND planned_at < @until AND (
         (state IN ('planned', 'ready', 'recording') AND planned_until > @from) OR
         (state = 'recording' AND @now > @from)
       ) ORDER BY planned_at`,
    )
    .pluck()
    .get({ room, from: from.toISOString(), until: until.toISOString(), now: now.toISOString() });
  return typeof busy === 'string' ? busy : null;
}
