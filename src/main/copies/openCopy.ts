import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { SegmentLine } from '../../shared/evidence/record.ts';
import { verifyDetached } from '../sealing/index.ts';
import { type AgeReader, openAgeFile } from '../vault/index.ts';
import { COPY_MEDIA, COPY_SEGMENTS, copyFolder, readBeside } from './copyFolder.ts';
import type { MadeCopy } from './copyRows.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The files beside a copy's media, each as the statement or its signature vouches for it. */
export interface CheckedCopy {
  readonly p7s: { readonly file: string; readonly bytes: Buffer };
  readonly segments: Buffer;
  readonly lines: readonly SegmentLine[];
}

/**
 * Checks a copy's signature and segment list against its statement. `folders` are the exhibit's that are there now.
 * @throws Refusal SIGNATURE_INVALID, COPY_DAMAGED
 */
export async function checkedCopy(copy: MadeCopy, folders: readonly string[]): Promise<CheckedCopy> {
  const [signer] = copy.statement.signers;
  if (signer === undefined) throw new Refusal('SIGNATURE_INVALID');
  const content = { sha256: createHash('sha256').update(copy.bytes).digest() };
  const p7s = await readBeside(folders, copy.id, signer.file, (bytes) => {
    const verdict = verifyDetached({ p7s: bytes, content });
    return verdict.valid && verdict.signer?.sha256 === signer.cert_sha256;
  });
  if (p7s === null) throw new Refusal('SIGNATURE_INVALID');
  const digest = copy.statement.files.find(({ file }) => file === COPY_SEGMENTS)?.sha256;
  const segments = await readBeside(folders, copy.id, COPY_SEGMENTS, (bytes) => sha256(bytes) === digest);
  if (segments === null) throw new Refusal('COPY_DAMAGED', { file: COPY_SEGMENTS });
  const rows = segments.toString('utf8').split('\n').slice(0, -1);
  return {
    p7s: { file: signer.file, bytes: p7s },
    segments,
    lines: rows.map((row) => SegmentLine.parse(JSON.parse(row))),
  };
}

/** A derived copy, open for playing: each segment is decrypted and equal to its digest before it is given. */
export class OpenCopy {
  readonly copy: MadeCopy;
  readonly lines: readonly SegmentLine[];
  readonly #folders: readonly string[];
  readonly #identity: string;
  readonly #readers = new Map<string, Promise<AgeReader | null>>();

  constructor(copy: MadeCopy, checked: CheckedCopy, folders: readonly string[], identity: string) {
    this.copy = copy;
    this.lines = checked.lines;
    this.#folders = folders;
    this.#identity = identity;
  }

  /** One segment, whole; 0 is the initialisation section. @throws Refusal SEGMENT_UNKNOWN, SEGMENT_DAMAGED */
  async segment(line: number): Promise<Buffer> {
    const wanted = this.lines[line];
    if (wanted === undefined) throw new Refusal('SEGMENT_UNKNOWN', { track: this.copy.id });
    for (const folder of this.#folders) {
      const bytes = await this.#read(folder, wanted);
      if (bytes !== null) return bytes;
    }
    throw new Refusal('SEGMENT_DAMAGED', { track: this.copy.id, at: Math.floor(wanted.start_ms / 1000) });
  }

  /** The HLS playlist (RFC 8216): one address a segment, as of a master's track. */
  playlist(): string {
    const media = this.lines.slice(1);
    const longest = Math.max(1000, ...media.map((line) => line.duration_ms));
    const rows = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${Math.ceil(longest / 1000)}`];
    rows.push('#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-MAP:URI="1/0.mp4"');
    for (const { duration_ms, i } of media) rows.push(`#EXTINF:${(duration_ms / 1000).toFixed(3)},`, `1/${i}.mp4`);
    return `${rows.join('\n')}\n#EXT-X-ENDLIST\n`;
  }

  /** All bytes of the media, for giving it out. @throws Refusal COPY_DAMAGED where they are not what was signed */
  async *stream(): AsyncGenerator<Uint8Array> {
    for (const { i } of this.lines) yield await this.segment(i);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#readers.values()].map(async (reader) => (await reader)?.close()));
    this.#readers.clear();
  }

  async #read(folder: string, line: SegmentLine): Promise<Buffer | null> {
    const reader = await this.#reader(folder);
    if (reader === null) return null;
    // A damaged chunk, a shorter file, a disk that fails: the other target's copy is tried, and refused if that fails too.
    const bytes = await reader.read(line.offset, line.length).catch(() => null);
    return bytes !== null && sha256(bytes) === line.sha256 ? bytes : null;
  }

  #reader(folder: string): Promise<AgeReader | null> {
    const there = this.#readers.get(folder);
    if (there !== undefined) return there;
    const path = join(copyFolder(folder, this.copy.id), `${COPY_MEDIA}.age`);
    const reader = openAgeFile(path, this.#identity).catch(() => null);
    this.#readers.set(folder, reader);
    return reader;
  }
}
