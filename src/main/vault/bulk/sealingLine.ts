import type { Worker } from 'node:worker_threads';
import { startThread } from '../../platform/thread.ts';
import { BATCH_CHUNKS, BATCH_PLAIN, type Digests, newSlots, plainOf, type SealedBatch, sealedOf } from './slots.ts';

export interface SealingInput {
  /** What the file begins with, and the key of its chunks: fresh, for this file alone. */
  readonly header: Uint8Array;
  readonly payloadKey: Uint8Array;
  readonly plain: AsyncIterable<Uint8Array>;
  /** Takes the ciphertext in order, one piece at a time; the bytes are its own only until it resolves. */
  readonly write: (sealed: Uint8Array) => Promise<void>;
}

export interface SealedFile {
  readonly plainBytes: number;
  readonly storedBytes: number;
  readonly digests: Digests;
}

/**
 * Seals a large file with two threads beside the caller's: one seals, one makes both digests, while the caller reads and
 * writes. Throws what `plain` and `write` throw; nothing of it runs on when it settles.
 */
export async function sealInThreads(input: SealingInput): Promise<SealedFile> {
  const line = new SealingLine(input);
  try {
    let slot = await line.free();
    let filled = 0;
    for await (const piece of input.plain) {
      for (let at = 0; at < piece.length; ) {
        if (filled === BATCH_PLAIN) {
          line.send(slot, filled, false);
          slot = await line.free();
          filled = 0;
        }
        const taken = piece.subarray(at, at + BATCH_PLAIN - filled);
        line.plain(slot).set(taken, filled);
        filled += taken.length;
        at += taken.length;
      }
    }
    line.send(slot, filled, true);
    return await line.end();
  } finally {
    await line.close();
  }
}

class SealingLine {
  readonly #slots = newSlots();
  readonly #free: number[];
  readonly #sealing: Worker;
  readonly #digesting: Worker;
  readonly #write: SealingInput['write'];
  /** Slots that are both written and hashed are free again; this counts what each still waits for. */
  readonly #waits = new Map<number, number>();
  readonly #ended = Promise.withResolvers<Digests>();
  #writing: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;
  #digests: Digests | null = null;
  #chunks = 0;
  #plainBytes = 0;
  #storedBytes: number;

  constructor({ header, payloadKey, write }: SealingInput) {
    const slots = this.#slots;
    this.#free = Array.from({ length: slots.count }, (_, slot) => slot);
    this.#write = write;
    this.#storedBytes = header.length;
    this.#sealing = startThread('sealerThread', import.meta.url, { role: 'sealing', slots, key: payloadKey });
    this.#digesting = startThread('sealerThread', import.meta.url, { role: 'digests', slots, header });
    this.#sealing.on('message', (batch: SealedBatch) => this.#sealed(batch));
    this.#digesting.on('message', ({ slot, digests }: { slot: number; digests: Digests | null }) => {
      this.#digests = digests;
      this.#done(slot);
    });
    for (const thread of [this.#sealing, this.#digesting]) thread.on('error', (error) => this.#fail(error));
    this.#ended.promise.catch(() => undefined);
    this.#enqueue(header, () => undefined);
  }

  /** A slot to fill, as soon as there is one. */
  async free(): Promise<number> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      const slot = this.#free.pop();
      if (slot !== undefined) return slot;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  plain(slot: number): Uint8Array {
    return plainOf(this.#slots, slot, BATCH_PLAIN);
  }

  send(slot: number, plain: number, last: boolean): void {
    this.#waits.set(slot, 2);
    this.#sealing.postMessage({ slot, first: this.#chunks, plain, last });
    this.#chunks += BATCH_CHUNKS;
    this.#plainBytes += plain;
  }

  /** After the last batch: what became of it all. */
  async end(): Promise<SealedFile> {
    const digests = await this.#ended.promise;
    return { plainBytes: this.#plainBytes, storedBytes: this.#storedBytes, digests };
  }

  async close(): Promise<void> {
    this.#fail(new Error('the sealing was given up'));
    await Promise.all([this.#sealing.terminate(), this.#digesting.terminate(), this.#writing]);
  }

  #sealed(batch: SealedBatch): void {
    this.#digesting.postMessage(batch);
    this.#storedBytes += batch.sealed;
    this.#enqueue(sealedOf(this.#slots, batch.slot, batch.sealed), () => this.#done(batch.slot));
  }

  #enqueue(bytes: Uint8Array, then: () => void): void {
    this.#writing = this.#writing.then(async () => {
      if (this.#failure !== undefined) return;
      try {
        await this.#write(bytes);
        then();
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  #done(slot: number): void {
    const waits = (this.#waits.get(slot) ?? 0) - 1;
    this.#waits.set(slot, waits);
    if (waits > 0) return;
    this.#waits.delete(slot);
    this.#free.push(slot);
    if (this.#waits.size === 0 && this.#digests !== null) this.#ended.resolve(this.#digests);
    this.#wake?.();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#ended.reject(error);
    this.#wake?.();
  }
}
