import { argon2Sync, createHash, createPrivateKey, sign } from 'node:crypto';
import { Refusal } from '../../shared/errors.ts';
import { payloadKeyObject, sealChunk } from './ageChunks.ts';
import { openSecret } from './secrets.ts';

/** An age file that Debian's `age` 1.1.1 made of the text `once` for IDENTITY. */
const FILE =
  'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBBc203VVBNZm1BMWpVczJvWlRkMnhzTDlPVmNUc3NRWVVJV1pLNnowYjJrCm5FMGV1Q0phdWZNSE5aVW9icVU3SHdITEp2WmRSZ1VESEMwUzBZVUFpUTgKLS0tIC9WZkU5Ym1vTk5GM05JcWo2WkcyZHNJeEdEMUE0Z2dsNktMZ003Z1FNZzQK49EztSUv6fCGPDT7DnBYdzO9RfSZB8/M1YiyfyDFIwjmUP5n';
const IDENTITY = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX';

/**
 * Known answers of everything on which the evidence at rest relies, asked at the station's start: a runtime whose
 * cryptography is missing, or gives something else, must not record. Throws `CRYPTO_SELF_TEST_FAILED` with what failed.
 */
export async function cryptoSelfTest(): Promise<void> {
  await expectAnswer('SHA-256', async () => createHash('sha256').update('abc').digest(), SHA256_ABC);
  await expectAnswer(
    'ChaCha20-Poly1305',
    async () => sealChunk(payloadKeyObject(Buffer.alloc(32)), 0, false, ONCE),
    SEALED_ONCE,
  );
  await expectAnswer(
    'X25519, HKDF and HMAC',
    () => openSecret(Buffer.from(FILE, 'base64'), IDENTITY),
    ONCE.toString('hex'),
  );
  await expectAnswer('Ed25519', async () => sign(null, Buffer.alloc(0), ed25519Key()), ED25519_SIGNATURE);
  await expectAnswer('Argon2id', async () => argon2Sync('argon2id', ARGON2), ARGON2_TAG);
}

function ed25519Key(): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.from(ED25519_KEY, 'hex'), format: 'der', type: 'pkcs8' });
}

async function expectAnswer(what: string, ask: () => Promise<Buffer>, hex: string): Promise<void> {
  const answer = await ask().catch(failed(what));
  if (answer.toString('hex') !== hex) throw refusal(what);
}

function failed(what: string): (cause: unknown) => never {
  return (cause) => {
    throw refusal(what, cause);
  };
}

function refusal(what: string, cause?: unknown): Refusal {
  return new Refusal('CRYPTO_SELF_TEST_FAILED', { what }, { cause });
}

const ONCE = Buffer.from('once');
/** FIPS 180-4, example of the three letters. */
const SHA256_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const SEALED_ONCE = 'f06984db1d57be90143ae6d72e23a3dd9888cabe';
/** RFC 8032 §7.1, test 1, in the encoding of RFC 8410. */
const ED25519_KEY = '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const ED25519_SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';
/** RFC 9106 §5.3. */
const ARGON2 = {
  message: Buffer.alloc(32, 1),
  nonce: Buffer.alloc(16, 2),
  secret: Buffer.alloc(8, 3),
  associatedData: Buffer.alloc(12, 4),
  parallelism: 4,
  tagLength: 32,
  memory: 32,
  passes: 3,
};
const ARGON2_TAG = '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659';
