import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type EarlierInterview, InterviewKind } from '../../shared/contract/cases.ts';
import type { ImportedOfCase } from '../../shared/contract/planning.ts';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import { blob } from '../database/index.ts';
import { ChildStore } from './children.ts';
import { type Actor, actorOf, type CasesNeeds } from './needs.ts';

const Row = z.strictObject({
  number: z.string(),
  case_number: z.string(),
  record: blob,
  child_id: z.string().nullable(),
});

const { child, interview, signers } = EvidenceRecord.shape;
/** What is read of a signed record here. */
const OfRecord = z.object({ child, interview, signers });

function rowsWhere(db: Database, condition: string, id: string) {
  const rows = db
    .prepare(
      `SELECT e.number, c.number AS case_number, e.record, l.child_id
       FROM exhibits e JOIN cases c ON c.id = e.case_id LEFT JOIN child_imports l ON l.exhibit = e.number
       WHERE e.origin = 'imported' AND e.record IS NOT NULL AND ${condition} ORDER BY e.number`,
    )
    .all({ id });
  return z
    .array(Row)
    .parse(rows)
    .map(({ record, ...row }) => ({
      ...row,
      record: OfRecord.parse(JSON.parse(Buffer.from(record).toString('utf8'))),
    }));
}

const kindOf = (record: z.infer<typeof OfRecord>) => InterviewKind.catch('investigation').parse(record.interview.kind);

/** Recordings that came in bags under the number of a child's case, and which of them are said to be of this child. */
export function importedOfCase(db: Database, childId: string): ImportedOfCase[] {
  const { case_id } = new ChildStore(db).get(childId);
  return rowsWhere(db, 'e.case_id = @id', case_id).map(({ number, record, child_id }) => ({
    exhibit: number,
    childCode: record.child.code,
    ageYears: record.child.age_years,
    kind: kindOf(record),
    startedAt: record.interview.started_at,
    linked: child_id === childId,
  }));
}

/** Those of a child, as earlier interviews. Who held them is known by code alone: their people are of another station. */
export function importedOfChild(db: Database, childId: string): z.infer<typeof EarlierInterview>[] {
  return rowsWhere(db, 'l.child_id = @id', childId).map(({ number, case_number, record }) => ({
    exhibit: number,
    caseNumber: case_number,
    kind: kindOf(record),
    state: 'sealed',
    plannedAt: record.interview.started_at,
    officer: record.signers.find(({ role }) => role === 'officer')?.code ?? record.interview.station,
  }));
}

/** An officer says that an imported recording is of this child, or is not after all. CHILD_UNKNOWN, EXHIBIT_UNKNOWN. */
export function linkImported(
  { db, clock, log }: CasesNeeds,
  input: { childId: string; exhibit: string; linked: boolean },
  by: Actor,
): void {
  db.transaction(() => {
    const { childId, exhibit, linked } = input;
    const child = new ChildStore(db).get(childId);
    const found = importedOfCase(db, childId).find((one) => one.exhibit === exhibit);
    if (found === undefined) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit });
    if (found.linked === linked) return;
    if (linked) {
      db.prepare(
        `INSERT INTO child_imports (exhibit, child_id, linked_by, linked_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (exhibit) DO UPDATE SET child_id = excluded.child_id, linked_by = excluded.linked_by,
           linked_at = excluded.linked_at`,
      ).run(exhibit, childId, by.id, clock.now().toISOString());
    } else db.prepare('DELETE FROM child_imports WHERE exhibit = ? AND child_id = ?').run(exhibit, childId);
    log().append({
      action: linked ? 'child.linked' : 'child.unlinked',
      actor: actorOf(by),
      details: { child: child.code },
      subject: { type: 'exhibit', id: exhibit },
    });
  }).immediate();
}
