import { CHUNK, type PayloadKey, payloadKeyObject, sealChunk } from './ageChunks.ts';
import { sealHeader } from './ageHeader.ts';
import { parseRecipient } from './keys.ts';

/**
 * Turns plaintext into an age v1 file, piece by piece, with a fresh file key. Pure: it owns no file.
 * A full chunk is held back until more plaintext comes, since the last chunk of a file is sealed as the last one; so
 * `pending` is 0 to 65,536 bytes, and no index of the payload key is ever sealed twice.
 */
export class AgeEncryptor {
  /** The header and the payload's nonce: what the file begins with. */
  readonly header: Buffer;
  readonly #key: PayloadKey;
  /** The plaintext that is not yet in a chunk. */
  readonly #held = Buffer.alloc(CHUNK);
  #heldBytes = 0;
  #chunks = 0;
  #finished = false;

  constructor(header: Buffer, payloadKey: Uint8Array) {
    this.header = header;
    this.#key = payloadKeyObject(payloadKey);
  }

  /** Chunks sealed so far; the plaintext before `chunks` × 65,536 is in them. */
  get chunks(): number {
    return this.#chunks;
  }

  /** Plaintext taken so far, in bytes. */
  get plainBytes(): number {
    return this.#chunks * CHUNK + this.#heldBytes;
  }

  /** The plaintext from `chunks` × 65,536 on, not yet in any chunk. A view: copy it to keep it. */
  get pending(): Buffer {
    return this.#held.subarray(0, this.#heldBytes);
  }

  /** Takes plaintext; gives the ciphertext of every chunk that it filled, none or many. */
  update(plain: Uint8Array): Buffer[] {
    this.#mustBeOpen();
    const sealed: Buffer[] = [];
    let at = 0;
    while (at < plain.length) {
      if (this.#heldBytes === CHUNK) {
        sealed.push(this.#seal(this.#held, false));
        this.#heldBytes = 0;
      }
      // A whole chunk with something after it needs no copy.
      if (this.#heldBytes === 0 && plain.length - at > CHUNK) {
        sealed.push(this.#seal(plain.subarray(at, at + CHUNK), false));
        at += CHUNK;
        continue;
      }
      const taken = plain.subarray(at, at + CHUNK - this.#heldBytes);
      this.#held.set(taken, this.#heldBytes);
      this.#heldBytes += taken.length;
      at += taken.length;
    }
    return sealed;
  }

  /** The last chunk, which may be empty only if the whole plaintext is. Nothing can follow it. */
  finish(): Buffer {
    this.#mustBeOpen();
    const sealed = this.#seal(this.pending, true);
    this.#finished = true;
    this.#heldBytes = 0;
    this.#held.fill(0);
    return sealed;
  }

  #seal(plain: Uint8Array, last: boolean): Buffer {
    const sealed = sealChunk(this.#key, this.#chunks, last, plain);
    this.#chunks += 1;
    return sealed;
  }

  #mustBeOpen(): void {
    if (this.#finished) throw new Error('this age file is finished');
  }
}

/** An encryptor to these recipients (`age1…`). Throws `KEY_UNREADABLE`. */
export async function createAgeEncryptor(recipients: readonly string[]): Promise<AgeEncryptor> {
  const { bytes, payloadKey } = sealHeader(recipients.map(parseRecipient));
  return new AgeEncryptor(bytes, payloadKey);
}
