import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Identity } from '../../shared/contract/cases.ts';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { identityMarks, type KnownIdentity } from '../../shared/domain/identity.ts';
import { openSecret, sealSecret } from '../vault/index.ts';

/** A name as it is kept: closed to the court's vault, with the commitment that the record carries in clear. */
export interface SealedIdentity {
  readonly sealed: Buffer;
  /** SHA-256(32 random bytes ‖ JCS of the identity), hex (EVIDENCE-FORMAT §2). */
  readonly commitment: string;
}

const Opened = z.strictObject({ identity: z.unknown(), salt: z.string().regex(/^[0-9a-f]{64}$/) });

/**
 * Seals an identity with the salt of its commitment beside it, so that on a court's order the two can be shown and anyone
 * can check that they are what the signed record committed to.
 */
export async function sealIdentity(
  identity: Readonly<Record<string, string | null>>,
  vaultRecipient: string,
): Promise<SealedIdentity> {
  const nfc = Object.fromEntries(
    Object.entries(identity).map(([key, value]) => [key, value?.normalize('NFC') ?? null]),
  );
  const salt = randomBytes(32);
  const commitment = createHash('sha256').update(salt).update(canonicalBytes(nfc)).digest('hex');
  const plain = canonicalBytes({ identity: nfc, salt: salt.toString('hex') });
  return { sealed: await sealSecret(plain, [vaultRecipient]), commitment };
}

/** Opens a child's identity record with the vault's identity. */
export async function openIdentity(sealed: Uint8Array, vaultIdentity: string): Promise<z.infer<typeof Identity>> {
  const plain = await openSecret(sealed, vaultIdentity);
  return Identity.parse(Opened.parse(JSON.parse(plain.toString('utf8'))).identity);
}

/** The HMAC-SHA-256 marks of a child under the station's index key. */
export function marksOf(identity: KnownIdentity, indexKey: Uint8Array): { kind: 'iin' | 'name'; mark: string }[] {
  const texts = identityMarks(identity);
  const mark = (text: string) => createHmac('sha256', indexKey).update(text).digest('hex');
  const byName = { kind: 'name', mark: mark(texts.name) } as const;
  return texts.iin === null ? [byName] : [{ kind: 'iin', mark: mark(texts.iin) }, byName];
}

const Birth = z.strictObject({ birthDate: z.iso.date() });

/** The birth date alone, closed to the station: told again as an age on the day of an interview. */
export async function sealBirth(birthDate: string | null, stationRecipient: string): Promise<Buffer | null> {
  if (birthDate === null) return null;
  return await sealSecret(canonicalBytes({ birthDate }), [stationRecipient]);
}

export async function openBirth(sealed: Uint8Array | null, stationIdentity: string): Promise<string | null> {
  if (sealed === null) return null;
  const plain = await openSecret(sealed, stationIdentity);
  return Birth.parse(JSON.parse(plain.toString('utf8'))).birthDate;
}
