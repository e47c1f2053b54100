import { createHmac } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { KnownIdentity } from '../../shared/domain/identity.ts';
import { keysMetBy, likeness, nameKeys } from '../../shared/domain/names.ts';

/** A sign of a child's name: an HMAC under the station's index key, so that the database alone tells nobody's name. */
export interface ChildSign {
  readonly kind: 'alike' | 'undated' | 'word';
  readonly mark: string;
}

const hmac = (indexKey: Uint8Array, kind: ChildSign['kind'], text: string) =>
  createHmac('sha256', indexKey).update(`${kind}\n${text}`).digest('hex');

/** The signs of an identity: the whole name with and without the birth date, and its words. */
export function signsOf(identity: KnownIdentity, indexKey: Uint8Array): ChildSign[] {
  const parts = [identity.surname, identity.givenName];
  const name = likeness(parts);
  const sign = (kind: ChildSign['kind'], text: string): ChildSign => ({ kind, mark: hmac(indexKey, kind, text) });
  return [
    ...(identity.birthDate === null ? [] : [sign('alike', `${name}\n${identity.birthDate}`)]),
    sign('undated', name),
    ...nameKeys(parts).map((key) => sign('word', key)),
  ];
}

/** Keeps the signs of a child, where they are not kept already; inside the caller's transaction. */
export function keepSigns(db: Database, childId: string, signs: readonly ChildSign[]): void {
  const insert = db.prepare('INSERT INTO child_signs (child_id, kind, mark) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  for (const { kind, mark } of signs) insert.run(childId, kind, mark);
}

/** Whether a text seems to mention a child of this case by name. No identity record is opened for it. */
export function mentionsChild(db: Database, caseId: string, text: string, indexKey: Uint8Array): boolean {
  const marks = keysMetBy(text).map((key) => hmac(indexKey, 'word', key));
  const found = db
    .prepare(
      `SELECT 1 FROM child_signs s JOIN children k ON k.id = s.child_id
       WHERE k.case_id = ? AND s.kind = 'word' AND s.mark IN (SELECT value FROM json_each(?)) LIMIT 1`,
    )
    .get(caseId, JSON.stringify(marks));
  return found !== undefined;
}
