import { createCipheriv, createDecipheriv } from 'node:crypto';

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

/** Seals chunk `index`. A key may see each index once only: the caller's promise, on which everything rests. */
export function sealChunk(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(index, last), { authTagLength: TAG });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens chunk `index`; `undefined` if it is not authentic as such, with that flag, under that key. */
export function openChunk(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Buffer | undefined {
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
