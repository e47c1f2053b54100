import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Exhibit, Receipt } from '../../shared/contract/exhibits.ts';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';

const Row = z.object({
  number: z.string(),
  case_id: z.string(),
  case_number: z.string(),
  court: z.string(),
  origin: z.enum(['here', 'imported']),
  state: z.enum(['planned', 'recording', 'ended', 'secured', 'sealed']),
  archive: Exhibit.shape.archive,
  record: z.instanceof(Uint8Array).nullable(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  sealed_at: z.string().nullable(),
  receipt: z.string().nullable(),
  child_code: z.string().nullable(),
  kind: z.string().nullable(),
  language: z.string().nullable(),
  result: z.string().nullable(),
});

const SELECT = `
  SELECT e.number, e.case_id, c.number AS case_number, c.court, e.origin, e.state, e.archive, e.record, e.started_at,
         e.ended_at, e.sealed_at, e.receipt, k.code AS child_code, i.kind, i.language, e.result
  FROM exhibits e JOIN cases c ON c.id = e.case_id
  LEFT JOIN interviews i ON i.id = e.interview_id LEFT JOIN children k ON k.id = i.child_id`;

/** Exhibits as screens see them. Those whose recording has not begun are not exhibits to anybody yet. */
export class Exhibits {
  readonly #db: Database;
  readonly #copiesOf: (exhibit: string) => Exhibit['copies'];

  /** `copiesOf` = how many whole copies of an exhibit were seen, and on how many disks; null where nobody looked. */
  constructor(db: Database, copiesOf: (exhibit: string) => Exhibit['copies'] = () => null) {
    this.#db = db;
    this.#copiesOf = copiesOf;
  }

  /** @throws Refusal EXHIBIT_UNKNOWN */
  get(number: string): Exhibit {
    const [exhibit] = this.#select("WHERE e.number = ? AND e.state <> 'planned'", number);
    if (exhibit === undefined) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit: number });
    return exhibit;
  }

  /** Of the cases that an investigator is assigned to. */
  ofInvestigator(account: string): Exhibit[] {
    return this.#select(
      `WHERE e.state <> 'planned' AND e.case_id IN (SELECT case_id FROM case_people WHERE account = ?) ORDER BY e.started_at DESC`,
      account,
    );
  }

  /** What was offered to or accepted by the archive. */
  ofArchive(): Exhibit[] {
    return this.#select("WHERE e.archive <> 'with-officer' ORDER BY e.sealed_at DESC");
  }

  /** Admitted to the hearings of a judge. */
  ofJudge(account: string): Exhibit[] {
    return this.#select(
      `WHERE e.number IN (SELECT x.exhibit FROM hearing_exhibits x JOIN hearings h ON h.id = x.hearing WHERE h.judge = ?)
       ORDER BY e.sealed_at DESC`,
      account,
    );
  }

  #select(where: string, ...parameters: string[]): Exhibit[] {
    return z
      .array(Row)
      .parse(this.#db.prepare(`${SELECT} ${where}`).all(...parameters))
      .map((row) => view(row, this.#copiesOf(row.number)));
  }
}

function view(row: z.infer<typeof Row>, copies: Exhibit['copies']): Exhibit {
  const record =
    row.record === null ? null : EvidenceRecord.parse(JSON.parse(Buffer.from(row.record).toString('utf8')));
  if (row.state === 'planned') throw new Refusal('EXHIBIT_UNKNOWN', { exhibit: row.number });
  return Exhibit.parse({
    number: row.number,
    caseId: row.case_id,
    caseNumber: row.case_number,
    court: record?.case.court ?? row.court,
    childCode: record?.child.code ?? row.child_code ?? '',
    kind: record?.interview.kind ?? row.kind ?? 'investigation',
    language: record?.interview.language ?? row.language ?? 'kk',
    state: row.state,
    origin: row.origin,
    startedAt: row.started_at,
    sealedAt: row.sealed_at,
    durationMs:
      row.started_at === null || row.ended_at === null ? null : Date.parse(row.ended_at) - Date.parse(row.started_at),
    simulated: record?.tracks.some((track) => track.source.simulated) ?? false,
    recovered: record === null ? row.state === 'secured' : record.recovered !== null,
    archive: row.archive,
    copies: row.state === 'sealed' ? copies : null,
    receipt: row.receipt === null ? null : Receipt.parse(JSON.parse(row.receipt)),
  });
}
