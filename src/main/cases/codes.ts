import { randomBytes, randomInt } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { newId } from '../platform/ids.ts';

/** Letters that are not taken for a digit or for one another. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** A child's pseudonym, `K-7F3A`: a letter and four hex digits by chance, so that it says nothing of the child. */
export function newChildCode(db: Database): string {
  const taken = db.prepare('SELECT 1 FROM children WHERE code = ?').pluck();
  return firstFree(
    () => `${LETTERS[randomInt(LETTERS.length)] ?? 'K'}-${randomBytes(2).toString('hex').toUpperCase()}`,
    (code) => taken.get(code) !== undefined,
  );
}

/** A participant's code, `p-x7k2`. */
export function newParticipantCode(db: Database): string {
  const taken = db.prepare('SELECT 1 FROM participants WHERE code = ?').pluck();
  return firstFree(
    () => `p-${newId(4)}`,
    (code) => taken.get(code) !== undefined,
  );
}

function firstFree(make: () => string, isTaken: (code: string) => boolean): string {
  for (;;) {
    const code = make();
    if (!isTaken(code)) return code;
  }
}
