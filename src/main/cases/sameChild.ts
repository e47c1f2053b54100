import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { PerhapsSame } from '../../shared/contract/planning.ts';
import { Refusal } from '../../shared/errors.ts';
import { ChildStore, childView } from './children.ts';
import { earlierView, type InterviewRows } from './interviewRows.ts';
import { type Actor, actorOf, type CasesNeeds } from './needs.ts';

const MarkRow = z.strictObject({
  child_id: z.string(),
  kind: z.enum(['iin', 'name', 'alike', 'undated']),
  mark: z.string(),
});
const Decision = z.strictObject({ other: z.string(), same: z.int() });
type Marks = ReadonlyMap<string, string>;

/** How two records stand to one another. */
type Standing = 'same' | 'perhaps' | 'different';

/**
 * The same child in several cases. Surely the same: one IIN, or one name as typed and one birth date where an IIN is
 * lacking. Perhaps: a name that is one in every spelling, with no birth date or IIN against it; an officer decides that,
 * and it stays decided until decided anew. Everything is compared as HMACs under the station's index key.
 */
export class SameChild {
  readonly #needs: CasesNeeds;
  readonly #rows: InterviewRows;

  constructor(needs: CasesNeeds, rows: InterviewRows) {
    this.#needs = needs;
    this.#rows = rows;
  }

  /** Ids of this child in every case, its own first; what follows from two that are the same follows on. */
  sameAs(childId: string): string[] {
    const { db } = this.#needs;
    const found = [childId];
    for (const id of found) {
      const decided = decisionsOf(db, id);
      const own = marksOf(db, id);
      for (const other of new Set([...alike(db, id), ...decided.keys()])) {
        if (!found.includes(other) && standing(own, marksOf(db, other), decided.get(other)) === 'same')
          found.push(other);
      }
    }
    return found;
  }

  /** Children that are perhaps this one, were to be interviewed or were, and about whom nobody has decided. */
  perhaps(childId: string): PerhapsSame[] {
    const { db } = this.#needs;
    const children = new ChildStore(db);
    const same = this.sameAs(childId);
    const found = same.flatMap((id) => {
      const own = marksOf(db, id);
      const decided = decisionsOf(db, id);
      return alike(db, id).filter((other) => standing(own, marksOf(db, other), decided.get(other)) === 'perhaps');
    });
    return [...new Set(found)]
      .filter((id) => !same.includes(id))
      .flatMap((id) => {
        const interviews = this.#rows.where("i.child_id = @id AND i.state NOT IN ('cancelled', 'refused')", { id });
        if (interviews.length === 0) return [];
        const row = children.get(id);
        const number = z.string().parse(db.prepare('SELECT number FROM cases WHERE id = ?').pluck().get(row.case_id));
        return [{ child: childView(row), caseNumber: number, interviews: interviews.map(earlierView) }];
      });
  }

  /**
   * An officer says whether two records are of one child. CHILD_UNKNOWN; CHILD_NOT_ALIKE where the two do not look alike
   * or an IIN has decided.
   */
  decide(input: { childId: string; other: string; same: boolean }, by: Actor): void {
    const { db, log, clock } = this.#needs;
    const children = new ChildStore(db);
    db.transaction(() => {
      const [child, other] = [children.get(input.childId), children.get(input.other)];
      // What was found for this child may look like another record of it rather than like this one.
      const near = this.sameAs(child.id).find((id) => id !== other.id && alike(db, id).includes(other.id));
      if (near === undefined || iinsDecide(marksOf(db, near), marksOf(db, other.id)))
        throw new Refusal('CHILD_NOT_ALIKE');
      const [one, two] = [near, other.id].toSorted();
      db.prepare(
        `INSERT INTO child_likeness (one, other, same, decided_by, decided_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (one, other) DO UPDATE SET same = excluded.same, decided_by = excluded.decided_by,
           decided_at = excluded.decided_at`,
      ).run(one, two, input.same ? 1 : 0, by.id, clock.now().toISOString());
      log().append({
        action: input.same ? 'child.matched' : 'child.told-apart',
        actor: actorOf(by),
        details: { child: child.code, other: other.code },
        subject: { type: 'case', id: child.case_id },
      });
    }).immediate();
  }
}

/** Ids whose record shares a sign with this one's, by name or number. */
function alike(db: Database, childId: string): string[] {
  const found = db
    .prepare(
      `SELECT DISTINCT other.child_id FROM child_marks own JOIN child_marks other USING (kind, mark) WHERE own.child_id = @id
       UNION
       SELECT DISTINCT other.child_id FROM child_signs own JOIN child_signs other USING (kind, mark)
       WHERE own.child_id = @id AND own.kind IN ('alike', 'undated')`,
    )
    .pluck()
    .all({ id: childId });
  return z
    .array(z.string())
    .parse(found)
    .filter((id) => id !== childId);
}

function marksOf(db: Database, childId: string): Marks {
  const rows = db
    .prepare(
      `SELECT child_id, kind, mark FROM child_marks WHERE child_id = @id
       UNION ALL SELECT child_id, kind, mark FROM child_signs WHERE child_id = @id AND kind IN ('alike', 'undated')`,
    )
    .all({ id: childId });
  return new Map(
    z
      .array(MarkRow)
      .parse(rows)
      .map(({ kind, mark }) => [kind, mark]),
  );
}

function decisionsOf(db: Database, childId: string): ReadonlyMap<string, boolean> {
  const rows = db
    .prepare(
      `SELECT other, same FROM child_likeness WHERE one = @id UNION ALL SELECT one, same FROM child_likeness WHERE other = @id`,
    )
    .all({ id: childId });
  return new Map(
    z
      .array(Decision)
      .parse(rows)
      .map(({ other, same }) => [other, same === 1]),
  );
}

function iinsDecide(a: Marks, b: Marks): boolean {
  return a.get('iin') !== undefined && b.get('iin') !== undefined;
}

function standing(a: Marks, b: Marks, decided: boolean | undefined): Standing {
  if (iinsDecide(a, b)) return a.get('iin') === b.get('iin') ? 'same' : 'different';
  if (decided !== undefined) return decided ? 'same' : 'different';
  const bothDated = a.has('alike') && b.has('alike');
  const is = (kind: string) => a.get(kind) !== undefined && a.get(kind) === b.get(kind);
  // A name without a birth date on either side is a name alone: many children may have it.
  if (bothDated) return is('name') ? 'same' : is('alike') ? 'perhaps' : 'different';
  // Records from before likenesses were kept have only the name as it was typed.
  if (a.get('undated') === undefined || b.get('undated') === undefined) return is('name') ? 'same' : 'different';
  return is('undated') ? 'perhaps' : 'different';
}
