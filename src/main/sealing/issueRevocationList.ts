import { createHash, type KeyObject, sign } from 'node:crypto';
import {
  derBits,
  derContext,
  derEnumerated,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derTime,
  derUnsigned,
} from './derWrite.ts';
import { privateKeyOf, publicKeyOf } from './keys.ts';
import { oids } from './oids.ts';
import { readCertificate } from './readCertificate.ts';
import { refusedCertificate } from './refusals.ts';

/** CRLReason (RFC 5280 §5.3.1) of what happens to people here. */
export const revocationReasons = { keyLost: 4, left: 5, otherDuty: 3 } as const;

const CRL_NUMBER = '2.5.29.20';
const CRL_REASON = '2.5.29.21';
/** `[0] keyIdentifier` of an AuthorityKeyIdentifier, implicit. */
const KEY_IDENTIFIER = 0x80;

/** A certificate that counts no longer, and since when. */
export interface Revoked {
  readonly pem: string;
  readonly at: Date;
  readonly reason: number;
}

/**
 * A list of revoked certificates (RFC 5280 §5, version 2, DER) by a station's authority. It speaks of everything that the
 * authority ever revoked, and holds until the authority itself ends: a newer one takes its place when somebody leaves.
 * `number` only grows. CERTIFICATE_REFUSED where the key is not the authority's.
 */
export function issueRevocationList(input: {
  ca: string;
  caKey: KeyObject | Uint8Array;
  number: number;
  revoked: readonly Revoked[];
  now: Date;
}): Buffer {
  const ca = readCertificate(input.ca);
  const key = privateKeyOf(input.caKey);
  if (!ca.x509.checkPrivateKey(key)) throw refusedCertificate('key is not the issuer’s');
  const ec = key.asymmetricKeyType === 'ec';
  const algorithm = derSequence(...(ec ? [derOid(oids.ecdsaWithSha256)] : [derOid(oids.sha256WithRsa), derNull]));
  const entries = input.revoked.map(entryOf);
  const tbs = derSequence(
    derUnsigned(Uint8Array.of(1)),
    algorithm,
    ca.subject,
    derTime(input.now),
    derTime(ca.notAfter),
    // RFC 5280 §5.1.2.6: absent where nothing is revoked, never empty.
    ...(entries.length === 0 ? [] : [derSequence(...entries)]),
    derContext(
      0,
      derSequence(
        extension(oids.authorityKeyIdentifier, authorityKey(publicKeyOf(key))),
        extension(CRL_NUMBER, derUnsigned(bigEndian(input.number))),
      ),
    ),
  );
  return derSequence(tbs, algorithm, derBits(sign('sha256', tbs, key)));
}

function entryOf({ pem, at, reason }: Revoked): Buffer {
  return derSequence(
    derUnsigned(Buffer.from(readCertificate(pem).serial, 'hex')),
    derTime(at),
    derSequence(extension(CRL_REASON, derEnumerated(reason))),
  );
}

function extension(oid: string, value: Buffer): Buffer {
  return derSequence(derOid(oid), derOctets(value));
}

/** As `certificates.ts` writes it into what it issues: the first 20 bytes of SHA-256 over the SPKI. */
function authorityKey(spki: Uint8Array): Buffer {
  const id = createHash('sha256').update(spki).digest().subarray(0, 20);
  return derSequence(Buffer.concat([Buffer.of(KEY_IDENTIFIER, id.length), id]));
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}
