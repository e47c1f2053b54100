import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { Refusal } from '../../shared/errors.ts';
import { PAYLOAD_NONCE, TAG } from './ageChunks.ts';
import { parseHeader, type Stanza } from './ageHeaderText.ts';
import { fromUnpadded, unpadded } from './base64.ts';
import { publicFromRaw, rawOf, type X25519Pair, type X25519Public } from './keys.ts';

const FILE_KEY = 16;
const ZERO_NONCE = Buffer.alloc(12);

/** A header ready to be written: `bytes` reach to the first chunk (payload nonce included). */
export interface SealedHeader {
  readonly bytes: Buffer;
  readonly payloadKey: Buffer;
}

/** A header that was opened: where its payload's chunks begin in the file, and their key. */
export interface OpenedHeader {
  readonly length: number;
  readonly payloadKey: Buffer;
}

/** A header with a fresh file key, wrapped to each recipient (C2SP age, "X25519 recipient stanza"). */
export function sealHeader(recipients: readonly X25519Public[]): SealedHeader {
  if (recipients.length === 0) throw new RangeError('an age file needs a recipient');
  const fileKey = randomBytes(FILE_KEY);
  const stanzas = recipients.map((recipient) => wrap(fileKey, recipient));
  const unsigned = `age-encryption.org/v1\n${stanzas.join('')}---`;
  const nonce = randomBytes(PAYLOAD_NONCE);
  const text = `${unsigned} ${unpadded(macOf(fileKey, Buffer.from(unsigned)))}\n`;
  return { bytes: Buffer.concat([Buffer.from(text), nonce]), payloadKey: payloadKeyOf(fileKey, nonce) };
}

/**
 * Opens the header at the start of `file` (the beginning of the file is enough). Throws `AGE_TRUNCATED` if it ends
 * before the payload does begin, `AGE_MALFORMED`, `AGE_WRONG_KEY` if no stanza is for any of these identities, `AGE_DAMAGED` if
 * the header's MAC is wrong.
 */
export function openHeader(file: Uint8Array, ...identities: readonly X25519Pair[]): OpenedHeader {
  const header = parseHeader(file);
  const fileKey = unwrapFrom(header.stanzas, identities);
  if (!timingSafeEqual(macOf(fileKey, header.authenticated), header.mac)) {
    throw new Refusal('AGE_DAMAGED', { where: 'header' });
  }
  const length = header.length + PAYLOAD_NONCE;
  if (file.length < length) throw new Refusal('AGE_TRUNCATED');
  return { length, payloadKey: payloadKeyOf(fileKey, file.subarray(header.length, length)) };
}

function wrap(fileKey: Uint8Array, recipient: X25519Public): string {
  const ephemeral = generateKeyPairSync('x25519');
  const share = rawOf(ephemeral.publicKey);
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient.key });
  const cipher = createCipheriv('chacha20-poly1305', wrapKeyOf(shared, share, recipient.raw), ZERO_NONCE, {
    authTagLength: TAG,
  });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return `-> X25519 ${unpadded(share)}\n${unpadded(body)}\n`;
}

function unwrapFrom(stanzas: readonly Stanza[], identities: readonly X25519Pair[]): Buffer {
  // A file for a passphrase is for nobody else (C2SP age, "scrypt recipient stanza").
  if (stanzas.length > 1 && stanzas.some(({ type }) => type === 'scrypt')) throw malformedStanza();
  for (const stanza of stanzas) {
    if (stanza.type !== 'X25519') continue;
    for (const identity of identities) {
      const fileKey = unwrap(stanza, identity);
      if (fileKey !== undefined) return fileKey;
    }
  }
  throw new Refusal('AGE_WRONG_KEY');
}

function unwrap(stanza: Stanza, identity: X25519Pair): Buffer | undefined {
  const [argument, ...more] = stanza.args;
  const share = argument === undefined ? undefined : fromUnpadded(argument);
  if (share?.length !== 32 || more.length > 0 || stanza.body.length !== FILE_KEY + TAG) {
    throw malformedStanza();
  }
  const shared = agree(identity, share);
  const key = wrapKeyOf(shared, share, identity.publicRaw);
  const decipher = createDecipheriv('chacha20-poly1305', key, ZERO_NONCE, { authTagLength: TAG });
  decipher.setAuthTag(stanza.body.subarray(FILE_KEY));
  const fileKey = decipher.update(stanza.body.subarray(0, FILE_KEY));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return fileKey;
}

/** OpenSSL refuses a share that would make the secret all zero, as age asks; to us such a stanza is malformed. */
function agree(identity: X25519Pair, share: Uint8Array): Buffer {
  try {
    return diffieHellman({ privateKey: identity.key, publicKey: publicFromRaw(share) });
  } catch (error) {
    throw malformedStanza(error);
  }
}

function malformedStanza(cause?: unknown): Refusal {
  return new Refusal('AGE_MALFORMED', { where: 'stanza' }, { cause });
}

function wrapKeyOf(shared: Uint8Array, share: Uint8Array, recipient: Uint8Array): Buffer {
  const salt = Buffer.concat([share, recipient]);
  return Buffer.from(hkdfSync('sha256', shared, salt, 'age-encryption.org/v1/X25519', 32));
}

function macOf(fileKey: Uint8Array, authenticated: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', fileKey, '', 'header', 32));
  return createHmac('sha256', key).update(authenticated).digest();
}

function payloadKeyOf(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
}
