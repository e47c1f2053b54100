import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type Child, ChildStatus } from '../../shared/contract/cases.ts';
import { Refusal } from '../../shared/errors.ts';
import { blob } from '../database/index.ts';

const ChildRow = z.strictObject({
  id: z.string(),
  case_id: z.string(),
  code: z.string(),
  status: ChildStatus,
  age_years: z.int().nullable(),
  identity: blob,
  identity_commitment: z.string(),
  birth: blob.nullable(),
  added_at: z.string(),
});
export type ChildRow = z.infer<typeof ChildRow>;

/** A child as screens see it: by code. */
export function childView(row: ChildRow): Child {
  return { id: row.id, code: row.code, status: row.status, ageYears: row.age_years };
}

/** Rows of `children` and their marks. */
export class ChildStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** CHILD_UNKNOWN. */
  get(id: string): ChildRow {
    const row = this.#db.prepare('SELECT * FROM children WHERE id = ?').get(id);
    if (row === undefined) throw new Refusal('CHILD_UNKNOWN');
    return ChildRow.parse(row);
  }

  ofCase(caseId: string): ChildRow[] {
    const rows = this.#db.prepare('SELECT * FROM children WHERE case_id = ? ORDER BY added_at, rowid').all(caseId);
    return z.array(ChildRow).parse(rows);
  }

  insert(row: ChildRow, marks: readonly { kind: string; mark: string }[]): void {
    this.#db
      .prepare(
        `INSERT INTO children (id, case_id, code, status, age_years, identity, identity_commitment, birth, added_at)
         VALUES (@id, @case_id, @code, @status, @age_years, @identity, @identity_commitment, @birth, @added_at)`,
      )
      .run(row);
    const add = this.#db.prepare('INSERT INTO child_marks (child_id, kind, mark) VALUES (?, ?, ?)');
    for (const { kind, mark } of marks) add.run(row.id, kind, mark);
  }

  /** The same child in this case already, by its marks; null where it is new. In other cases: `SameChild`. */
  sameInCase(caseId: string, marks: readonly { kind: string; mark: string }[]): ChildRow | null {
    const same = this.ofCase(caseId).find((child) => isSame(this.#marksOf(child.id), marks));
    return same ?? null;
  }

  #marksOf(childId: string): { kind: string; mark: string }[] {
    const rows = this.#db.prepare('SELECT kind, mark FROM child_marks WHERE child_id = ?').all(childId);
    return z.array(z.strictObject({ kind: z.string(), mark: z.string() })).parse(rows);
  }
}

/** The number decides where both records have one; else name and birth date. */
function isSame(a: readonly { kind: string; mark: string }[], b: readonly { kind: string; mark: string }[]): boolean {
  const of = (marks: typeof a, kind: string) => marks.find((mark) => mark.kind === kind)?.mark;
  const [iinA, iinB] = [of(a, 'iin'), of(b, 'iin')];
  if (iinA !== undefined && iinB !== undefined) return iinA === iinB;
  return of(a, 'name') === of(b, 'name');
}
