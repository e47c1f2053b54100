import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isRefusal } from '../../shared/errors.ts';
import { openAgeFile } from '../vault/index.ts';
import { type ReadBag, readStatements, recordOf, sha256 } from './bag.ts';
import { folderSource } from './folderSource.ts';
import { type PartScanner, partScanner } from './partScan.ts';
import { type HashedFile, type ReadPart, segmentsFileOf } from './readBag.ts';
import { readSegmentLines } from './segmentLines.ts';

/** Small files that a sealed exhibit keeps open beside its encrypted parts, as in a bag's `data`. */
const SMALL =
  /^(?:record\.json$|signatures\/|custody\/|tracks\/[^/]+\.(?:segments\.jsonl|heads)$|supplements\/[1-9][0-9]{0,5}\.json)/;
const LARGEST_TEXT = 64 << 20;

export interface StoredFolder {
  /** The exhibit's folder on one target. */
  readonly folder: string;
  /** The exhibit's own age identity; null where its key was destroyed: then nothing that is encrypted is read. */
  readonly identity: string | null;
  /** Supplements that this target is not held to: they were added while it was away. */
  readonly lacks: readonly number[];
  /** Told of plaintext as it is read; what it throws ends the reading. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * An exhibit as it lies on one target, read as a bag is read, its parts decrypted, so that the very same checks can look at
 * it. What is missing or damaged is missing in the result: for the checks to say.
 */
export async function readStored(stored: StoredFolder): Promise<ReadBag> {
  const source = folderSource(stored.folder);
  const listing = await source.list();
  const files = new Map<string, HashedFile>();
  const texts = new Map<string, Buffer>();
  for (const { path, bytes } of listing.entries) {
    if (!SMALL.test(path) || bytes > LARGEST_TEXT || isLacking(path, stored.lacks)) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of source.stream(path)) pieces.push(piece);
    const text = Buffer.concat(pieces);
    texts.set(`data/${path}`, text);
    files.set(`data/${path}`, { bytes: text.length, sha256: sha256(text) });
  }
  const parts = new Map<string, ReadPart>();
  const contents = { name: source.name, listing: listing.problems, files, texts, tooLarge: [], parts };
  const bag = readStatements(contents);
  for (const { file } of (recordOf(bag)?.tracks ?? []).flatMap((track) => track.parts)) {
    const path = `data/${file}`;
    const lines = texts.get(segmentsFileOf(path));
    const segments = lines === undefined ? null : readSegmentLines(segmentsFileOf(path), lines);
    const scanner: PartScanner | null = segments !== null && 'lines' in segments ? partScanner(segments.lines) : null;
    const read = await readPart(join(stored.folder, `${file}.age`), stored, scanner);
    if (read !== null) files.set(path, read);
    parts.set(path, { segments, scanned: scanner?.finish() ?? null });
  }
  for (const file of filesBeside(bag)) {
    const read = await readPart(join(stored.folder, `${file}.age`), stored, null);
    if (read !== null) files.set(`data/${file}`, read);
  }
  return bag;
}

/** Attachments and the files of supplements: encrypted like the parts, by their paths in the exhibit's folder. */
function filesBeside(bag: ReadBag): string[] {
  const attached = (recordOf(bag)?.attachments ?? []).map(({ file }) => file);
  const added = [...bag.supplements.values()].flatMap((read) =>
    'value' in read ? read.value.attachments.map(({ file }) => `supplements/${file}`) : [],
  );
  return [...attached, ...added];
}

function isLacking(path: string, lacks: readonly number[]): boolean {
  const n = /^supplements\/([1-9][0-9]{0,5})\.json/.exec(path)?.[1];
  return n !== undefined && lacks.includes(Number(n));
}

/** Null where the age file cannot be opened; as far as it is authentic where it is damaged. */
async function readPart(
  path: string,
  { identity, onBytes }: StoredFolder,
  scanner: PartScanner | null,
): Promise<HashedFile | null> {
  if (identity === null) return null;
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const reader = await openAgeFile(path, identity);
    try {
      for await (const piece of reader.stream()) {
        hash.update(piece);
        scanner?.update(piece);
        bytes += piece.length;
        onBytes(piece.length);
      }
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (isRefusal(error, 'JOB_CANCELLED') || !isRefusal(error)) throw error;
    if (bytes === 0) return null;
  }
  return { bytes, sha256: hash.digest('hex') };
}
