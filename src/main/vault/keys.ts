import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Refusal } from '../../shared/errors.ts';
import { decodeBech32 } from './bech32.ts';

/** A key pair for age files: `identity` opens (AGE-SECRET-KEY-1…), `recipient` closes (age1…). */
export interface AgeKeyPair {
  readonly identity: string;
  readonly recipient: string;
}

/** An X25519 key with its 32 raw bytes as age writes them. */
export interface X25519Public {
  readonly key: KeyObject;
  readonly raw: Buffer;
}
export interface X25519Pair {
  readonly key: KeyObject;
  readonly publicRaw: Buffer;
}

/** A fresh X25519 identity (C2SP age, "the X25519 recipient type"). */
export async function newIdentity(): Promise<AgeKeyPair> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The recipient that belongs to an identity. Throws `KEY_UNREADABLE`. */
export async function recipientOf(identity: string): Promise<string> {
  parseIdentity(identity);
  return await identityToRecipient(identity);
}

/** Reads `AGE-SECRET-KEY-1…`. Throws `KEY_UNREADABLE`; the key itself is never in the message. */
export function parseIdentity(identity: string): X25519Pair {
  const seed = decodeBech32(identity, 'age-secret-key-');
  if (seed?.length !== 32) throw new Refusal('KEY_UNREADABLE', { kind: 'identity' });
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, seed]), format: 'der', type: 'pkcs8' });
  return { key, publicRaw: rawOf(createPublicKey(key)) };
}

/** Reads one identity a line, as an age identity file has them (while the vault's is being changed there are two). */
export function parseIdentities(text: string): X25519Pair[] {
  return text.split('\n').map(parseIdentity);
}

/** Reads `age1…`. Throws `KEY_UNREADABLE`. */
export function parseRecipient(recipient: string): X25519Public {
  const raw = decodeBech32(recipient, 'age');
  if (raw?.length !== 32) throw new Refusal('KEY_UNREADABLE', { kind: 'recipient' });
  return { key: publicFromRaw(raw), raw };
}

/** An X25519 public key from its 32 bytes (RFC 8410). */
export function publicFromRaw(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_X25519, raw]), format: 'der', type: 'spki' });
}

/** The 32 bytes of an X25519 public key. */
export function rawOf(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI_X25519.length);
}

/** What stands before the 32 bytes in RFC 8410's encodings of X25519 keys. */
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');
