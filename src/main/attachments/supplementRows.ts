import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EvidenceSupplement } from '../../shared/evidence/supplement.ts';
import { blob } from '../database/index.ts';

const Row = z.object({ n: z.int(), statement: blob, sha256: z.string(), added_by: z.string() });
const Unfinished = z.object({ exhibit: z.string(), n: z.int() });

/** A supplement that counts: its signed statement, byte for byte and read. */
export interface AddedSupplement {
  readonly n: number;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly statement: EvidenceSupplement;
  /** An account's code. */
  readonly addedBy: string;
}

/** The table `supplements`. Writers are to be called inside a transaction where an event goes with them. */
export class SupplementRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Takes the exhibit's next number for one that is about to be written. */
  begin(exhibit: string, by: string, at: string): number {
    const last = this.#db.prepare('SELECT max(n) FROM supplements WHERE exhibit = ?').pluck().get(exhibit);
    const n =
      (z
        .int()
        .nullable()
        .parse(last ?? null) ?? 0) + 1;
    this.#db
      .prepare("INSERT INTO supplements (exhibit, n, state, added_by, begun_at) VALUES (?, ?, 'adding', ?, ?)")
      .run(exhibit, n, by, at);
    return n;
  }

  added(exhibit: string, n: number, statement: Uint8Array): void {
    const sha256 = createHash('sha256').update(statement).digest('hex');
    this.#db
      .prepare(
        "UPDATE supplements SET state = 'added', statement = ?, sha256 = ? WHERE exhibit = ? AND n = ? AND state = 'adding'",
      )
      .run(Buffer.from(statement), sha256, exhibit, n);
  }

  /** Gives the number back of one that came to nothing. */
  forget(exhibit: string, n: number): void {
    this.#db.prepare("DELETE FROM supplements WHERE exhibit = ? AND n = ? AND state = 'adding'").run(exhibit, n);
  }

  of(exhibit: string): AddedSupplement[] {
    const rows = this.#db
      .prepare(
        "SELECT n, statement, sha256, added_by FROM supplements WHERE exhibit = ? AND state = 'added' ORDER BY n",
      )
      .all(exhibit);
    return z
      .array(Row)
      .parse(rows)
      .map(({ n, statement, sha256, added_by }) => ({
        ...{ n, bytes: statement, sha256, addedBy: added_by },
        statement: EvidenceSupplement.parse(JSON.parse(Buffer.from(statement).toString('utf8'))),
      }));
  }

  /** What a process that ended was writing. */
  unfinished(): { exhibit: string; n: number }[] {
    return z
      .array(Unfinished)
      .parse(this.#db.prepare("SELECT exhibit, n FROM supplements WHERE state = 'adding'").all());
  }
}
