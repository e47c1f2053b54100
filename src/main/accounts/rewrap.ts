import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { blob, jsonColumn } from '../database/index.ts';
import { writeFileDurably } from '../platform/files.ts';
import { openSecret, sealSecret } from '../vault/index.ts';

/** What is closed to the vault's recipient outside the key ring. */
export type WrappedKind = 'exhibit' | 'child' | 'participant' | 'called';

export interface Wrapped {
  readonly kind: WrappedKind;
  readonly id: string;
}

const KEY_FILE = 'exhibit.key.age';
const tables = {
  exhibit: { table: 'exhibits', id: 'number', column: 'key_age' },
  child: { table: 'children', id: 'id', column: 'identity' },
  participant: { table: 'participants', id: 'code', column: 'identity' },
  called: { table: 'preparation_answers', id: 'id', column: 'name' },
} as const;

/** Everything of a kind that is closed to the vault and not yet marked for this rotation. */
export function leftOf(db: Database, rotation: number, kind: WrappedKind): Wrapped[] {
  const { table, id, column } = tables[kind];
  const rows = db
    .prepare(
      `SELECT ${id} FROM ${table} WHERE ${column} IS NOT NULL AND ${id} NOT IN
       (SELECT id FROM key_rotation_done WHERE rotation = ? AND kind = ?) ORDER BY ${id}`,
    )
    .pluck()
    .all(rotation, kind);
  return z
    .array(z.string())
    .parse(rows)
    .map((one) => ({ kind, id: one }));
}

export function countOf(db: Database, kind: WrappedKind): number {
  const { table, column } = tables[kind];
  return z.int().parse(db.prepare(`SELECT count(*) FROM ${table} WHERE ${column} IS NOT NULL`).pluck().get());
}

export function marked(db: Database, rotation: number, { kind, id }: Wrapped): void {
  db.prepare('INSERT INTO key_rotation_done (rotation, kind, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
    rotation,
    kind,
    id,
  );
}

/** What was marked and is not so: it is done again by the next run. */
export function unmarked(db: Database, rotation: number, { kind, id }: Wrapped): void {
  db.prepare('DELETE FROM key_rotation_done WHERE rotation = ? AND kind = ? AND id = ?').run(rotation, kind, id);
}

/** Whether this identity alone opens it. Null where it is gone meanwhile. */
export async function opensWith(db: Database, one: Wrapped, identity: string): Promise<boolean | null> {
  const sealed = read(db, one);
  if (sealed === null) return null;
  return await openSecret(sealed, identity).then(
    (plain) => plain.fill(0).length >= 0,
    () => false,
  );
}

/**
 * Closes one secret anew in the database: the same content, to `recipients`. False where it changed meanwhile; then it is
 * still to be done. @throws Refusal AGE_WRONG_KEY, AGE_DAMAGED
 */
export async function rewrap(
  db: Database,
  one: Wrapped,
  identities: string,
  recipients: readonly string[],
): Promise<boolean> {
  const sealed = read(db, one);
  if (sealed === null) return false;
  const plain = await openSecret(sealed, identities);
  const fresh = await sealSecret(plain, recipients);
  plain.fill(0);
  const { table, id, column } = tables[one.kind];
  const done = db
    .prepare(`UPDATE ${table} SET ${column} = @fresh WHERE ${id} = @id AND ${column} = @sealed`)
    .run({ fresh, id: one.id, sealed });
  return done.changes === 1;
}

/**
 * Brings `exhibit.key.age` of one exhibit to what the database has, on every target where it differs. Needs no key. Gives
 * the folders that are not there now or could not be written.
 */
export async function levelKeyFile(db: Database, exhibit: string): Promise<string[]> {
  const row = z
    .object({ key_age: blob.nullable(), folders: jsonColumn(z.array(z.string())) })
    .parse(db.prepare('SELECT key_age, folders FROM exhibits WHERE number = ?').get(exhibit));
  const away: string[] = [];
  for (const folder of row.folders) {
    const path = join(folder, KEY_FILE);
    // A folder without the file is one whose recording never got so far, or a disk that is away.
    if (!existsSync(path)) {
      if (!existsSync(folder)) away.push(folder);
      continue;
    }
    try {
      const there = await readFile(path);
      if (row.key_age !== null && !there.equals(row.key_age)) await writeFileDurably(path, row.key_age);
    } catch {
      // Its disk is failing or full: said to whoever asked, and tried again when the work goes on.
      away.push(folder);
    }
  }
  return away;
}

function read(db: Database, { kind, id }: Wrapped): Buffer | null {
  const { table, id: key, column } = tables[kind];
  const sealed = db.prepare(`SELECT ${column} FROM ${table} WHERE ${key} = ?`).pluck().get(id);
  return sealed === undefined || sealed === null ? null : Buffer.from(blob.parse(sealed));
}
