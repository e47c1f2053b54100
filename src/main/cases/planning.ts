import { z } from 'zod';
import type { EarlierInterview, PlanInput } from '../../shared/contract/cases.ts';
import { ageOn } from '../../shared/domain/identity.ts';
import { holds } from '../../shared/domain/jurisdictionRules.ts';
import { wallTime } from '../../shared/domain/zoneTime.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ChildRow, ChildStore } from './children.ts';
import { isCutOff } from './goingOn.ts';
import { importedOfChild } from './importedOfChild.ts';
import { insertInterview } from './insertInterview.ts';
import { earlierView, type InterviewRow, type InterviewRows } from './interviewRows.ts';
import { leadMark, leadName } from './lead.ts';
import type { Actor, CasesNeeds } from './needs.ts';
import { absencesOf } from './presence.ts';
import { requireFree } from './roomTimes.ts';
import type { SameChild } from './sameChild.ts';
import { openBirth, sealIdentity } from './sealedIdentity.ts';

type Plan = z.infer<typeof PlanInput>;

const HOUR_MS = 3_600_000;
const FARTHEST_MS = 2 * 366 * 24 * HOUR_MS;

/** What was there of this child before: planned or held here, or brought in a bag. */
interface Before {
  readonly here: readonly InterviewRow[];
  readonly all: readonly z.infer<typeof EarlierInterview>[];
}

/** Plans interviews: the once-only guard, the people that the rules ask for, the room's calendar, the exhibit number. */
export class Planning {
  readonly #needs: CasesNeeds;
  readonly #children: ChildStore;
  readonly #rows: InterviewRows;
  readonly #same: SameChild;

  constructor(needs: CasesNeeds, parts: { children: ChildStore; rows: InterviewRows; same: SameChild }) {
    this.#needs = needs;
    this.#children = parts.children;
    this.#rows = parts.rows;
    this.#same = parts.same;
  }

  /**
   * Interviews of the same child in any case, newest first: planned or held, on whatever case, or linked from a bag. One
   * that was cancelled or that the child refused was none.
   */
  earlier(childId: string): z.infer<typeof EarlierInterview>[] {
    return [...this.#before(childId).all];
  }

  /** Those of them that were planned or held here. */
  earlierHere(childId: string): readonly InterviewRow[] {
    return this.#before(childId).here;
  }

  /** Whole years on the day of an instant, by the zone of the rules. STATION_KEYS_LOCKED. */
  async ageAt(child: ChildRow, at: Date): Promise<number | null> {
    const { stationKeys, rules } = this.#needs;
    const birthDate = child.birth === null ? null : await openBirth(child.birth, stationKeys().identity);
    return ageOn(birthDate, wallTime(at, rules.inForce().timeZone.zone).date) ?? child.age_years;
  }

  /**
   * Plans an interview; gives its id. CHILD_UNKNOWN (also a child of another case), ROOM_UNKNOWN, ROOM_BUSY,
   * INTERVIEW_KIND_NOT_HELD, PLANNED_TIME_INVALID (more than an hour ago, or two years ahead),
   * CHILD_PERHAPS_KNOWN while it is undecided whether another record is of this child,
   * FURTHER_INTERVIEW_NEEDS_REASON with the number of earlier ones, OTHER_LEAD_NEEDS_REASON,
   * PRESENCE_NEEDS_REASON, STATION_KEYS_LOCKED.
   */
  async plan(input: Plan, by: Actor): Promise<string> {
    const { db, clock, facts, rules } = this.#needs;
    if (!holds(rules.inForce(), input.kind)) throw new Refusal('INTERVIEW_KIND_NOT_HELD');
    const child = this.#children.get(input.childId);
    if (child.case_id !== input.caseId) throw new Refusal('CHILD_UNKNOWN');
    const planned = plannedTime(input.plannedAt, clock.now());
    // All refusals come before names are sealed; inside the transaction they are looked at once more.
    this.#check(input, child, planned, by);
    const age = await this.ageAt(child, planned);
    const capacities = input.participants.map(({ capacity }) => capacity);
    const missing = absencesOf(rules.inForce(), { age, kind: input.kind }, capacities, input.missing ?? []);
    const participants = await Promise.all(
      input.participants.map(async ({ capacity, place, name }) => ({
        ...{ capacity, place },
        ...(await sealIdentity({ name }, facts().vaultRecipient)),
      })),
    );
    return db
      .transaction(() => {
        const { before, lead } = this.#check(input, child, planned, by);
        const { caseId, childId, kind, language, room, plannedMinutes: minutes, further } = input;
        const reason = further?.reason.normalize('NFC') ?? '';
        const authority = further?.authority.normalize('NFC') ?? '';
        return insertInterview(
          this.#needs,
          {
            ...{ caseId, childId, kind, language, room, planned, minutes, age, participants, missing, lead },
            rules: rules.namedAt(null),
            otherLead: further?.otherLead?.normalize('NFC') ?? null,
            previous: before.all.map(({ exhibit }) => ({ exhibit, reason, authority })),
            continues: before.here.find((row) => row.case_id === caseId && isCutOff(row, planned))?.exhibit ?? null,
          },
          by,
        );
      })
      .immediate();
  }

  /** What stands in the way, and if nothing does: what came before, and who leads. */
  #check(input: Plan, child: ChildRow, planned: Date, by: Actor): { before: Before; lead: string } {
    const { db, clock, stationKeys } = this.#needs;
    requireFree(db, { room: input.room, planned, minutes: input.plannedMinutes, except: null }, clock.now());
    const undecided = this.#same.perhaps(child.id).length;
    if (undecided > 0) throw new Refusal('CHILD_PERHAPS_KNOWN', { count: undecided });
    const before = this.#before(child.id);
    const earlier = before.all.length;
    if (earlier > 0 && input.further === null) throw new Refusal('FURTHER_INTERVIEW_NEEDS_REASON', { earlier });
    const lead = leadMark(leadName(input.participants, nameOf(this.#needs, by.id)), stationKeys().indexKey);
    const last = before.here.find((row) => row.lead !== null)?.lead ?? null;
    if (last !== null && last !== lead && input.further?.otherLead === undefined) {
      throw new Refusal('OTHER_LEAD_NEEDS_REASON');
    }
    return { before, lead };
  }

  #before(childId: string): Before {
    const ids = this.#same.sameAs(childId);
    const here = ids
      .flatMap((id) => this.#rows.where("i.child_id = @id AND i.state NOT IN ('cancelled', 'refused')", { id }))
      .sort((a, b) => (a.planned_at < b.planned_at ? 1 : -1));
    const brought = ids.flatMap((id) => importedOfChild(this.#needs.db, id));
    const all = [...here.map(earlierView), ...brought].sort((a, b) => (a.plannedAt < b.plannedAt ? 1 : -1));
    return { here, all };
  }
}

/** PLANNED_TIME_INVALID. What should have begun within the last hour may still be written down. */
export function plannedTime(plannedAt: string, now: Date): Date {
  const planned = new Date(plannedAt);
  const ahead = planned.getTime() - now.getTime();
  if (!(ahead >= -HOUR_MS && ahead <= FARTHEST_MS)) throw new Refusal('PLANNED_TIME_INVALID');
  return planned;
}

/** An account's name. */
export function nameOf({ db }: CasesNeeds, account: string): string {
  return z.string().parse(db.prepare('SELECT name FROM accounts WHERE id = ?').pluck().get(account));
}
