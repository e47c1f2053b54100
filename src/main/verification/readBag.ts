import { createHash } from 'node:crypto';
import { Refusal } from '../../shared/errors.ts';
import type { CheckReason } from '../../shared/evidence/verification.ts';
import type { Gate } from './gate.ts';
import { clashes } from './names.ts';
import { type PartScanner, partScanner, type ScannedSegment } from './partScan.ts';
import { type PartJob, scanInThreads } from './scanInThreads.ts';
import { readSegmentLines, type SegmentLines } from './segmentLines.ts';
import type { BagEntry, BagSource } from './source.ts';

/** A text of a bag is never larger; media, attachments and copies are hashed as they pass and not kept. */
const LARGEST_TEXT = 64 << 20;
const LARGEST_TEXTS = 512 << 20;
const HASHED_ONLY = [/^data\/attachments\//, /^data\/supplements\/.+\//, /^data\/copies\/[^/]+\/(?!copy\.json)/];
/** Where none of these is, there is no bag to speak of; where one is, what else is missing is a failed check. */
const SIGNS_OF_A_BAG = ['bagit.txt', 'manifest-sha256.txt', 'data/record.json'];
/** Parts below this, taken together, are read where we are: threads would cost more than they bring. */
const WORTH_THREADS = 16 << 20;
const KEPT_ANYWAY = /\.(?:p7s|tsr)$/;

export interface HashedFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** One part as far as its files allow. `segments` and `scanned` are null when the segments file is missing or wrong. */
export interface ReadPart {
  readonly segments: SegmentLines | { readonly problem: CheckReason } | null;
  readonly scanned: readonly ScannedSegment[] | null;
}

/** Everything the checks need, gathered in one pass: each file has been read exactly once. */
export interface BagContents {
  readonly name: string;
  readonly listing: readonly CheckReason[];
  readonly files: ReadonlyMap<string, HashedFile>;
  /** Bytes of the files that the checks read, by path. */
  readonly texts: ReadonlyMap<string, Buffer>;
  readonly tooLarge: readonly string[];
  /** By the part's path in the bag, such as `data/tracks/room.mp4`. */
  readonly parts: ReadonlyMap<string, ReadPart>;
}

export interface ReadProgress {
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waits while it is paused, without letting anything else run: for a thread of its own. */
  readonly gate?: Gate | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

/**
 * Reads a bag's files once, texts first, then media with the digests of their segments in the same pass. Throws what the
 * source throws (`BAG_UNREADABLE`, `AGE_…`), and the signal's reason when it is aborted.
 */
export async function readBag(source: BagSource, options: ReadOptions = {}): Promise<BagContents> {
  const listing = await source.list();
  const problems = [...listing.problems, ...clashes(listing.entries.map((entry) => entry.path))];
  if (!listing.entries.some((entry) => SIGNS_OF_A_BAG.includes(entry.path))) {
    throw new Refusal('BAG_UNREADABLE', { reason: source.name });
  }
  const entries = [...new Map(listing.entries.map((entry) => [entry.path, entry])).values()];
  const totalBytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const files = new Map<string, HashedFile>();
  const texts = new Map<string, Buffer>();
  const tooLarge: string[] = [];
  const parts = new Map<string, ReadPart>();
  let done = 0;
  let kept = 0;

  const onBytes = (bytes: number): void => {
    done += bytes;
    options.onProgress?.({ bytes: done, totalBytes });
  };
  const keep = (entry: BagEntry, file: HashedFile): void => {
    if (file.bytes !== entry.bytes)
      throw new Refusal('BAG_UNREADABLE', { reason: `${entry.path} changed while it was read` });
    files.set(entry.path, { bytes: file.bytes, sha256: file.sha256 });
  };
  const pass = async (entry: BagEntry, take: (bytes: Uint8Array) => void): Promise<void> => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of source.stream(entry.path)) {
      options.signal?.throwIfAborted();
      options.gate?.pass();
      hash.update(piece);
      take(piece);
      bytes += piece.length;
      onBytes(piece.length);
    }
    keep(entry, { bytes, sha256: hash.digest('hex') });
  };

  for (const entry of entries.filter((each) => !isPart(each.path))) {
    options.signal?.throwIfAborted();
    const wanted = KEPT_ANYWAY.test(entry.path) || !HASHED_ONLY.some((pattern) => pattern.test(entry.path));
    const small = entry.bytes <= LARGEST_TEXT && kept + entry.bytes <= LARGEST_TEXTS;
    if (wanted && !small) tooLarge.push(entry.path);
    const pieces: Uint8Array[] | null = wanted && small ? [] : null;
    await pass(entry, (piece) => pieces?.push(piece));
    if (pieces === null) continue;
    kept += entry.bytes;
    texts.set(entry.path, Buffer.concat(pieces));
  }
  const originals = entries.filter((each) => isPart(each.path));
  const linesOf = ({ path }: BagEntry): ReadPart['segments'] => {
    const file = segmentsFileOf(path);
    const text = texts.get(file);
    return text === undefined ? null : readSegmentLines(file, text);
  };
  const jobs = threadJobs(source, originals, linesOf);
  const apart = jobs.length === 0 ? null : await scanInThreads(jobs, { ...options, onBytes });
  for (const entry of originals) {
    options.signal?.throwIfAborted();
    const segments = linesOf(entry);
    const there = apart?.get(entry.path);
    if (there !== undefined) {
      keep(entry, there);
      parts.set(entry.path, { segments, scanned: there.scanned });
      continue;
    }
    const scanner: PartScanner | null = segments !== null && 'lines' in segments ? partScanner(segments.lines) : null;
    await pass(entry, (piece) => scanner?.update(piece));
    parts.set(entry.path, { segments, scanned: scanner?.finish() ?? null });
  }
  return { name: source.name, listing: problems, files, texts, tooLarge, parts };
}

/** The parts that threads read: all that lie open, when they are worth it, the largest first. */
function threadJobs(
  source: BagSource,
  entries: readonly BagEntry[],
  linesOf: (entry: BagEntry) => ReadPart['segments'],
): PartJob[] {
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) < WORTH_THREADS) return [];
  return entries
    .toSorted((a, b) => b.bytes - a.bytes)
    .flatMap((entry) => {
      const file = source.plainFile?.(entry.path) ?? null;
      if (file === null) return [];
      const segments = linesOf(entry);
      const lengths = segments !== null && 'lines' in segments ? segments.lines.map(({ length }) => length) : null;
      return [{ path: entry.path, file, lengths }];
    });
}

/** `data/tracks/room.2.mp4` → true: an original, not a segments or heads file. */
export function isPart(path: string): boolean {
  return /^data\/tracks\/[^/]+\.mp4$/.test(path);
}

/** `…/room.2.mp4` → `…/room.2.segments.jsonl`. */
export function segmentsFileOf(part: string): string {
  return `${part.slice(0, -'.mp4'.length)}.segments.jsonl`;
}

/** `…/room.2.mp4` → `…/room.2.heads`. */
export function headsFileOf(part: string): string {
  return `${part.slice(0, -'.mp4'.length)}.heads`;
}
