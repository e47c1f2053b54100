import { CHUNK, openChunk, payloadKeyObject, SEALED_CHUNK } from './ageChunks.ts';
import { openHeader } from './ageHeader.ts';
import { LONGEST_HEADER } from './ageHeaderText.ts';
import { openSource } from './fileSource.ts';
import { parseIdentity } from './keys.ts';

const CHUNKS_AT_ONCE = 16;

/**
 * The plaintext of every complete, authentic chunk of an age file that was cut off while it was written; ends without
 * an error at the first chunk that is neither. A last chunk that was written (the flag) is given too, and ends it.
 * Throws `KEY_UNREADABLE`, `VAULT_FILE_UNREADABLE`, and for the header `AGE_TRUNCATED`, `AGE_MALFORMED`,
 * `AGE_WRONG_KEY`, `AGE_DAMAGED`.
 */
export async function* readCrashedAge(path: string, identity: string): AsyncGenerator<Buffer, void> {
  const key = parseIdentity(identity);
  const source = await openSource(path);
  try {
    const header = openHeader(await source.read(0, Math.min(source.size, LONGEST_HEADER)), key);
    const payload = payloadKeyObject(header.payloadKey);
    for (let index = 0; ; ) {
      const sealed = await source.read(header.length + index * SEALED_CHUNK, CHUNKS_AT_ONCE * SEALED_CHUNK);
      for (let at = 0; at < sealed.length; at += SEALED_CHUNK, index++) {
        const one = sealed.subarray(at, at + SEALED_CHUNK);
        const plain = openChunk(payload, index, false, one);
        const last = plain === undefined ? openChunk(payload, index, true, one) : undefined;
        if (plain?.length === CHUNK) yield plain;
        else {
          if (last !== undefined && last.length > 0) yield last;
          return;
        }
      }
      if (sealed.length < CHUNKS_AT_ONCE * SEALED_CHUNK) return;
    }
  } finally {
    await source.close();
  }
}
