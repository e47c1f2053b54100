import { createHash, randomBytes } from 'node:crypto';
import { isRefusal, Refusal } from '../../shared/errors.ts';

/** The alphabet of age identities (BIP 173): 32 letters, none of `1`, `b`, `i`, `o`. */
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const PREFIX = 'AGE-SECRET-KEY-1';
const KEY_LENGTH = 58;
const CHECK_LENGTH = 4;
const GROUP = 6;

export interface RecoveryParts {
  readonly part1: string;
  readonly part2: string;
}

/**
 * Cuts the recovery identity in two so that either part alone says nothing of it: part 1 is random letters, part 2 the
 * key's letters with those of part 1 taken away bit by bit (a one-time pad over 5-bit letters). Each part ends with
 * four letters of checksum and is set in groups of six, to be printed and typed.
 */
export function splitRecoveryKey(identity: string): RecoveryParts {
  const key = lettersOf(identity.slice(PREFIX.length).toLowerCase());
  if (!identity.startsWith(PREFIX) || key?.length !== KEY_LENGTH) throw new RangeError('not an age identity');
  const pad = [...randomBytes(KEY_LENGTH)].map((byte) => byte & 31);
  return {
    part1: write(1, pad),
    part2: write(
      2,
      key.map((letter, i) => letter ^ (pad[i] ?? 0)),
    ),
  };
}

/**
 * The identity that two typed parts make. Case, spaces and dashes do not matter. RECOVERY_KEY_WRONG with the part (1 or
 * 2) whose checksum does not hold; that both belong together is told by the identity's own checksum, when it is used.
 */
export function joinRecoveryKey(parts: RecoveryParts): string {
  const pad = read(1, parts.part1);
  const rest = read(2, parts.part2);
  const letters = pad.map((letter, i) => ALPHABET[letter ^ (rest[i] ?? 0)] ?? '');
  return `${PREFIX}${letters.join('').toUpperCase()}`;
}

/**
 * Lets `use` work with the identity that two typed parts make. Parts that read well and still make a key that is none, or
 * another court's (two prints mixed up), are refused in the same words. @throws Refusal RECOVERY_KEY_WRONG, and what `use` throws
 */
export async function withRecoveryKey<T>(parts: RecoveryParts, use: (identity: string) => Promise<T>): Promise<T> {
  const identity = joinRecoveryKey(parts);
  try {
    return await use(identity);
  } catch (cause) {
    if (isRefusal(cause, 'KEY_UNREADABLE') || isRefusal(cause, 'ACCESS_NOT_GRANTED')) {
      throw new Refusal('RECOVERY_KEY_WRONG', { part: '1, 2' }, { cause });
    }
    throw cause;
  }
}

function write(part: 1 | 2, letters: readonly number[]): string {
  const text = letters.map((letter) => ALPHABET[letter] ?? '').join('');
  const whole = `${text}${checksum(part, text)}`.toUpperCase();
  const groups = whole.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
  return `BR${part} ${groups.join(' ')}`;
}

function read(part: 1 | 2, typed: string): number[] {
  const plain = typed.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const head = `br${part}`;
  const text = plain.slice(head.length, head.length + KEY_LENGTH);
  const letters = lettersOf(text);
  const whole = plain.length === head.length + KEY_LENGTH + CHECK_LENGTH;
  if (!plain.startsWith(head) || !whole || letters === null || !plain.endsWith(checksum(part, text))) {
    throw new Refusal('RECOVERY_KEY_WRONG', { part });
  }
  return letters;
}

function lettersOf(text: string): number[] | null {
  const letters = [...text].map((letter) => ALPHABET.indexOf(letter));
  return letters.includes(-1) ? null : letters;
}

function checksum(part: 1 | 2, text: string): string {
  const digest = createHash('sha256').update(`birret-recovery/1\n${part}\n${text}`).digest();
  return [...digest.subarray(0, CHECK_LENGTH)].map((byte) => ALPHABET[byte & 31] ?? '').join('');
}
