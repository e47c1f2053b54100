import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { blob } from '../database/index.ts';
import { keepSigns, signsOf } from './childSigns.ts';
import { openIdentity } from './sealedIdentity.ts';

const UNSIGNED = 'FROM children k WHERE NOT EXISTS (SELECT 1 FROM child_signs s WHERE s.child_id = k.id)';

/** How many children were added before signs of names were kept, and are not compared by name as yet. */
export function countUnsigned(db: Database): number {
  return z.int().parse(db.prepare(`SELECT count(*) ${UNSIGNED}`).pluck().get());
}

/**
 * Makes the signs that are missing, each once, from the identity records that the vault's identity opens. Nothing of them is
 * shown or kept beside the signs. One that cannot be opened stays without, and is counted as such.
 */
export async function signUnsigned(db: Database, vaultIdentity: string, indexKey: Uint8Array): Promise<void> {
  const ids = z.array(z.string()).parse(db.prepare(`SELECT k.id ${UNSIGNED}`).pluck().all());
  for (const id of ids) {
    const sealed = blob.safeParse(db.prepare('SELECT identity FROM children WHERE id = ?').pluck().get(id));
    if (!sealed.success) continue;
    const identity = await openIdentity(sealed.data, vaultIdentity).catch(() => null);
    if (identity !== null) db.transaction(() => keepSigns(db, id, signsOf(identity, indexKey))).immediate();
  }
}
