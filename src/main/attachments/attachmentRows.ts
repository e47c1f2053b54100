import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const Row = z.object({
  exhibit: z.string(),
  file: z.string(),
  title: z.string(),
  media_type: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  stored_bytes: z.int(),
  stored_sha256: z.string(),
  kept_by: z.string(),
  kept_at: z.string(),
});
/** An attachment that is kept: its plain bytes, and its age file as it stands on the targets. */
export type AttachmentRow = z.infer<typeof Row>;

const Unfinished = z.object({ exhibit: z.string(), file: z.string() });

export interface KeptBytes {
  readonly bytes: number;
  readonly sha256: string;
  readonly storedBytes: number;
  readonly storedSha256: string;
}

/** The table `attachments`. Writers are to be called inside a transaction where an event goes with them. */
export class AttachmentRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Takes a name for a file that is about to be written: `wanted`, or with a number where that was given before. */
  begin(
    exhibit: string,
    wanted: { stem: string; ending: string },
    one: { title: string; mediaType: string; by: string; at: string },
  ): string {
    const taken = new Set(
      z
        .array(z.string())
        .parse(this.#db.prepare('SELECT file FROM attachments WHERE exhibit = ?').pluck().all(exhibit)),
    );
    let file = `attachments/${wanted.stem}.${wanted.ending}`;
    for (let n = 2; taken.has(file); n += 1) file = `attachments/${wanted.stem}-${n}.${wanted.ending}`;
    this.#db
      .prepare(
        `INSERT INTO attachments (exhibit, file, state, title, media_type, kept_by, kept_at)
         VALUES (?, ?, 'keeping', ?, ?, ?, ?)`,
      )
      .run(exhibit, file, one.title, one.mediaType, one.by, one.at);
    return file;
  }

  kept(exhibit: string, file: string, { bytes, sha256, storedBytes, storedSha256 }: KeptBytes): void {
    this.#db
      .prepare(
        `UPDATE attachments SET state = 'kept', bytes = ?, sha256 = ?, stored_bytes = ?, stored_sha256 = ?
         WHERE exhibit = ? AND file = ? AND state = 'keeping'`,
      )
      .run(bytes, sha256, storedBytes, storedSha256, exhibit, file);
  }

  /** Gives the name back of what was never kept. */
  forget(exhibit: string, file: string): void {
    this.#db.prepare("DELETE FROM attachments WHERE exhibit = ? AND file = ? AND state = 'keeping'").run(exhibit, file);
  }

  removed(exhibit: string, file: string, { by, at, reason }: { by: string; at: string; reason: string }): void {
    this.#db
      .prepare(
        `UPDATE attachments SET state = 'removed', removed_by = ?, removed_at = ?, removed_reason = ?
         WHERE exhibit = ? AND file = ? AND state = 'kept'`,
      )
      .run(by, at, reason, exhibit, file);
  }

  /** Those that are kept, in the order in which they came. */
  of(exhibit: string): AttachmentRow[] {
    return z
      .array(Row)
      .parse(
        this.#db.prepare("SELECT * FROM attachments WHERE exhibit = ? AND state = 'kept' ORDER BY rowid").all(exhibit),
      );
  }

  find(exhibit: string, file: string): AttachmentRow | null {
    const row = this.#db
      .prepare("SELECT * FROM attachments WHERE exhibit = ? AND file = ? AND state = 'kept'")
      .get(exhibit, file);
    return row === undefined ? null : Row.parse(row);
  }

  /** What a process that ended was writing. */
  unfinished(): { exhibit: string; file: string }[] {
    return z
      .array(Unfinished)
      .parse(this.#db.prepare("SELECT exhibit, file FROM attachments WHERE state = 'keeping'").all());
  }

  /** What was removed from exhibits that are not sealed yet: nothing of it may stand on a disk that comes back. */
  gone(): { exhibit: string; file: string }[] {
    return z.array(Unfinished).parse(
      this.#db
        .prepare(
          `SELECT a.exhibit, a.file FROM attachments a JOIN exhibits e ON e.number = a.exhibit
           WHERE a.state = 'removed' AND e.state <> 'sealed'`,
        )
        .all(),
    );
  }
}
