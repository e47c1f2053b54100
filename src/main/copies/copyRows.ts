import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceCopy } from '../../shared/evidence/copy.ts';

const Row = z.object({
  exhibit: z.string(),
  n: z.number().int(),
  id: z.string(),
  made_by: z.string(),
  statement: z.instanceof(Uint8Array),
  statement_sha256: z.string(),
  folders: z.string(),
  took_ms: z.number().int(),
});

/** A copy that was made and is there. `folders` are the exhibit's folders in which it stands whole. */
export interface MadeCopy {
  readonly exhibit: string;
  readonly n: number;
  readonly id: string;
  readonly madeBy: string;
  readonly bytes: Uint8Array;
  readonly statement: EvidenceCopy;
  readonly folders: readonly string[];
  readonly tookMs: number;
}

const SELECT =
  'SELECT exhibit, n, id, made_by, statement, statement_sha256, folders, took_ms FROM derived_copies WHERE state = ';

/** The rows of `derived_copies`. Callers put the custody event of a change into the same transaction. */
export class CopyRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Takes the exhibit's next number; its id names the copy's folder. */
  begin(exhibit: string, madeBy: string, at: string): { n: number; id: string } {
    const last = this.#db.prepare('SELECT max(n) FROM derived_copies WHERE exhibit = ?').pluck().get(exhibit);
    const n =
      z
        .number()
        .int()
        .nullable()
        .parse(last ?? null) ?? 0;
    const id = `copy-${n + 1}`;
    this.#db
      .prepare("INSERT INTO derived_copies (exhibit, n, id, state, begun_at, made_by) VALUES (?, ?, ?, 'making', ?, ?)")
      .run(exhibit, n + 1, id, at, madeBy);
    return { n: n + 1, id };
  }

  made(exhibit: string, id: string, statement: Uint8Array, folders: readonly string[], tookMs: number): void {
    const sha256 = createHash('sha256').update(statement).digest('hex');
    this.#db
      .prepare(
        `UPDATE derived_copies SET state = 'made', statement = ?, statement_sha256 = ?, folders = ?, took_ms = ?
         WHERE exhibit = ? AND id = ? AND state = 'making'`,
      )
      .run(Buffer.from(statement), sha256, JSON.stringify(folders), tookMs, exhibit, id);
  }

  /** Keeps a copy that came with an imported exhibit. What it took to make is not known here. */
  adopt(exhibit: string, n: number, statement: Uint8Array, folders: readonly string[]): void {
    const { id, made_by, made_at } = statementOf(statement);
    this.#db
      .prepare("INSERT INTO derived_copies (exhibit, n, id, state, begun_at, made_by) VALUES (?, ?, ?, 'making', ?, ?)")
      .run(exhibit, n, id, made_at, made_by);
    this.made(exhibit, id, statement, folders, 0);
  }

  ended(exhibit: string, id: string, state: 'failed' | 'deleted'): void {
    this.#db.prepare('UPDATE derived_copies SET state = ? WHERE exhibit = ? AND id = ?').run(state, exhibit, id);
  }

  /** @throws Refusal COPY_UNKNOWN */
  get(exhibit: string, id: string): MadeCopy {
    const row = this.#db.prepare(`${SELECT} 'made' AND exhibit = ? AND id = ?`).get(exhibit, id);
    if (row === undefined) throw new Refusal('COPY_UNKNOWN', { exhibit, copy: id });
    return parsed(row);
  }

  of(exhibit: string): MadeCopy[] {
    return this.#db.prepare(`${SELECT} 'made' AND exhibit = ? ORDER BY n`).all(exhibit).map(parsed);
  }

  /** The last few that were made here, whatever of: what the next one will cost. */
  latest(): MadeCopy[] {
    return this.#db.prepare(`${SELECT} 'made' AND took_ms > 0 ORDER BY begun_at DESC LIMIT 3`).all().map(parsed);
  }

  /** Those of which nothing may be left on a disk; `making` ones were cut off when this is asked at the start. */
  gone(): { exhibit: string; id: string; state: 'making' | 'failed' | 'deleted' }[] {
    const rows = this.#db.prepare("SELECT exhibit, id, state FROM derived_copies WHERE state <> 'made'").all();
    return z
      .array(z.object({ exhibit: z.string(), id: z.string(), state: z.enum(['making', 'failed', 'deleted']) }))
      .parse(rows);
  }
}

function parsed(row: unknown): MadeCopy {
  const { exhibit, n, id, made_by, statement, statement_sha256, folders, took_ms } = Row.parse(row);
  if (createHash('sha256').update(statement).digest('hex') !== statement_sha256) {
    throw new Refusal('COPY_DAMAGED', { file: 'copy.json' });
  }
  return {
    exhibit,
    n,
    id,
    madeBy: made_by,
    bytes: statement,
    statement: statementOf(statement),
    folders: z.array(z.string()).parse(JSON.parse(folders)),
    tookMs: took_ms,
  };
}

export const statementOf = (bytes: Uint8Array): EvidenceCopy =>
  EvidenceCopy.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
