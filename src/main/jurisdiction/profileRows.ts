import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { blob } from '../database/index.ts';
import type { ReadProfile } from './readProfile.ts';

const Row = z.strictObject({
  position: z.int(),
  id: z.string(),
  version: z.string(),
  sha256: z.string(),
  bytes: blob,
  since: z.string(),
});
export type ProfileRow = z.infer<typeof Row>;

/** Rows of `jurisdictions`: which profile was in force since when. Rows are only added. */
export class ProfileRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add({ profile, sha256, bytes }: ReadProfile, since: string): void {
    this.#db
      .prepare('INSERT INTO jurisdictions (id, version, sha256, bytes, since) VALUES (?, ?, ?, ?, ?)')
      .run(profile.id, profile.version, sha256, bytes, since);
  }

  newest(): ProfileRow | null {
    return this.#one('SELECT * FROM jurisdictions ORDER BY position DESC LIMIT 1');
  }

  /** The one in force at an instant; before the first of all, the first. */
  at(instant: string): ProfileRow | null {
    const found = this.#one('SELECT * FROM jurisdictions WHERE since <= ? ORDER BY position DESC LIMIT 1', instant);
    return found ?? this.#one('SELECT * FROM jurisdictions ORDER BY position LIMIT 1');
  }

  /** Each profile that ever was in force, once; newest first. */
  all(): ProfileRow[] {
    const rows = this.#db
      .prepare(
        'SELECT * FROM jurisdictions WHERE position IN (SELECT max(position) FROM jurisdictions GROUP BY sha256) ORDER BY position DESC',
      )
      .all();
    return z.array(Row).parse(rows);
  }

  #one(sql: string, ...values: string[]): ProfileRow | null {
    const row = this.#db.prepare(sql).get(...values);
    return row === undefined ? null : Row.parse(row);
  }
}
