import { Refusal } from '../../shared/errors.ts';
import { layoutOf, openChunk, payloadKeyObject, SEALED_CHUNK } from './ageChunks.ts';
import { createAgeEncryptor } from './ageEncryptor.ts';
import { openHeader } from './ageHeader.ts';
import { parseIdentities } from './keys.ts';

/** A whole age v1 file of something small that fits memory (a key, a tail). Throws `KEY_UNREADABLE`. */
export async function sealSecret(plain: Uint8Array, recipients: readonly string[]): Promise<Buffer> {
  const encryptor = await createAgeEncryptor(recipients);
  return Buffer.concat([encryptor.header, ...encryptor.update(plain), encryptor.finish()]);
}

/**
 * The plaintext of such a file; `identity` may be several, one a line. Throws `KEY_UNREADABLE` (the identity), `AGE_MALFORMED`, `AGE_TRUNCATED`,
 * `AGE_WRONG_KEY`, `AGE_DAMAGED`.
 */
export async function openSecret(file: Uint8Array, identity: string): Promise<Buffer> {
  const header = openHeader(file, ...parseIdentities(identity));
  const payload = file.subarray(header.length);
  const layout = layoutOf(payload.length);
  if (layout === undefined) throw new Refusal('AGE_TRUNCATED');
  const key = payloadKeyObject(header.payloadKey);
  const plain: Buffer[] = [];
  for (let index = 0; index < layout.chunks; index++) {
    const sealed = payload.subarray(index * SEALED_CHUNK, (index + 1) * SEALED_CHUNK);
    const last = index === layout.chunks - 1;
    const chunk = openChunk(key, index, last, sealed);
    if (chunk === undefined) {
      const cutHere = last && openChunk(key, index, false, sealed) !== undefined;
      throw cutHere ? new Refusal('AGE_TRUNCATED') : new Refusal('AGE_DAMAGED', { where: `chunk ${index}` });
    }
    plain.push(chunk);
  }
  return Buffer.concat(plain);
}
