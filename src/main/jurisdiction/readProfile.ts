import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { JurisdictionProfile, PROFILE_FORMAT } from '../../shared/domain/jurisdiction.ts';
import { type ProfileFault, profileFaults } from '../../shared/domain/jurisdictionFaults.ts';
import { Refusal } from '../../shared/errors.ts';
import { JsonMistake, JsonPlaces } from './jsonPlaces.ts';

/** A profile that was read and has no mistake; `sha256` of the file's exact bytes. */
export interface ReadProfile {
  readonly profile: JurisdictionProfile;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/**
 * A profile out of a file's bytes (UTF-8, a byte order mark may stand before); `file` is what a sentence calls it.
 * @throws Refusal JURISDICTION_NOT_JSON and the other mistakes of `errors/jurisdiction.ts`: the first one, with `file`, `line`,
 * `column`, `rule` and `count` of all
 */
export function readProfile(bytes: Uint8Array, file: string): ReadProfile {
  const text = decoded(bytes, file);
  const places = placed(text, file);
  const json: unknown = JSON.parse(text);
  const parsed = JurisdictionProfile.safeParse(json);
  const faults = parsed.success ? profileFaults(parsed.data) : shapeFaults(parsed.error.issues, json);
  const [first] = faults
    .map((fault) => ({ ...fault, at: places.of(fault.path) }))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  if (first !== undefined) {
    const { code, params, path, at } = first;
    throw new Refusal(code, { file, ...at, rule: ruleAt(path, json), count: faults.length, ...params });
  }
  if (!parsed.success) throw new RangeError('a profile without its shape has no fault');
  return { profile: parsed.data, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}

function decoded(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal('JURISDICTION_NOT_JSON', { file, line: 1, column: 1, rule: '—', count: 1 }, { cause });
  }
}

function placed(text: string, file: string): JsonPlaces {
  try {
    return new JsonPlaces(text);
  } catch (cause) {
    if (!(cause instanceof JsonMistake)) throw cause;
    const at = { file, ...cause.at, rule: '—', count: 1 };
    if (cause.twice === null) throw new Refusal('JURISDICTION_NOT_JSON', at, { cause });
    throw new Refusal('JURISDICTION_TWICE', { ...at, name: cause.twice }, { cause });
  }
}

function shapeFaults(issues: readonly Issue[], json: unknown): ProfileFault[] {
  const format = at(json, ['format']);
  if (format !== undefined && format !== PROFILE_FORMAT) {
    return [{ path: ['format'], code: 'JURISDICTION_OTHER_FORMAT', params: { expected: PROFILE_FORMAT } }];
  }
  return issues.map((issue) => shapeFault(issue, json));
}

function shapeFault(issue: Issue, json: unknown): ProfileFault {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const field = String(path.at(-1) ?? '—');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '—';
    return { path: [...path, key], code: 'JURISDICTION_FIELD_UNKNOWN', params: { field: key } };
  }
  if (path.length > 0 && at(json, path) === undefined)
    return { path, code: 'JURISDICTION_FIELD_MISSING', params: { field } };
  return { path, code: 'JURISDICTION_VALUE_WRONG', params: { field, expected: expectedOf(issue) } };
}

/** What would be right there, in signs that need no language. */
function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(' | ');
    case 'invalid_type':
      return issue.expected;
    case 'too_small':
      return `${lengthOf(issue.origin)}≥ ${issue.minimum}`;
    case 'too_big':
      return `${lengthOf(issue.origin)}≤ ${issue.maximum}`;
    case 'invalid_format':
      return issue.pattern ?? issue.format;
    default:
      return issue.code;
  }
}

const lengthOf = (origin: string): string => (origin === 'string' || origin === 'array' ? 'length ' : '');

/** The rule that a mistake belongs to, as a person finds it: by its id where it has one, else by its place in the file. */
function ruleAt(path: Path, json: unknown): string {
  const lengths = Array.from(path, (_, i) => path.length - i);
  for (const length of lengths) {
    const id = at(json, [...path.slice(0, length), 'id']);
    if (typeof id === 'string') return id;
  }
  return path.length === 0 ? '—' : path.join('.');
}

function at(json: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    json,
  );
}
