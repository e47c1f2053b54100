import type { Database } from 'better-sqlite3';
import type { Relation } from '../../shared/domain/roles.ts';
import type { Person } from './accountStore.ts';

/** What a person may be tied to. */
export type TiedTo = 'case' | 'child' | 'interview' | 'exhibit' | 'hearing';

/** The case of each thing; no row where there is no such thing. */
const caseOf: Readonly<Record<TiedTo, string>> = {
  case: 'SELECT id FROM cases WHERE id = ?',
  child: 'SELECT case_id FROM children WHERE id = ?',
  interview: 'SELECT case_id FROM interviews WHERE id = ?',
  exhibit: 'SELECT case_id FROM exhibits WHERE number = ?',
  hearing: 'SELECT case_id FROM hearings WHERE id = ?',
};

/** The exhibits of each thing, as a condition on `e`. A hearing's are those of its case: admission is per hearing. */
const exhibitsOf: Readonly<Record<TiedTo, string>> = {
  case: 'e.case_id = @id',
  child: 'e.interview_id IN (SELECT id FROM interviews WHERE child_id = @id)',
  interview: 'e.interview_id = @id',
  exhibit: 'e.number = @id',
  hearing: 'e.case_id = (SELECT case_id FROM hearings WHERE id = @id)',
};

/**
 * How a person is tied to a thing (PRODUCT, issue of the spine): through the case's people, the archive, or a hearing.
 * Null where the thing does not exist. The role table then says which of these relations an operation asks for.
 *
 * - assigned: named in the case; an operator: the equipment of an interview that is prepared, recorded or just ended.
 * - offered, handed-over: a clerk, through exhibits that were offered to the archive, or accepted or imported by it.
 * - admitted: a judge, through a hearing of their own in which the exhibit (or one of the case) was admitted.
 * - presiding: the judge of the hearing.
 */
export function relationsTo(db: Database, person: Person, to: TiedTo, id: string): ReadonlySet<Relation> | null {
  const caseId = db.prepare(caseOf[to]).pluck().get(id);
  if (typeof caseId !== 'string') return null;
  const held = new Set<Relation>();
  const has = (sql: string): boolean => db.prepare(sql).get({ id, caseId, account: person.id }) !== undefined;
  const exhibit = (condition: string) => `SELECT 1 FROM exhibits e WHERE ${exhibitsOf[to]} AND (${condition})`;
  switch (person.role) {
    case 'investigator':
      if (has('SELECT 1 FROM case_people WHERE case_id = @caseId AND account = @account')) held.add('assigned');
      break;
    case 'operator':
      if (to === 'interview' && has(AT_THE_DESK)) held.add('assigned');
      break;
    case 'clerk':
      if (has(exhibit("e.archive = 'offered'"))) held.add('offered');
      if (has(exhibit("e.archive = 'accepted' OR e.origin = 'imported'"))) held.add('handed-over');
      break;
    case 'judge':
      if (has(exhibit(ADMITTED))) held.add('admitted');
      if (to === 'hearing' && has('SELECT 1 FROM hearings WHERE id = @id AND judge = @account')) held.add('presiding');
      break;
    case 'auditor':
    case 'administrator':
      break;
  }
  return held;
}

const AT_THE_DESK = "SELECT 1 FROM interviews WHERE id = @id AND state IN ('ready', 'recording', 'ended')";
const ADMITTED = `e.number IN (
  SELECT he.exhibit FROM hearing_exhibits he JOIN hearings h ON h.id = he.hearing WHERE h.judge = @account)`;
