import { createHash, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { derContext, derNull, derOctets, derOid, derSequence, derSet, derUnsigned } from './derWrite.ts';
import { privateKeyOf } from './keys.ts';
import { oids } from './oids.ts';
import { readCertificate } from './readCertificate.ts';
import { refusedCertificate } from './refusals.ts';

const PRINTABLE = /^[\x20-\x7e]+$/;
/** The password is random and lives in an Argon2id wrap; more rounds would only delay a seal (they are undone in JavaScript). */
const ITERATIONS = 2_048;
const SALT_BYTES = 16;

const bagOids = {
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  x509: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
} as const;

/**
 * A PKCS#12 file (RFC 7292) with one key, RSA or elliptic, under AES-256 (PBES2), and its certificate and chain if there are
 * any: an account has its key before an administrator has issued the certificate. `password` is the caller's
 * and must be random, printable ASCII: the file itself slows nobody down who guesses.
 * CERTIFICATE_REFUSED for a key that is not the certificate's.
 */
export function buildPkcs12(input: {
  privateKey: KeyObject | Uint8Array;
  certPem: string | null;
  chain: readonly string[];
  password: string;
}): Buffer {
  const { certPem, chain, password } = input;
  if (!PRINTABLE.test(password)) throw new RangeError('the password of a key file is printable ASCII');
  const key = privateKeyOf(input.privateKey);
  const own = certPem === null ? null : readCertificate(certPem);
  if (own !== null && !own.x509.checkPrivateKey(key)) throw refusedCertificate('key is not the certificate’s');
  const keyId = own === null ? null : Buffer.from(own.sha256, 'hex').subarray(0, 20);
  const certificates = [
    ...(own === null ? [] : [certificateBag(own.der, keyId)]),
    ...chain.map((pem) => certificateBag(readCertificate(pem).der, null)),
  ];
  const shrouded = key.export({ format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: password });
  const keyBag = bag(bagOids.shroudedKey, shrouded, keyId);
  const safe = derSequence(
    ...(certificates.length === 0 ? [] : [dataOf(derSequence(...certificates))]),
    dataOf(derSequence(keyBag)),
  );
  return derSequence(derUnsigned(Uint8Array.of(3)), dataOf(safe), macOf(safe, password));
}

/** ContentInfo of type data. */
function dataOf(content: Buffer): Buffer {
  return derSequence(derOid(oids.data), derContext(0, derOctets(content)));
}

function bag(oid: string, value: Buffer, keyId: Buffer | null): Buffer {
  const named = keyId === null ? [] : [derSet(derSequence(derOid(bagOids.localKeyId), derSet(derOctets(keyId))))];
  return derSequence(derOid(oid), derContext(0, value), ...named);
}

function certificateBag(der: Buffer, keyId: Buffer | null): Buffer {
  return bag(bagOids.certificate, derSequence(derOid(bagOids.x509), derContext(0, derOctets(der))), keyId);
}

/** MacData with HMAC-SHA-256 (RFC 7292 §4, appendix B). */
function macOf(safe: Buffer, password: string): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const mac = createHmac('sha256', macKey(password, salt)).update(safe).digest();
  const digest = derSequence(derSequence(derOid(oids.sha256), derNull), derOctets(mac));
  const rounds = Buffer.alloc(4);
  rounds.writeUInt32BE(ITERATIONS);
  return derSequence(digest, derOctets(salt), derUnsigned(rounds));
}

/** Appendix B.2 for a key as long as the hash: one block, so that nothing has to be carried over to a next one. */
function macKey(password: string, salt: Buffer): Buffer {
  const block = 64;
  const filled = (bytes: Buffer) => Buffer.alloc(block * Math.ceil(bytes.length / block), bytes);
  const text = Buffer.from(`${password}\0`, 'utf16le').swap16();
  let hash = createHash('sha256').update(Buffer.alloc(block, 3)).update(filled(salt)).update(filled(text)).digest();
  for (let i = 1; i < ITERATIONS; i += 1) hash = createHash('sha256').update(hash).digest();
  return hash;
}
