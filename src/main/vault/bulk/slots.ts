import { CHUNK, SEALED_CHUNK } from '../ageChunks.ts';

/** Chunks that travel together between threads: a message costs more than a chunk's sealing on a busy machine. */
export const BATCH_CHUNKS = 16;
export const BATCH_PLAIN = BATCH_CHUNKS * CHUNK;
export const BATCH_SEALED = BATCH_CHUNKS * SEALED_CHUNK;
/** Below this many bytes of plaintext a thread costs more than it brings. */
export const LARGE = 8 * BATCH_PLAIN;

/** Enough that a thread which waits for its turn on a busy machine does not hold up the others. */
const SLOTS = 16;

/** Memory that the threads share: in each slot one batch of plaintext and the ciphertext that comes of it. */
export interface Slots {
  readonly memory: SharedArrayBuffer;
  readonly count: number;
}

export function newSlots(): Slots {
  return { memory: new SharedArrayBuffer(SLOTS * (BATCH_PLAIN + BATCH_SEALED)), count: SLOTS };
}

/** The first `bytes` of a slot's plaintext. */
export function plainOf({ memory }: Slots, slot: number, bytes: number): Uint8Array {
  return new Uint8Array(memory, slot * (BATCH_PLAIN + BATCH_SEALED), bytes);
}

/** The first `bytes` of a slot's ciphertext. */
export function sealedOf({ memory }: Slots, slot: number, bytes: number): Uint8Array {
  return new Uint8Array(memory, slot * (BATCH_PLAIN + BATCH_SEALED) + BATCH_PLAIN, bytes);
}

/** One batch on its way: `first` is the index of its first chunk, `last` whether it ends the file. */
export interface Batch {
  readonly slot: number;
  readonly first: number;
  readonly plain: number;
  readonly last: boolean;
}

export interface SealedBatch extends Batch {
  readonly sealed: number;
}

/** What a thread is started for. `sealing` seals batches; `digests` hashes them and says both digests at the end. */
export type SealerSetup =
  | { readonly role: 'sealing'; readonly slots: Slots; readonly key: Uint8Array }
  | { readonly role: 'digests'; readonly slots: Slots; readonly header: Uint8Array };

export interface Digests {
  readonly plain: string;
  readonly stored: string;
}
