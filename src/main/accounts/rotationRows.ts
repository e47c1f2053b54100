import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';

const Row = z.object({
  id: z.int(),
  kind: z.enum(['vault', 'recovery']),
  old_recipient: z.string(),
  new_recipient: z.string(),
  begun_at: z.string(),
});
export type Rotation = z.infer<typeof Row>;

/** Rotations that have begun and are not finished, oldest first. */
export function unfinished(db: Database): Rotation[] {
  const sql =
    'SELECT id, kind, old_recipient, new_recipient, begun_at FROM key_rotations WHERE finished_at IS NULL ORDER BY id';
  return z.array(Row).parse(db.prepare(sql).all());
}

/** Writes down that one begins. ROTATION_UNFINISHED where one of its kind has not ended. */
export function begun(db: Database, made: Omit<Rotation, 'id'> & { readonly by: string }): void {
  if (unfinished(db).some(({ kind }) => kind === made.kind)) throw new Refusal('ROTATION_UNFINISHED');
  db.prepare(
    `INSERT INTO key_rotations (kind, old_recipient, new_recipient, begun_by, begun_at)
     VALUES (@kind, @old_recipient, @new_recipient, @by, @begun_at)`,
  ).run(made);
}

export function finished(db: Database, rotation: Rotation, at: string): void {
  db.prepare('UPDATE key_rotations SET finished_at = ? WHERE id = ?').run(at, rotation.id);
  db.prepare('DELETE FROM key_rotation_done WHERE rotation = ?').run(rotation.id);
}
