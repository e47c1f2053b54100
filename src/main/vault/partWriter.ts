import { createHash } from 'node:crypto';
import { CHUNK } from './ageChunks.ts';
import { type AgeEncryptor, createAgeEncryptor } from './ageEncryptor.ts';
import { type Disk, systemDisk } from './disk.ts';
import { partNames } from './partNames.ts';
import { PartTarget } from './partTarget.ts';
import { encodeTail } from './tail.ts';
import { TargetLanes } from './targetLanes.ts';
import type { OnTargetLost } from './targetSet.ts';

/** What a part's writer is opened with. */
export interface PartOptions {
  /** One or two folders that exist; the same ciphertext goes to each. */
  readonly targets: readonly string[];
  /** The part's plain file name (`room.mp4`); on disk it is `room.mp4.age`. */
  readonly file: string;
  /** The exhibit's `age1…`. */
  readonly recipient: string;
  /** Names of text files beside it, in the same folder, that `addText` grows. */
  readonly texts?: readonly string[];
  readonly onTargetLost?: OnTargetLost;
  /** A target lags behind the other for seconds (`true`), or has caught up again (`false`). */
  readonly onTargetSlow?: (target: string, slow: boolean) => void;
  /** `bytes` of plaintext survive a power cut on every target that is left: told each time that it is more. */
  readonly onDurable?: (bytes: number) => void;
  /** How long a target may hang when the other is further before it is dropped; 10,000 ms unless told. */
  readonly patienceMs?: number;
  /** How long a step waits for the slower target; 500 ms unless told. One that is late once is not waited for again until it has caught up. */
  readonly graceMs?: number;
  /** How many bytes of this part a slow target may be behind before it is dropped; 16 MiB unless told. */
  readonly largestLag?: number;
  readonly disk?: Disk;
}

/** A finished part: length and digest of the plaintext, and what stands on each target that held out. */
export interface FinishedPart {
  readonly bytes: number;
  readonly sha256: string;
  readonly stored: readonly { target: string; file: string; bytes: number; sha256: string }[];
}

const USUAL = { patienceMs: 10_000, graceMs: 500, largestLag: 16 * 1024 * 1024 } as const;

/**
 * Writes one part to its targets while it is recorded (EVIDENCE-FORMAT §1, "At rest"). Plaintext passes once: each
 * chunk is sealed once, the same ciphertext goes to every target, both digests grow on the way. A slow target never
 * holds up the other for longer than `graceMs`; what it still owes waits in memory, up to `largestLag`.
 */
export class PartWriter {
  readonly #options: PartOptions;
  readonly #encryptor: AgeEncryptor;
  readonly #plainHash = createHash('sha256');
  readonly #storedHash = createHash('sha256');
  readonly #lanes: TargetLanes;
  /** One thing at a time, in the order of the calls. */
  #queue: Promise<unknown> = Promise.resolve();
  #plainBytes = 0;
  #storedBytes = 0;
  #toldDurable = 0;
  #tailPending = false;

  constructor(options: PartOptions, encryptor: AgeEncryptor) {
    this.#options = options;
    this.#encryptor = encryptor;
    const disk = options.disk ?? systemDisk;
    const made = options.targets.map((folder) => new PartTarget(disk, folder, options.file, options.texts ?? []));
    this.#lanes = new TargetLanes(made, {
      onLost: options.onTargetLost,
      onSlow: options.onTargetSlow,
      onProgress: () => this.#progress(),
      patienceMs: options.patienceMs ?? USUAL.patienceMs,
      graceMs: options.graceMs ?? USUAL.graceMs,
      largestLag: options.largestLag ?? USUAL.largestLag,
    });
  }

  /** Plaintext bytes taken. */
  get bytes(): number {
    return this.#plainBytes;
  }

  /** Plaintext bytes that survive a power cut on every target that is left. */
  get durableBytes(): number {
    return this.#lanes.left.length === 0 ? 0 : Math.min(...this.#lanes.left.map((lane) => lane.durableBytes));
  }

  /** The target folders that are still written to: how many bytes each still has to write, and how many are durable there. */
  get progress(): readonly { target: string; behindBytes: number; durableBytes: number }[] {
    return this.#lanes.left.map(({ target, behindBytes, durableBytes }) => ({
      ...{ target: target.folder, behindBytes, durableBytes },
    }));
  }

  /** The target folders that are still written to. */
  get targets(): readonly string[] {
    return this.#lanes.left.map(({ target }) => target.folder);
  }

  /** Makes the files and writes the header. Throws `TARGET_UNUSABLE` if no target can be used. */
  async start(): Promise<void> {
    await this.#lanes.do({ create: true });
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
   * After it resolves everything written so far survives a power cut on every target that keeps up, on one at least: the
   * sealed chunks in the main file, the rest in the tail. Throws `TARGET_UNUSABLE`.
   */
  makeDurable(): Promise<void> {
    return this.#inTurn(async () => {
      const [upTo, offset] = [this.#plainBytes, this.#encryptor.chunks * CHUNK];
      const part = partNames(this.#options.file).part;
      const tail = this.#tailPending
        ? await encodeTail({ part, offset, bytes: this.#encryptor.pending }, [this.#options.recipient])
        : undefined;
      await this.#lanes.do({ durable: { upTo, tail } });
      this.#tailPending = false;
    });
  }

  /**
   * Adds to the end of one of `texts`. It becomes durable on each target after everything that was to be durable before
   * it; resolves as `makeDurable` does. Throws `TARGET_UNUSABLE`.
   */
  addText(file: string, text: string): Promise<void> {
    return this.#inTurn(() => this.#lanes.do({ text: { file, bytes: Buffer.from(text, 'utf8') } }));
  }

  /**
   * Writes the last chunk, makes all of it durable and removes the tail. A target that is still behind is waited for as
   * long as patience lasts, then dropped: it is brought level after the seal. Throws `TARGET_UNUSABLE`.
   */
  finish(): Promise<FinishedPart> {
    return this.#inTurn(async () => {
      await this.#store([this.#encryptor.finish()]);
      await this.#lanes.do({ durable: { upTo: this.#plainBytes, tail: undefined } });
      await this.#lanes.do({ finish: true }, true);
      const [bytes, sha256] = [this.#storedBytes, this.#storedHash.digest('hex')];
      const stored = this.#lanes.left.map(({ target }) => ({
        target: target.folder,
        file: target.name,
        bytes,
        sha256,
      }));
      return { bytes: this.#plainBytes, sha256: this.#plainHash.digest('hex'), stored };
    });
  }

  /** Lets the files go as they are, unfinished, as a crash would leave them. */
  abandon(): Promise<void> {
    return this.#inTurn(() => this.#lanes.closeAll());
  }

  async #store(pieces: readonly Buffer[]): Promise<void> {
    if (pieces.length === 0) return;
    const sealed = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    this.#storedHash.update(sealed);
    this.#storedBytes += sealed.length;
    await this.#lanes.do({ sealed });
  }

  #progress(): void {
    const bytes = this.durableBytes;
    if (bytes <= this.#toldDurable) return;
    this.#toldDurable = bytes;
    this.#options.onDurable?.(bytes);
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
