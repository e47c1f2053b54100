import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { refusedCertificate } from './refusals.ts';

/** A key pair as DER: PKCS#8 private key and SubjectPublicKeyInfo. */
export interface KeyPairDer {
  readonly privateKeyPkcs8: Buffer;
  readonly publicKeySpki: Buffer;
}

const generate = promisify(generateKeyPair);

/** A new RSA-3072 key pair (EVIDENCE-FORMAT §3). Takes a fraction of a second; runs off the main thread. */
export async function newRsaKey(): Promise<KeyPairDer> {
  const pair = await generate('rsa', { modulusLength: 3072, publicExponent: 0x10001 });
  return toDer(pair.privateKey, pair.publicKey);
}

/** A new ECDSA P-256 key pair (EVIDENCE-FORMAT §3). */
export async function newEcKey(): Promise<KeyPairDer> {
  const pair = await generate('ec', { namedCurve: 'prime256v1' });
  return toDer(pair.privateKey, pair.publicKey);
}

function toDer(privateKey: KeyObject, publicKey: KeyObject): KeyPairDer {
  return {
    privateKeyPkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKeySpki: publicKey.export({ format: 'der', type: 'spki' }),
  };
}

/** A private key from PKCS#8 DER or an existing key object. CERTIFICATE_REFUSED if it is not a key. */
export function privateKeyOf(key: KeyObject | Uint8Array): KeyObject {
  if (!(key instanceof Uint8Array)) return key;
  try {
    return createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw refusedCertificate('private key unreadable', cause);
  }
}

/** SubjectPublicKeyInfo of a private key. */
export function publicKeyOf(key: KeyObject | Uint8Array): Buffer {
  return createPublicKey(privateKeyOf(key)).export({ format: 'der', type: 'spki' });
}

/** `rsa` of at least 3072 bits or `ec` on P-256: the keys that may sign evidence; `null` for any other. */
export function signingKeyKind(key: KeyObject): 'rsa' | 'ec' | null {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 3072) return 'rsa';
  if (key.asymmetricKeyType === 'ec' && details?.namedCurve === 'prime256v1') return 'ec';
  return null;
}
