import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type TimestampItem, TimestampProblem } from '../../shared/contract/timestamps.ts';
import { blob, flag, jsonColumn } from '../database/index.ts';

const Row = z.object({
  id: z.int(),
  kind: z.enum(['signature', 'seal', 'head']),
  exhibit: z.string().nullable(),
  file: z.string(),
  sha256: z.string(),
  note: z.string().nullable(),
  asked_at: z.string(),
  attempts: z.int(),
  tried_at: z.string().nullable(),
  next_at: z.string(),
  problems: jsonColumn(z.array(TimestampProblem)),
  tsr: blob.nullable(),
  time: z.string().nullable(),
  authority: z.string().nullable(),
  root_pem: z.string().nullable(),
  obtained_at: z.string().nullable(),
  placed: flag,
});
export type TimestampRow = z.infer<typeof Row>;

/** Something to be stamped, as whoever made it says it. `note` is the checkpoint's text for a seal or a head. */
export interface ToStamp {
  readonly kind: TimestampRow['kind'];
  readonly exhibit: string | null;
  readonly file: string;
  readonly sha256: string;
  readonly note: string | null;
}

/** The table `timestamps`. Writers are to be called inside a transaction where an event goes with them. */
export class TimestampRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(one: ToStamp, at: string): void {
    this.#db
      .prepare(
        `INSERT INTO timestamps (kind, exhibit, file, sha256, note, asked_at, next_at)
         VALUES (@kind, @exhibit, @file, @sha256, @note, @at, @at) ON CONFLICT DO NOTHING`,
      )
      .run({ ...one, at });
  }

  /** What waits and is due: tried at `now` or before, or not before `never`, which only a wrong clock can have set. */
  due(now: string, never: string): TimestampRow[] {
    return this.#all('WHERE tsr IS NULL AND (next_at <= ? OR next_at > ?) ORDER BY id', now, never);
  }

  waiting(): TimestampRow[] {
    return this.#all('WHERE tsr IS NULL ORDER BY id');
  }

  ofExhibit(exhibit: string): TimestampRow[] {
    return this.#all('WHERE exhibit = ? ORDER BY id', exhibit);
  }

  newest(): TimestampRow | null {
    return this.#all('WHERE tsr IS NOT NULL ORDER BY obtained_at DESC, id DESC LIMIT 1')[0] ?? null;
  }

  /** The newest stamped checkpoint whose token was here, and says a time, before `at`. */
  anchorBefore(at: string): TimestampRow | null {
    const where = 'WHERE tsr IS NOT NULL AND note IS NOT NULL AND obtained_at < ? AND time < ?';
    return this.#all(`${where} ORDER BY time DESC, id DESC LIMIT 1`, at, at)[0] ?? null;
  }

  /** When a checkpoint was last given to be stamped; null before the first. */
  lastCheckpointAt(): string | null {
    const value = this.#db.prepare('SELECT max(asked_at) FROM timestamps WHERE note IS NOT NULL').pluck().get();
    return z.string().nullable().parse(value);
  }

  toPlace(): TimestampRow[] {
    return this.#all('WHERE tsr IS NOT NULL AND placed = 0 ORDER BY id');
  }

  failed(id: number, at: string, nextAt: string, problems: readonly TimestampProblem[]): void {
    this.#db
      .prepare('UPDATE timestamps SET attempts = attempts + 1, tried_at = ?, next_at = ?, problems = ? WHERE id = ?')
      .run(at, nextAt, JSON.stringify(problems), id);
  }

  /** The others that were due wait with the one that failed: they would fail likewise. */
  postponeDue(now: string, nextAt: string): void {
    this.#db.prepare('UPDATE timestamps SET next_at = ? WHERE tsr IS NULL AND next_at <= ?').run(nextAt, now);
  }

  /** Everything that waits is due: an authority answers again, or a person asked. */
  allDue(now: string): void {
    this.#db.prepare('UPDATE timestamps SET next_at = ? WHERE tsr IS NULL').run(now);
  }

  /** True when it was written; false when this row had its token already. */
  obtained(
    id: number,
    token: { tsr: Uint8Array; time: string; authority: string; rootPem: string | null; at: string },
  ) {
    const { changes } = this.#db
      .prepare(
        `UPDATE timestamps SET tsr = ?, time = ?, authority = ?, root_pem = ?, obtained_at = ?, tried_at = ?,
           attempts = attempts + 1, problems = '[]', placed = (exhibit IS NULL)
         WHERE id = ? AND tsr IS NULL`,
      )
      .run(Buffer.from(token.tsr), token.time, token.authority, token.rootPem, token.at, token.at, id);
    return changes === 1;
  }

  placed(id: number): void {
    this.#db.prepare('UPDATE timestamps SET placed = 1 WHERE id = ?').run(id);
  }

  /** The folders that an exhibit stands in now, those on targets that are away too. */
  foldersOf(exhibit: string): string[] {
    const value = this.#db.prepare('SELECT folders FROM exhibits WHERE number = ?').pluck().get(exhibit);
    return jsonColumn(z.array(z.string())).parse(value);
  }

  #all(where: string, ...parameters: string[]): TimestampRow[] {
    return z.array(Row).parse(this.#db.prepare(`SELECT * FROM timestamps ${where}`).all(...parameters));
  }
}

/** The row as screens see it. */
export function itemView(row: TimestampRow): TimestampItem {
  return {
    id: row.id,
    kind: row.kind,
    exhibit: row.exhibit,
    file: row.file,
    askedAt: row.asked_at,
    attempts: row.attempts,
    triedAt: row.tried_at,
    nextAt: row.tsr === null ? row.next_at : null,
    problems: row.problems,
    time: row.time,
    authority: row.authority,
  };
}
