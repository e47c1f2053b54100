import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Instant, Sha256Hex } from '../../shared/evidence/record.ts';

const KEY = 'restored';

/** What a restored database says of itself until its log has gone on under a new origin. */
const RestoredMark = z.strictObject({
  /** When the backup was made, and the digest of its manifest. */
  backup: z.strictObject({ at: Instant, manifest_sha256: Sha256Hex }),
  restored_at: Instant,
});
export type RestoredMark = z.infer<typeof RestoredMark>;

export function readMark(db: Database): RestoredMark | null {
  const value = db.prepare('SELECT value FROM station WHERE key = ?').pluck().get(KEY);
  return value === undefined ? null : RestoredMark.parse(JSON.parse(z.string().parse(value)));
}

export function writeMark(db: Database, mark: RestoredMark): void {
  db.prepare(
    'INSERT INTO station (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(KEY, JSON.stringify(RestoredMark.parse(mark)));
}

export function removeMark(db: Database): void {
  db.prepare('DELETE FROM station WHERE key = ?').run(KEY);
}
