import { derNull, derOctets, derOid, derSequence, derTrue, derUnsigned } from './derWrite.ts';
import { oids } from './oids.ts';

/**
 * An RFC 3161 §2.4.1 request over a SHA-256 digest (32 bytes), asking for the authority's certificate (`certReq`).
 * `nonce` = random bytes, at least 8; the answer has to repeat them. `policy` = the dotted policy that is asked for, or
 * null for the authority's own. RangeError for a digest, nonce or policy that is none.
 */
export function timestampRequest(input: { sha256: Uint8Array; nonce: Uint8Array; policy: string | null }): Buffer {
  if (input.sha256.length !== 32 || input.nonce.length < 8) throw new RangeError('digest or nonce');
  return derSequence(
    derUnsigned(Uint8Array.of(1)),
    derSequence(derSequence(derOid(oids.sha256), derNull), derOctets(input.sha256)),
    ...(input.policy === null ? [] : [derOid(input.policy)]),
    derUnsigned(input.nonce),
    derTrue,
  );
}

/** A nonce as tokens and requests are compared: hex without leading zeros. */
export function nonceHex(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(00)+(?=..)/, '');
}
