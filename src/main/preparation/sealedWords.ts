import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { openSecret, sealSecret } from '../vault/index.ts';

const Named = z.object({ identity: z.object({ name: z.string() }), salt: z.string() });

/** A person's own words, closed to the station. */
export async function sealWords(words: string, stationRecipient: string): Promise<Buffer> {
  return await sealSecret(Buffer.from(words.normalize('NFC'), 'utf8'), [stationRecipient]);
}

export async function openWords(sealed: Uint8Array, stationIdentity: string): Promise<string> {
  return (await openSecret(sealed, stationIdentity)).toString('utf8');
}

/** A name, closed to the court's vault as identities are (EVIDENCE-FORMAT §2): the salt of its commitment beside it. */
export async function sealName(
  name: string,
  vaultRecipient: string,
): Promise<{ readonly name: Buffer; readonly commitment: string }> {
  const identity = { name: name.normalize('NFC') };
  const salt = randomBytes(32);
  const commitment = createHash('sha256').update(salt).update(canonicalBytes(identity)).digest('hex');
  const plain = canonicalBytes({ identity, salt: salt.toString('hex') });
  return { name: await sealSecret(plain, [vaultRecipient]), commitment };
}

/** A sealed name: a participant's, or what a child likes to be called. */
export async function openName(sealed: Uint8Array, vaultIdentity: string): Promise<string> {
  const plain = await openSecret(sealed, vaultIdentity);
  return Named.parse(JSON.parse(plain.toString('utf8'))).identity.name;
}
