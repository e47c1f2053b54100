import { createHash } from 'node:crypto';
import { EvidenceCopy } from '../../shared/evidence/copy.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import { EvidenceSupplement } from '../../shared/evidence/supplement.ts';
import type { CheckReason } from '../../shared/evidence/verification.ts';
import { parseJson } from './json.ts';
import type { BagContents } from './readBag.ts';

export const RECORD = 'data/record.json';

/** A statement of the bag as read: its value, or what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly problem: CheckReason };

/** The bag with its statements read once; every check takes what it needs from here. */
export interface ReadBag {
  readonly contents: BagContents;
  readonly record: Read<EvidenceRecord>;
  /** Digest of `record.json`'s bytes, null when it is not there. */
  readonly recordSha256: string | null;
  /** By `n` as the file name gives it, ascending. */
  readonly supplements: ReadonlyMap<number, Read<EvidenceSupplement>>;
  /** By the name of its folder. */
  readonly copies: ReadonlyMap<string, Read<EvidenceCopy>>;
  /** PEM texts of `signatures/chain`: carried for convenience, never trusted for themselves. */
  readonly chain: readonly string[];
  /** PEM texts of `signatures/roots/station`: likewise. */
  readonly roots: readonly string[];
}

/** Reads the statements of a bag; what is wrong with one stays with it, for the check whose business it is. */
export function readStatements(contents: BagContents): ReadBag {
  const { texts } = contents;
  const record = read(contents, RECORD, EvidenceRecord);
  const supplements = new Map<number, Read<EvidenceSupplement>>();
  const copies = new Map<string, Read<EvidenceCopy>>();
  for (const path of texts.keys()) {
    const n = /^data\/supplements\/([1-9][0-9]{0,5})\.json$/.exec(path)?.[1];
    if (n !== undefined) supplements.set(Number(n), read(contents, path, EvidenceSupplement));
  }
  for (const path of contents.files.keys()) {
    const id = /^data\/copies\/([^/]+)\//.exec(path)?.[1];
    if (id !== undefined && !copies.has(id))
      copies.set(id, read(contents, `data/copies/${id}/copy.json`, EvidenceCopy));
  }
  const pems = (folder: RegExp): string[] =>
    [...texts].filter(([path]) => folder.test(path)).map(([, bytes]) => bytes.toString('latin1'));
  return {
    contents,
    record,
    recordSha256: contents.files.get(RECORD)?.sha256 ?? null,
    supplements: new Map([...supplements].sort(([a], [b]) => a - b)),
    copies: new Map([...copies].sort(([a], [b]) => (a < b ? -1 : 1))),
    chain: pems(/^data\/signatures\/chain\/[^/]+\.pem$/),
    roots: pems(/^data\/signatures\/roots\/station\/[^/]+\.pem$/),
  };
}

function read<T>(contents: BagContents, path: string, schema: Parameters<typeof parseJson<T>>[2]): Read<T> {
  const bytes = contents.texts.get(path);
  if (bytes !== undefined) return parseJson(path, bytes, schema);
  const code = contents.tooLarge.includes(path) ? 'too-large' : 'file-missing';
  return { problem: { code, params: { file: path } } };
}

/** The record, or null where it could not be read. */
export function recordOf(bag: ReadBag): EvidenceRecord | null {
  return 'value' in bag.record ? bag.record.value : null;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
