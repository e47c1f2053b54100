import type { z } from 'zod';
import type { Interview, InterviewKind } from '../../shared/contract/cases.ts';
import type {
  ChangeInput,
  Expected,
  ImportedOfCase,
  PerhapsSame,
  PlanFacts,
  RoomCalendar,
} from '../../shared/contract/planning.ts';
import { nearestFree } from '../../shared/domain/freeTimes.ts';
import { limitsFor } from '../../shared/domain/jurisdictionRules.ts';
import { roomCalendar } from './calendar.ts';
import { changePlan } from './changePlan.ts';
import { ChildStore } from './children.ts';
import { importedOfCase, linkImported } from './importedOfChild.ts';
import { InterviewRows } from './interviewRows.ts';
import type { Actor, CasesNeeds } from './needs.ts';
import { Planning } from './planning.ts';
import { expectedPeople, newlyMissing } from './presence.ts';
import { takenTimes } from './roomTimes.ts';
import { SameChild } from './sameChild.ts';
import { countUnsigned } from './unsignedChildren.ts';

export interface PlanningNeeds extends CasesNeeds {
  /** The interviews that a person may know of. */
  readonly visibleTo: (by: Actor) => readonly { readonly id: string }[];
}

/** What a plan needs beside the plan: the rules, the rooms' calendar, who the child perhaps is, and its change. */
export class PlanningService {
  readonly #needs: PlanningNeeds;
  readonly #rows: InterviewRows;
  readonly #children: ChildStore;
  readonly #same: SameChild;
  readonly #planning: Planning;

  constructor(needs: PlanningNeeds) {
    this.#needs = needs;
    this.#rows = new InterviewRows(needs.db);
    this.#children = new ChildStore(needs.db);
    this.#same = new SameChild(needs, this.#rows);
    this.#planning = new Planning(needs, { children: this.#children, rows: this.#rows, same: this.#same });
  }

  /** What the rules in force ask of such an interview. CHILD_UNKNOWN, STATION_KEYS_LOCKED. */
  async expected(input: {
    childId: string;
    kind: z.infer<typeof InterviewKind>;
    plannedAt: string;
  }): Promise<Expected> {
    const { rules } = this.#needs;
    const child = this.#children.get(input.childId);
    const ageYears = await this.#planning.ageAt(child, new Date(input.plannedAt));
    const profile = rules.inForce();
    const { minutesADay, minutesWithoutBreak } = limitsFor(profile, ageYears);
    return {
      rules: rules.namedAt(null),
      ageYears,
      kinds: profile.kinds.map(({ kind }) => kind),
      presence: expectedPeople(profile, { age: ageYears, kind: input.kind }),
      minutesADay,
      minutesWithoutBreak,
      uncompared: countUnsigned(this.#needs.db),
    };
  }

  /** What the plan of an interview says of the rules, and they of it now. INTERVIEW_UNKNOWN. */
  facts(id: string): PlanFacts {
    const { rules } = this.#needs;
    const row = this.#rows.get(id);
    const profile = rules.inForce();
    const capacities = this.#rows.participants(id).map(({ capacity }) => capacity);
    return {
      plannedUnder: row.rules,
      inForce: rules.namedAt(null),
      zone: profile.timeZone.zone,
      missing: row.missing,
      newlyMissing: newlyMissing(profile, { age: row.child_age, kind: row.kind }, capacities, row.missing),
      otherLead: row.other_lead,
    };
  }

  /** See `changePlan` for what is refused. */
  async change(input: z.infer<typeof ChangeInput>, by: Actor): Promise<Interview> {
    await changePlan({ needs: this.#needs, rows: this.#rows, planning: this.#planning }, input, by);
    return this.#rows.view(this.#rows.get(input.interview));
  }

  /** See `roomCalendar` for what is refused. */
  calendar(span: { from: string; until: string }, by: Actor): RoomCalendar {
    const visible = new Set(this.#needs.visibleTo(by).map(({ id }) => id));
    return roomCalendar(this.#needs, this.#rows, span, visible);
  }

  /** Instants near another at which a room is free. */
  freeTimes({ room, around, minutes }: { room: string; around: string; minutes: number }): string[] {
    const { db, clock, rules } = this.#needs;
    const now = clock.now();
    const wanted = { around: Date.parse(around), minutes, now: now.getTime(), zone: rules.inForce().timeZone.zone };
    return nearestFree(takenTimes(db, room, now), wanted).map((at) => new Date(at).toISOString());
  }

  /** CHILD_UNKNOWN. */
  perhaps(childId: string): PerhapsSame[] {
    this.#children.get(childId);
    return this.#same.perhaps(childId);
  }

  /** CHILD_UNKNOWN, CHILD_NOT_ALIKE. Gives what is still undecided. */
  decide(input: { childId: string; other: string; same: boolean }, by: Actor): PerhapsSame[] {
    this.#same.decide(input, by);
    return this.#same.perhaps(input.childId);
  }

  /** CHILD_UNKNOWN. */
  imported(childId: string): ImportedOfCase[] {
    return importedOfCase(this.#needs.db, childId);
  }

  /** CHILD_UNKNOWN, EXHIBIT_UNKNOWN. */
  link(input: { childId: string; exhibit: string; linked: boolean }, by: Actor): ImportedOfCase[] {
    linkImported(this.#needs, input, by);
    return importedOfCase(this.#needs.db, input.childId);
  }
}
