import { createHash } from 'node:crypto';
import { CHUNK } from './ageChunks.ts';
import { type AgeEncryptor, createAgeEncryptor } from './ageEncryptor.ts';
import { type Disk, systemDisk } from './disk.ts';
import { partNames } from './partNames.ts';
import { PartTarget } from './partTarget.ts';
import { encodeTail } from './tail.ts';
import { type OnTargetLost, TargetSet } from './targetSet.ts';

/** What a part's writer is opened with. */
export interface PartOptions {
  /** One or two folders that exist; the same ciphertext goes to each. */
  readonly targets: readonly string[];
  /** The part's plain file name (`room.mp4`); on disk it is `room.mp4.age`. */
  readonly file: string;
  /** The exhibit's `age1…`. */
  readonly recipient: string;
  readonly onTargetLost?: OnTargetLost;
  /** How long a target may hang when the other has done the same step before it is dropped; 10,000 ms unless told. */
  readonly patienceMs?: number;
  readonly disk?: Disk;
}

/** A finished part: length and digest of the plaintext, and what stands on each target that held out. */
export interface FinishedPart {
  readonly bytes: number;
  readonly sha256: string;
  readonly stored: readonly { target: string; file: string; bytes: number; sha256: string }[];
}

/**
 * Writes one part to its targets while it is recorded (EVIDENCE-FORMAT §1, "At rest"). Plaintext passes once: each
 * chunk is sealed once, the same ciphertext goes to every target, both digests grow on the way.
 */
export class PartWriter {
  readonly #options: PartOptions;
  readonly #encryptor: AgeEncryptor;
  readonly #plainHash = createHash('sha256');
  readonly #storedHash = createHash('sha256');
  readonly #targets: TargetSet<PartTarget>;
  /** One thing at a time, in the order of the calls. */
  #queue: Promise<unknown> = Promise.resolve();
  #plainBytes = 0;
  #storedBytes = 0;
  #durableBytes = 0;
  #tailPending = false;

  constructor(options: PartOptions, encryptor: AgeEncryptor) {
    this.#options = options;
    this.#encryptor = encryptor;
    const disk = options.disk ?? systemDisk;
    const made = options.targets.map((folder) => new PartTarget(disk, folder, options.file));
    this.#targets = new TargetSet(made, { onLost: options.onTargetLost, patienceMs: options.patienceMs });
  }

  /** Plaintext bytes taken. */
  get bytes(): number {
    return this.#plainBytes;
  }

  /** Plaintext bytes that survive a power cut on every target that is left. */
  get durableBytes(): number {
    return this.#durableBytes;
  }

  /** The target folders that are still written to. */
  get targets(): readonly string[] {
    return this.#targets.left.map((target) => target.folder);
  }

  /** Makes the files and writes the header. Throws `TARGET_UNUSABLE` if no target can be used. */
  async start(): Promise<void> {
    await this.#targets.each((target) => target.create());
    await this.#store([this.#encryptor.header]);
  }

  /** Takes plaintext (the caller may reuse the buffer once it resolves). Throws `TARGET_UNUSABLE`. */
  write(bytes: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      this.#plainHash.update(bytes);
      this.#plainBytes += bytes.length;
      if (bytes.length > 0) this.#tailPending = true;
      await this.#store(this.#encryptor.update(bytes));
    });
  }

  /**
   * After it resolves everything written so far survives a power cut: the sealed chunks in the main file, the rest in
   * the tail. The main file is synced first, so a tail never begins beyond the chunks on disk. Throws `TARGET_UNUSABLE`.
   */
  makeDurable(): Promise<void> {
    return this.#inTurn(async () => {
      const [upTo, offset] = [this.#plainBytes, this.#encryptor.chunks * CHUNK];
      const part = partNames(this.#options.file).part;
      const tail = this.#tailPending
        ? await encodeTail({ part, offset, bytes: this.#encryptor.pending }, [this.#options.recipient])
        : undefined;
      await this.#targets.each(async (target) => {
        await target.syncMain();
        if (tail !== undefined) await target.replaceTail(tail);
      });
      this.#tailPending = false;
      this.#durableBytes = upTo;
    });
  }

  /** Writes the last chunk, makes all of it durable and removes the tail. Throws `TARGET_UNUSABLE`. */
  finish(): Promise<FinishedPart> {
    return this.#inTurn(async () => {
      await this.#store([this.#encryptor.finish()]);
      await this.#targets.each((target) => target.finish());
      this.#durableBytes = this.#plainBytes;
      const [bytes, sha256] = [this.#storedBytes, this.#storedHash.digest('hex')];
      const stored = this.#targets.left.map((target) => ({ target: target.folder, file: target.name, bytes, sha256 }));
      return { bytes: this.#plainBytes, sha256: this.#plainHash.digest('hex'), stored };
    });
  }

  /** Lets the files go as they are, unfinished, as a crash would leave them. */
  abandon(): Promise<void> {
    return this.#inTurn(() => this.#targets.closeAll());
  }

  async #store(pieces: readonly Buffer[]): Promise<void> {
    if (pieces.length === 0) return;
    const sealed = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    this.#storedHash.update(sealed);
    this.#storedBytes += sealed.length;
    await this.#targets.each((target) => target.append(sealed));
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(act, act);
    // Whoever asked gets the failure; the next in turn finds no target and says so itself.
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** Opens a part on its targets. Throws `KEY_UNREADABLE`, `TARGET_UNUSABLE` (no target could be used at all). */
export async function openPart(options: PartOptions): Promise<PartWriter> {
  const writer = new PartWriter(options, await createAgeEncryptor([options.recipient]));
  await writer.start();
  return writer;
}
