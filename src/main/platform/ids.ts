import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A random id of `[a-z0-9]` that is easy to read aloud: no l, o, 0 or 1. `length` in characters, 5 bits each. */
export function newId(length = 16): string {
  let id = '';
  for (const byte of randomBytes(length)) id += ALPHABET[byte & 31] ?? '';
  return id;
}
