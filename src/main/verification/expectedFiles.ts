import type { ReadBag } from './bag.ts';
import { headsFileOf, segmentsFileOf } from './readBag.ts';

/** The tag files at the top of a bag; anything else there is one file too many. */
export const TAG_FILES = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'] as const;
export const HANDOVER = 'tagmanifest-sha256.txt.p7s';

const CUSTODY_FILES = [
  'events.jsonl',
  'exported-manifest.txt',
  'checkpoint',
  'seal.checkpoint',
  'seal-to-head.consistency',
  'log.vkey',
];
const OPTIONAL_PATTERNS = [
  /^data\/signatures\/chain\/[^/]+\.pem$/,
  /^data\/signatures\/roots\/(?:station|tsa)\/[^/]+\.pem$/,
  /^data\/signatures\/revocation\/[^/]+\.crl$/,
  /^data\/custody\/(?:checkpoint|seal\.checkpoint)\.tsr$/,
  /^data\/custody\/(?:(?:before|after)\/[1-9][0-9]{0,2}\/)?witnessed\/(?:0|[1-9][0-9]{0,15})\.(?:checkpoint|consistency)$/,
  /^data\/custody\/anchor\.(?:checkpoint|tsr)$/,
  /^data\/custody\/(?:(?:before|after)\/[1-9][0-9]{0,2}\/)?proofs\/(?:0|[1-9][0-9]{0,15})\.tlog-proof$/,
  /^data\/custody\/(?:(?:before|after)\/[1-9][0-9]{0,2}\/)?first\.(?:json|tlog-proof)$/,
  /^data\/custody\/(?:before|after)\/[1-9][0-9]{0,2}\/(?:log\.vkey|checkpoint)$/,
];

/** Which payload files a bag of this record must have, and whether it may have a further one. */
export interface ExpectedFiles {
  readonly required: ReadonlySet<string>;
  allowed(path: string): boolean;
}

/** Works out the payload from the signed statements: a file that no statement and no rule of the format names is foreign. */
export function expectedFiles(bag: ReadBag): ExpectedFiles | null {
  if (!('value' in bag.record)) return null;
  const record = bag.record.value;
  const required = new Set<string>(['data/record.json', 'data/READ-ME.html']);
  const stamped = new Set<string>();
  for (const name of CUSTODY_FILES) required.add(`data/custody/${name}`);
  for (const track of record.tracks) {
    for (const { file } of track.parts) {
      for (const name of [file, segmentsFileOf(file), headsFileOf(file)]) required.add(`data/${name}`);
    }
  }
  const named = (folder: string, files: readonly { readonly file: string }[]): void => {
    for (const { file } of files) required.add(`${folder}/${file}`);
  };
  const signed = (folder: string, signers: readonly { readonly file: string }[]): void => {
    named(folder, signers);
    for (const { file } of signers) stamped.add(`${folder}/${file}.tsr`);
  };
  signed('data', record.signers);
  named('data', record.attachments);
  for (const [n, supplement] of bag.supplements) {
    required.add(`data/supplements/${n}.json`);
    if (!('value' in supplement)) continue;
    signed('data/supplements', supplement.value.signers);
    named('data/supplements', supplement.value.attachments);
  }
  for (const [id, copy] of bag.copies) {
    required.add(`data/copies/${id}/copy.json`);
    if (!('value' in copy)) continue;
    signed(`data/copies/${id}`, copy.value.signers);
    named(`data/copies/${id}`, copy.value.files);
  }
  return {
    required,
    allowed: (path) =>
      required.has(path) || stamped.has(path) || OPTIONAL_PATTERNS.some((pattern) => pattern.test(path)),
  };
}
