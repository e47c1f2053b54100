import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { Refusal } from '../../shared/errors.ts';

/** C2SP signed-note signature types that we know: a log's own signature, a witness's timestamped cosignature. */
export const NOTE_ED25519 = 0x01;
export const COSIGNATURE_ED25519 = 0x04;
export type NoteKeyType = typeof NOTE_ED25519 | typeof COSIGNATURE_ED25519;

/** A key that can check signatures of notes. `id` is the 4 bytes that stand before each of its signatures. */
export interface NoteVerifier {
  readonly name: string;
  readonly type: NoteKeyType;
  readonly id: Buffer;
  /** `name+id+base64(type‖public key)`, by which others know it. */
  readonly vkey: string;
  /** True if `signature` (64 bytes) over `message` was made by this key. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** A key that can sign notes. */
export interface NoteSigner extends NoteVerifier {
  sign(message: Uint8Array): Buffer;
}

/** A fresh key of a log or of a recorder. `skey` is the secret in text form: seal it, or keep it in memory only. */
export interface LogKey {
  readonly skey: string;
  readonly vkey: string;
  readonly signer: NoteSigner;
}

/** Makes an Ed25519 key with this name (an origin, an exhibit number). Throws `LOG_KEY_MALFORMED` for a bad name. */
export function newLogKey(name: string): LogKey {
  checkName(name);
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = signerOf(name, privateKey);
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_ED25519.length);
  const data = Buffer.concat([Buffer.of(NOTE_ED25519), seed]);
  const skey = `PRIVATE+KEY+${name}+${signer.id.toString('hex')}+${data.toString('base64')}`;
  return { skey, vkey: signer.vkey, signer };
}

/** Reads a secret key back. Throws `LOG_KEY_MALFORMED`; the key is never in the message. */
export function parseSkey(skey: string): NoteSigner {
  const { name, id, seed } = readSkey(skey);
  const signer = signerOf(name, privateKeyOf(seed));
  if (signer.id.toString('hex') !== id) throw malformed('secret key');
  return signer;
}

/**
 * The key with which the station of a log cosigns the heads of others (C2SP tlog-cosignature): named `<origin>/witness`
 * and made from the log's secret by HKDF, so that it is kept, backed up and replaced with it, and neither tells the
 * other. Throws `LOG_KEY_MALFORMED`.
 */
export function witnessOf(skey: string): NoteSigner {
  const { name, seed } = readSkey(skey);
  const own = Buffer.from(hkdfSync('sha256', seed, '', 'bir-ret/witness/1', 32));
  return signerOf(`${name}/witness`, privateKeyOf(own), COSIGNATURE_ED25519);
}

function readSkey(skey: string): { name: string; id: string; seed: Buffer } {
  const match = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(skey);
  const [, name = '', id = '', text = ''] = match ?? [];
  const data = fromBase64(text);
  if (match === null || data?.length !== 33 || data[0] !== NOTE_ED25519) throw malformed('secret key');
  checkName(name);
  return { name, id, seed: data.subarray(1) };
}

const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });

/** Reads a verifier key (C2SP signed-note, "Verifier keys"): types 0x01 and 0x04. Throws `LOG_KEY_MALFORMED`. */
export function parseVkey(vkey: string): NoteVerifier {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  const [, name = '', id = '', text = ''] = match ?? [];
  const data = fromBase64(text);
  const type = data?.[0];
  if (match === null || data?.length !== 33) throw malformed('verifier key');
  if (type !== NOTE_ED25519 && type !== COSIGNATURE_ED25519) throw malformed('verifier key');
  checkName(name);
  const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, data.subarray(1)]), format: 'der', type: 'spki' });
  const verifier = verifierOf(name, type, key);
  if (verifier.id.toString('hex') !== id) throw malformed('verifier key');
  return verifier;
}

function verifierOf(name: string, type: NoteKeyType, key: KeyObject): NoteVerifier {
  const raw = key.export({ format: 'der', type: 'spki' }).subarray(SPKI_ED25519.length);
  const data = Buffer.concat([Buffer.of(type), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(data).digest().subarray(0, 4);
  return {
    name,
    type,
    id,
    vkey: `${name}+${id.toString('hex')}+${data.toString('base64')}`,
    verify: (message, signature) => verify(null, message, key, signature),
  };
}

function signerOf(name: string, key: KeyObject, type: NoteKeyType = NOTE_ED25519): NoteSigner {
  const verifier = verifierOf(name, type, createPublicKey(key));
  return { ...verifier, sign: (message) => sign(null, message, key) };
}

/** Standard base64 with padding, canonical; or `undefined`. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function checkName(name: string): void {
  if (!/^[^\s+\p{Cc}]{1,200}$/u.test(name) || !name.isWellFormed()) throw malformed('name');
}

function malformed(what: string): Refusal {
  return new Refusal('LOG_KEY_MALFORMED', { what });
}

/** What stands before the 32 bytes in RFC 8410's encodings of Ed25519 keys. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
