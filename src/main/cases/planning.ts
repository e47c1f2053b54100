import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import type { PlanInput } from '../../shared/contract/cases.ts';
import { ageOn, localDay } from '../../shared/domain/identity.ts';
import { holds } from '../../shared/domain/jurisdictionRules.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ChildRow, ChildStore } from './children.ts';
import { isCutOff } from './goingOn.ts';
import { endOf, insertInterview } from './insertInterview.ts';
import type { InterviewRow, InterviewRows } from './interviewRows.ts';
import type { Actor, CasesNeeds } from './needs.ts';
import { openBirth, type SealedIdentity, sealIdentity } from './sealedIdentity.ts';

type Plan = z.infer<typeof PlanInput>;

const DAY_MS = 86_400_000;
const FARTHEST_DAYS = 2 * 366;

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
   * INTERVIEW_KIND_NOT_HELD, PLANNED_TIME_INVALID (more than a day ago, or two years ahead),
   * FURTHER_INTERVIEW_NEEDS_REASON with the number of earlier ones, STATION_KEYS_LOCKED.
   */
  async plan(input: Plan, by: Actor): Promise<string> {
    const { db, clock, facts, stationKeys, rules } = this.#needs;
    const now = clock.now();
    if (!holds(rules.inForce(), input.kind)) throw new Refusal('INTERVIEW_KIND_NOT_HELD');
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
        return this.#insert(input, { by, planned, age, names, earlier });
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
      planned: Date;
      age: number | null;
      names: readonly SealedIdentity[];
      earlier: readonly InterviewRow[];
    },
  ): string {
    const { by, planned, earlier, names } = made;
    const reason = input.further?.reason.normalize('NFC') ?? '';
    const authority = input.further?.authority.normalize('NFC') ?? '';
    const participants = input.participants.map(({ capacity, place }, position) => {
      const name = names[position];
      if (name === undefined) throw new RangeError('a participant without a sealed name');
      return { capacity, place, ...name };
    });
    return insertInterview(
      this.#needs,
      {
        ...{ caseId: input.caseId, childId: input.childId, kind: input.kind, language: input.language },
        ...{ room: input.room, planned, minutes: input.plannedMinutes, age: made.age, participants },
        previous: earlier.map((row) => ({ exhibit: row.exhibit, reason, authority })),
        continues: cutOff(earlier, input.caseId, planned)?.exhibit ?? null,
      },
      by,
    );
  }
}

/** The interview of this child and case that a fault cut off shortly before: the new one goes on from it. */
function cutOff(earlier: readonly InterviewRow[], caseId: string, planned: Date): InterviewRow | undefined {
  return earlier.find((row) => row.case_id === caseId && isCutOff(row, planned));
}

function checkTime(plannedAt: string, now: Date): Date {
  const planned = new Date(plannedAt);
  const days = (planned.getTime() - now.getTime()) / DAY_MS;
  if (!(days >= -1 && days <= FARTHEST_DAYS)) throw new Refusal('PLANNED_TIME_INVALID');
  return planned;
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
