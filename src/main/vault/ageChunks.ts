import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

/** Plaintext of a chunk, its authentication tag, and both together (C2SP age, "Payload"). */
export const CHUNK = 64 * 1024;
export const TAG = 16;
export const SEALED_CHUNK = CHUNK + TAG;
/** Random bytes before the first chunk, from which the payload's key is derived. */
export const PAYLOAD_NONCE = 16;

/** How a payload of that many ciphertext bytes (without the nonce) divides; `undefined` if no writer leaves that many. */
export function layoutOf(sealedBytes: number): { chunks: number; plainBytes: number } | undefined {
  const chunks = Math.ceil(sealedBytes / SEALED_CHUNK);
  const last = sealedBytes - (chunks - 1) * SEALED_CHUNK;
  if (chunks === 0 || last < TAG || (last === TAG && chunks > 1)) return undefined;
  return { chunks, plainBytes: sealedBytes - chunks * TAG };
}

/**
 * A payload's key as the functions below take it. Made once for a file: making it anew for each chunk costs a third of
 * the sealing itself.
 */
export type PayloadKey = KeyObject;

export const payloadKeyObject = (raw: Uint8Array): PayloadKey => createSecretKey(raw);

/** Seals chunk `index`. A key may see each index once only: the caller's promise, on which everything rests. */
export function sealChunk(key: PayloadKey, index: number, last: boolean, plain: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafeSlow(plain.length + TAG);
  sealChunkInto(sealed, { key, index, last, plain });
  return sealed;
}

/** The same into the beginning of `out`; gives the bytes written, `plain.length` + 16. */
export function sealChunkInto(
  out: Uint8Array,
  { key, index, last, plain }: { key: PayloadKey; index: number; last: boolean; plain: Uint8Array },
): number {
  const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(index, last), { authTagLength: TAG });
  out.set(cipher.update(plain));
  cipher.final();
  out.set(cipher.getAuthTag(), plain.length);
  return plain.length + TAG;
}

/** Opens chunk `index`; `undefined` if it is not authentic as such, with that flag, under that key. */
export function openChunk(key: PayloadKey, index: number, last: boolean, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < TAG) return undefined;
  const decipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(index, last), { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(-TAG));
  const plain = decipher.update(sealed.subarray(0, -TAG));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain;
}

/** Eleven bytes of counter, big end first, and the flag of the last chunk. */
function chunkNonce(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
