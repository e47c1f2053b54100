import { Refusal } from '../../shared/errors.ts';
import { CHUNK, layoutOf, openChunk, type PayloadKey, payloadKeyObject, SEALED_CHUNK } from './ageChunks.ts';
import { openHeader } from './ageHeader.ts';
import { LONGEST_HEADER } from './ageHeaderText.ts';
import { openInThreads } from './bulk/openInThreads.ts';
import { LARGE } from './bulk/slots.ts';
import { type FileSource, fileUnreadable, openSource } from './fileSource.ts';
import { parseIdentities } from './keys.ts';

/** Opened chunks kept for the next read, 512 KiB: a player asks for neighbours. */
const KEPT_CHUNKS = 8;
/** Chunks read from disk at once, 1 MiB. */
const STREAM_CHUNKS = 16;

const NOTHING = Promise.resolve(Buffer.alloc(0));

/** An age file open for random reads of its plaintext. Nothing is given out that was not authenticated. */
export interface AgeReader {
  /** Length of the plaintext, vouched for by the last chunk. */
  readonly plainBytes: number;
  /** Exactly `length` bytes of plaintext from `offset`. Throws `AGE_DAMAGED`, and RangeError beyond the end. */
  read(offset: number, length: number): Promise<Buffer>;
  /**
   * The plaintext from `from` up to `to` (default: all of it) in pieces that the caller may keep; a long stretch is read and
   * opened by threads of its own. Throws `AGE_DAMAGED` where it is damaged.
   */
  stream(from?: number, to?: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens an age v1 file for random reads. The last chunk is authenticated, with its flag, before the length is believed
 * (C2SP age, "Payload"), so a file that was cut is never taken for a shorter one. Throws `KEY_UNREADABLE`,
 * `VAULT_FILE_UNREADABLE`, `AGE_MALFORMED`, `AGE_TRUNCATED`, `AGE_WRONG_KEY`, `AGE_DAMAGED`.
 */
export async function openAgeFile(path: string, identity: string): Promise<AgeReader> {
  const keys = parseIdentities(identity);
  const source = await openSource(path);
  try {
    const header = openHeader(await source.read(0, Math.min(source.size, LONGEST_HEADER)), ...keys);
    const layout = layoutOf(source.size - header.length);
    if (layout === undefined) throw new Refusal('AGE_TRUNCATED', { file: source.name });
    const reader = new ChunkReader(source, header.length, header.payloadKey, layout);
    await reader.authenticateEnd();
    return reader;
  } catch (error) {
    await source.close();
    throw error;
  }
}

class ChunkReader implements AgeReader {
  readonly plainBytes: number;
  readonly #source: FileSource;
  readonly #start: number;
  readonly #rawKey: Buffer;
  readonly #key: PayloadKey;
  readonly #chunks: number;
  /** Oldest first: a Map keeps the order in which keys came. */
  readonly #kept = new Map<number, Buffer>();

  constructor(source: FileSource, start: number, key: Buffer, layout: { chunks: number; plainBytes: number }) {
    this.#source = source;
    this.#start = start;
    this.#rawKey = key;
    this.#key = payloadKeyObject(key);
    this.#chunks = layout.chunks;
    this.plainBytes = layout.plainBytes;
  }

  async authenticateEnd(): Promise<void> {
    const index = this.#chunks - 1;
    const sealed = await this.#sealed(index, 1);
    const plain = openChunk(this.#key, index, true, sealed);
    if (plain !== undefined) return this.#keep(index, plain);
    // A chunk that is authentic but not the last: the file ends too early, at a border.
    if (openChunk(this.#key, index, false, sealed) !== undefined) {
      throw new Refusal('AGE_TRUNCATED', { file: this.#source.name });
    }
    throw this.#damaged(index);
  }

  async read(offset: number, length: number): Promise<Buffer> {
    this.#mustHold(offset, offset + length);
    const whole = Buffer.allocUnsafe(length);
    const end = Math.ceil((offset + length) / CHUNK);
    for (let index = Math.floor(offset / CHUNK); index < end; ) {
      const chunks = this.#keptFrom(index) ?? (await this.#fresh(index, end));
      for (const chunk of chunks) {
        const from = index * CHUNK - offset;
        whole.set(chunk.subarray(Math.max(0, -from), length - from), Math.max(0, from));
        this.#keep(index, chunk);
        index += 1;
      }
    }
    return whole;
  }

  async *stream(from = 0, to = this.plainBytes): AsyncIterable<Buffer> {
    this.#mustHold(from, to);
    yield* to - from < LARGE ? this.#streamHere(from, to) : this.#streamBeside(from, to);
  }

  async *#streamBeside(from: number, to: number): AsyncIterable<Buffer> {
    const [first, end] = [Math.floor(from / CHUNK), Math.ceil(to / CHUNK)];
    const { fd, name } = this.#source;
    let at = first * CHUNK;
    for await (const opened of openInThreads({
      fd,
      start: this.#start,
      key: this.#rawKey,
      chunks: this.#chunks,
      first,
      end,
    })) {
      if (opened.state === 'damaged') throw this.#damaged(opened.index);
      if (opened.state === 'unreadable') throw fileUnreadable(name, opened.reason);
      const { buffer, byteOffset, length } = opened.plain;
      const piece = Buffer.from(buffer, byteOffset, length).subarray(Math.max(0, from - at), to - at);
      at += length;
      if (piece.length > 0) yield piece;
    }
  }

  async *#streamHere(from: number, to: number): AsyncIterable<Buffer> {
    const end = Math.ceil(to / CHUNK);
    let ahead = this.#ahead(Math.floor(from / CHUNK), end);
    for (let first = Math.floor(from / CHUNK); first < end; first += STREAM_CHUNKS) {
      const count = Math.min(STREAM_CHUNKS, end - first);
      const sealed = await ahead;
      ahead = this.#ahead(first + STREAM_CHUNKS, end);
      for (let i = 0; i < count; i++) {
        const index = first + i;
        const plain = this.#open(index, sealed.subarray(i * SEALED_CHUNK, (i + 1) * SEALED_CHUNK));
        const piece = plain.subarray(Math.max(0, from - index * CHUNK), to - index * CHUNK);
        if (piece.length > 0) yield piece;
      }
    }
  }

  /** Begins to read while the chunks before are opened. Whoever stops early leaves a failure that concerns nobody. */
  #ahead(first: number, end: number): Promise<Buffer> {
    const bytes = first < end ? this.#sealed(first, Math.min(STREAM_CHUNKS, end - first)) : NOTHING;
    bytes.catch(() => undefined);
    return bytes;
  }

  async close(): Promise<void> {
    this.#kept.clear();
    this.#rawKey.fill(0);
    await this.#source.close();
  }

  #keptFrom(index: number): readonly Buffer[] | undefined {
    const kept = this.#kept.get(index);
    return kept === undefined ? undefined : [kept];
  }

  /** The chunks from `first` that are not kept, up to `end` and no more than one reading takes. */
  async #fresh(first: number, end: number): Promise<readonly Buffer[]> {
    let count = 1;
    while (count < STREAM_CHUNKS && first + count < end && !this.#kept.has(first + count)) count += 1;
    const sealed = await this.#sealed(first, count);
    return Array.from({ length: count }, (_, i) =>
      this.#open(first + i, sealed.subarray(i * SEALED_CHUNK, (i + 1) * SEALED_CHUNK)),
    );
  }

  #keep(index: number, plain: Buffer): void {
    this.#kept.delete(index);
    this.#kept.set(index, plain);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_CHUNKS) return;
      this.#kept.delete(oldest);
    }
  }

  #open(index: number, sealed: Buffer): Buffer {
    const plain = openChunk(this.#key, index, index === this.#chunks - 1, sealed);
    if (plain === undefined) throw this.#damaged(index);
    return plain;
  }

  #sealed(first: number, count: number): Promise<Buffer> {
    return this.#source.read(this.#start + first * SEALED_CHUNK, count * SEALED_CHUNK);
  }

  #mustHold(from: number, to: number): void {
    const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
    if (!whole || from < 0 || to < from || to > this.plainBytes) {
      throw new RangeError(`bytes ${from} to ${to} of ${this.plainBytes}`);
    }
  }

  #damaged(index: number): Refusal {
    return new Refusal('AGE_DAMAGED', { file: this.#source.name, where: `chunk ${index}` });
  }
}
