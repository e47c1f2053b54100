import canonicalize from 'canonicalize';
import { Refusal } from '../errors.ts';

/** What our evidence may say in JSON: no fractions, no `undefined`. */
export type CanonicalJson =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalJson[]
  | { readonly [key: string]: CanonicalJson };

/** Deeper than any document of ours; keeps a hostile one from exhausting the stack. */
const DEEPEST = 64;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const encoder = new TextEncoder();

/**
 * The one way in which a value is written down: RFC 8785 (JCS), narrowed as EVIDENCE-FORMAT asks. Integers within
 * ±(2^53−1) only, strings well formed and in NFC, keys printable ASCII, plain objects and arrays, nothing `undefined`.
 * Throws `JSON_NOT_CANONICAL` with `where` (a path such as `$.details.count`) and `reason`.
 */
export function canonicalText(value: unknown): string {
  check(value, '$', 0);
  const text = canonicalize(value);
  if (text === undefined) throw notCanonical('$', 'not a JSON value');
  return text;
}

/** The same as UTF-8 bytes: what is hashed and signed. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalText(value));
}

/**
 * Reads a document that must already be in canonical form: its JCS must be the same bytes, so a key that stands twice,
 * white space, another order of keys or another spelling of a number is refused. Throws `JSON_NOT_CANONICAL`.
 */
export function parseCanonical(document: string | Uint8Array): CanonicalJson {
  const text = typeof document === 'string' ? document : decode(document);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notCanonical('$', 'not JSON', error);
  }
  check(value, '$', 0);
  if (canonicalize(value) !== text) throw notCanonical('$', 'not in canonical form');
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw notCanonical('$', 'not UTF-8', error);
  }
}

function check(value: unknown, where: string, depth: number): asserts value is CanonicalJson {
  if (depth > DEEPEST) throw notCanonical(where, 'nested too deeply');
  switch (typeof value) {
    case 'boolean':
      return;
    case 'number':
      if (!Number.isSafeInteger(value)) throw notCanonical(where, 'a number that is not a whole one within ±(2^53−1)');
      return;
    case 'string':
      if (!value.isWellFormed()) throw notCanonical(where, 'a lone surrogate');
      if (value.normalize('NFC') !== value) throw notCanonical(where, 'text that is not in NFC');
      return;
    case 'object':
      if (value === null) return;
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) check(value[i], `${where}[${i}]`, depth + 1);
        return;
      }
      checkObject(value, where, depth);
      return;
    default:
      throw notCanonical(where, `a ${typeof value}`);
  }
}

function checkObject(value: object, where: string, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notCanonical(where, 'not a plain object');
  for (const [key, inner] of Object.entries(value)) {
    if (!PRINTABLE_ASCII.test(key)) throw notCanonical(where, 'a key that is not ASCII');
    check(inner, `${where}.${key}`, depth + 1);
  }
}

function notCanonical(where: string, reason: string, cause?: unknown): Refusal {
  return new Refusal('JSON_NOT_CANONICAL', { where, reason }, { cause });
}
