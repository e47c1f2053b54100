import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { type EvidenceRecord, type RecordPart, SegmentLine } from '../../shared/evidence/record.ts';
import { MerkleTree } from '../custody/index.ts';
import { type AgeReader, openAgeFile, resolveInside } from '../vault/index.ts';

/** A copy of a segment that did not verify: which target it lay on and what was wrong. */
export interface DamagedCopy {
  readonly folder: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

interface OpenPart {
  readonly part: RecordPart;
  readonly lines: readonly SegmentLine[];
  /** One reader a target, opened when first needed; null for one that cannot be opened. */
  readonly readers: Map<string, Promise<AgeReader | null>>;
}

/**
 * A sealed exhibit, open for reading. Its segment lists have been checked against the record's Merkle roots when it was
 * opened, so a segment that matches its line is what was sealed. Where one target's copy is damaged the other's is read.
 */
export class OpenExhibit {
  readonly record: EvidenceRecord;
  readonly #folders: readonly string[];
  readonly #identity: string;
  readonly #parts = new Map<string, OpenPart[]>();
  readonly #onDamage: (copy: DamagedCopy) => void;

  constructor(
    record: EvidenceRecord,
    folders: readonly string[],
    identity: string,
    onDamage: (copy: DamagedCopy) => void,
  ) {
    this.record = record;
    this.#folders = folders;
    this.#identity = identity;
    this.#onDamage = onDamage;
  }

  /** Reads and checks every segment list. @throws Refusal SEGMENT_DAMAGED where no target holds a list that matches */
  async start(): Promise<void> {
    for (const track of this.record.tracks) {
      const parts: OpenPart[] = [];
      for (const part of track.parts) {
        parts.push({ part, lines: await this.#linesOf(track.id, part), readers: new Map() });
      }
      this.#parts.set(track.id, parts);
    }
  }

  /** The parts of a track with their lines, in order. @throws Refusal SEGMENT_UNKNOWN */
  parts(track: string): readonly { part: RecordPart; lines: readonly SegmentLine[] }[] {
    const parts = this.#parts.get(track);
    if (parts === undefined) throw new Refusal('SEGMENT_UNKNOWN', { track });
    return parts;
  }

  /**
   * One segment, whole: decrypted, and equal to its digest. `number` counts parts from 1, `line` is the line's number.
   * @throws Refusal SEGMENT_UNKNOWN, SEGMENT_DAMAGED (no target holds a copy that verifies)
   */
  async segment(track: string, number: number, line: number): Promise<Buffer> {
    const open = this.#parts.get(track)?.[number - 1];
    const wanted = open?.lines[line];
    if (open === undefined || wanted === undefined) throw new Refusal('SEGMENT_UNKNOWN', { track });
    for (const folder of this.#folders) {
      const bytes = await this.#read(open, folder, wanted);
      if (bytes !== null) return bytes;
    }
    throw new Refusal('SEGMENT_DAMAGED', { track, at: Math.floor(wanted.start_ms / 1000) });
  }

  async close(): Promise<void> {
    for (const parts of this.#parts.values()) {
      for (const { readers } of parts)
        await Promise.all([...readers.values()].map(async (reader) => (await reader)?.close()));
    }
    this.#parts.clear();
  }

  async #linesOf(track: string, part: RecordPart): Promise<SegmentLine[]> {
    for (const folder of this.#folders) {
      const path = resolveInside(folder, part.file.replace(/\.[^.]+$/, '.segments.jsonl'));
      const text = await readFile(path, 'utf8').catch(() => null);
      const lines = text === null ? null : checkedLines(text, part);
      if (lines !== null) return lines;
      this.#onDamage({ folder, file: basename(path), line: -1, reason: text === null ? 'missing' : 'root' });
    }
    throw new Refusal('SEGMENT_DAMAGED', { track, at: 0 });
  }

  async #read(open: OpenPart, folder: string, line: SegmentLine): Promise<Buffer | null> {
    const file = `${open.part.file}.age`;
    try {
      const reader = await this.#reader(open, folder, file);
      if (reader === null) return null;
      const bytes = await reader.read(line.offset, line.length);
      if (createHash('sha256').update(bytes).digest('hex') === line.sha256) return bytes;
      this.#onDamage({ folder, file, line: line.i, reason: 'digest' });
    } catch (error) {
      // Whatever keeps this copy from being read (a disk that fails, a shorter file in its place): the other one is tried.
      this.#onDamage({ folder, file, line: line.i, reason: reasonOf(error) });
    }
    return null;
  }

  /** One reader a target, also when two segments are asked for at once. */
  #reader(open: OpenPart, folder: string, file: string): Promise<AgeReader | null> {
    const there = open.readers.get(folder);
    if (there !== undefined) return there;
    const reader = openAgeFile(join(folder, file), this.#identity).catch((error: unknown) => {
      this.#onDamage({ folder, file, line: -1, reason: isRefusal(error) ? error.code : 'missing' });
      return null;
    });
    open.readers.set(folder, reader);
    return reader;
  }
}

/** Why a copy could not be read, in a word: our own code, the system's (`EIO`), or that it ends too early. */
function reasonOf(error: unknown): string {
  if (isRefusal(error)) return error.code;
  if (error instanceof RangeError) return 'too-short';
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreadable';
}

/** The lines of a segment list, if their tree is the one that the record was signed over; otherwise null. */
function checkedLines(text: string, part: RecordPart): SegmentLine[] | null {
  const rows = text.split('\n').slice(0, -1);
  const tree = new MerkleTree();
  for (const row of rows) tree.append(Buffer.from(row));
  if (rows.length !== part.lines || tree.root().toString('hex') !== part.merkle_root) return null;
  const lines: SegmentLine[] = [];
  for (const row of rows) {
    const parsed = SegmentLine.safeParse(JSON.parse(row));
    if (!parsed.success) return null;
    lines.push(parsed.data);
  }
  return lines;
}
