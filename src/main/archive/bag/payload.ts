import { parseCanonical } from '../../../shared/domain/canonical.ts';
import { Refusal } from '../../../shared/errors.ts';
import { EvidenceRecord, RelativePath } from '../../../shared/evidence/record.ts';
import { MerkleTree } from '../../custody/index.ts';
import { readCertificate } from '../../sealing/index.ts';
import { type BagFile, type BagInput, bagFile } from './bagInput.ts';
import { readMePage } from './readMe/page.ts';

/** A file of the payload with the digest that a signed statement gives it, where one does. */
export interface PlannedFile extends BagFile {
  readonly sha256: string | null;
}

/**
 * Everything of `data/` but the custody folder, in the order in which it is written, small files first. Throws
 * BAG_SOURCE_DIFFERS when the record and what was given do not fit, RECORD_INVALID when the record cannot be read.
 */
export function payloadOf(input: BagInput): { record: EvidenceRecord; files: PlannedFile[] } {
  const record = readRecord(input.record);
  const files: PlannedFile[] = [
    bagFile('record.json', input.record),
    ...input.signatures,
    ...certificateFiles(input),
  ].map((file) => ({ ...file, open: file.open, sha256: null }));
  for (const file of input.more) {
    const attached = record.attachments.find((attachment) => attachment.file === file.path);
    files.push({ path: file.path, bytes: file.bytes, open: () => file.open(), sha256: attached?.sha256 ?? null });
  }
  const roots = input.stationRoots.map((pem) => readCertificate(pem));
  const page = readMePage({ record, recordBytes: input.record, roots });
  files.push({ ...bagFile('READ-ME.html', page), sha256: null }, ...partFiles(input, record));
  checkPaths(files, record);
  return { record, files };
}

function readRecord(bytes: Uint8Array): EvidenceRecord {
  const parsed = EvidenceRecord.safeParse(parseCanonical(bytes));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Refusal('RECORD_INVALID', { where, reason: 'not of the shape of a record' }, { cause: parsed.error });
}

function partFiles(input: BagInput, record: EvidenceRecord): PlannedFile[] {
  const recorded = record.tracks.flatMap((track) => track.parts);
  if (recorded.length !== input.parts.length) throw differs('record.json');
  return recorded.flatMap((part) => {
    const given = input.parts.find(({ file }) => file === part.file);
    if (given === undefined) throw differs(part.file);
    const name = part.file.replace(/\.mp4$/, '');
    if (segmentsRoot(given.segments, part.lines) !== part.merkle_root) throw differs(`${name}.segments.jsonl`);
    return [
      { ...bagFile(`${name}.segments.jsonl`, given.segments), sha256: null },
      { ...bagFile(`${name}.heads`, given.heads), sha256: null },
      { path: part.file, bytes: part.bytes, open: () => given.open(), sha256: part.sha256 },
    ];
  });
}

/** RFC 6962 root over the lines of a segments file; '' when there are not as many as the record says. */
function segmentsRoot(segments: Uint8Array, lines: number): string {
  const text = Buffer.from(segments);
  const tree = new MerkleTree();
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf(0x0a, at);
    if (end < 0) return '';
    tree.append(text.subarray(at, end));
    at = end + 1;
  }
  return tree.size === lines ? tree.root().toString('hex') : '';
}

function certificateFiles(input: BagInput): BagFile[] {
  const pems = (folder: string, list: readonly string[]): BagFile[] => {
    const files = new Map<string, BagFile>();
    for (const pem of list) {
      const certificate = readCertificate(pem);
      const path = `${folder}/${certificate.sha256.slice(0, 16)}.pem`;
      files.set(path, bagFile(path, certificate.pem));
    }
    return [...files.values()];
  };
  return [
    ...pems('signatures/chain', input.chain),
    ...pems('signatures/roots/station', input.stationRoots),
    ...pems('signatures/roots/tsa', input.tsaRoots),
    ...input.revocation.map((list, i) => bagFile(`signatures/revocation/${i + 1}.crl`, list)),
  ];
}

const FOLDERS = /^(?:signatures|attachments|supplements|copies|tracks)\//;

/** Each path is safe, in one of the folders of the format, and there once, also where case does not count. */
function checkPaths(files: readonly PlannedFile[], record: EvidenceRecord): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    const own = path === 'record.json' || path === 'READ-ME.html';
    const safe = RelativePath.safeParse(path).success && (own || FOLDERS.test(path));
    if (!safe || seen.has(path.toLowerCase())) throw new Refusal('PATH_OUTSIDE_FOLDER', { path: path.slice(0, 200) });
    seen.add(path.toLowerCase());
  }
  for (const { file } of [...record.signers, ...record.attachments]) {
    if (!files.some(({ path }) => path === file)) throw differs(file);
  }
}

/** The file is not there, or not what the record says of it. */
export function differs(file: string): Refusal {
  return new Refusal('BAG_SOURCE_DIFFERS', { file });
}
