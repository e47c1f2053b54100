import { createHash, verify } from 'node:crypto';
import { isRefusal } from '../../shared/errors.ts';
import { type DerNode, readDer, tags } from './der.ts';
import { algorithmOf, childAt, expectTag, isContext, oidOf, smallInteger, timeOf } from './derValues.ts';
import { oids } from './oids.ts';
import { type CertificateView, readCertificate } from './readCertificate.ts';
import { malformed } from './refusals.ts';
import { readSignedData, type SignedDataView } from './signedData.ts';
import { nonceHex } from './timestampRequest.ts';
import { checkTrust, stampsOnly, type TrustVerdict } from './trust.ts';

export type TimestampProblemCode =
  | 'malformed'
  | 'not-granted'
  | 'imprint'
  | 'signer-certificate-missing'
  | 'algorithm'
  | 'attribute-missing'
  | 'digest'
  | 'signature'
  | 'signing-certificate'
  | 'extended-key-usage';

export interface TimestampProblem {
  readonly code: TimestampProblemCode;
  readonly detail: string;
}

export interface TimestampVerdict {
  /** The token is whole, speaks of these bytes and was signed by the certificate that it names. */
  readonly valid: boolean;
  /** What the token says, also when it is not valid; null when it cannot be read. */
  readonly time: Date | null;
  /** Half-width of the interval that the TSA vouches for, milliseconds rounded up; null when it does not say. */
  readonly accuracyMs: number | null;
  readonly tsaPolicy: string | null;
  /** The request's nonce as the token repeats it: hex without leading zeros; null where it has none. */
  readonly nonce: string | null;
  readonly signer: CertificateView | null;
  readonly problems: readonly TimestampProblem[];
  /** Whether the TSA's issuer is one of `roots` at the token's time, with timeStamping as its only purpose. */
  readonly trust: TrustVerdict | null;
}

/** What signs a token: the hash, and the signature algorithms that go with it. RFC 3161 leaves it to the TSA. */
const HASHES: Readonly<Record<string, string>> = {
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
};
const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  'rsa sha256': [oids.rsaEncryption, oids.sha256WithRsa],
  'rsa sha384': [oids.rsaEncryption, oids.sha384WithRsa],
  'rsa sha512': [oids.rsaEncryption, oids.sha512WithRsa],
  'ec sha256': [oids.ecdsaWithSha256],
  'ec sha384': [oids.ecdsaWithSha384],
  'ec sha512': [oids.ecdsaWithSha512],
};

/**
 * Checks an RFC 3161 response (`.tsr`) over `data` (its bytes, or their SHA-256): granted, SHA-256 imprint of these
 * bytes, signed attributes with content-type, message-digest and signing-certificate (v1 or v2), signature, timeStamping
 * as the one critical purpose of the signer's certificate (§2.3), and the path
 * of the TSA's certificate to `roots` at the token's own time. Foreign tokens need not be strict DER. Never throws for
 * bad bytes.
 */
export function verifyTimestamp(input: {
  tsr: Uint8Array;
  data: Uint8Array | { readonly sha256: Uint8Array };
  chain: readonly CertificateView[];
  roots: readonly CertificateView[];
}): TimestampVerdict {
  const sha256 =
    input.data instanceof Uint8Array
      ? createHash('sha256').update(input.data).digest()
      : Buffer.from(input.data.sha256);
  try {
    const token = readToken(input.tsr);
    const certificates = token.data.certificates.map((der) => readCertificate(der));
    const known = [...certificates, ...input.chain];
    const signer =
      known.find((one) => one.issuer.equals(token.data.signer.issuer) && one.serial === token.data.signer.serial) ??
      null;
    const problems = [...imprintProblems(token, sha256), ...signatureProblems(token, signer)];
    const trust =
      signer === null
        ? null
        : checkTrust({
            cert: signer,
            chain: known,
            roots: input.roots,
            at: token.time,
            policy: null,
            purpose: 'timestamping',
          });
    const { time, accuracyMs, tsaPolicy, nonce } = token;
    return { valid: problems.length === 0, time, accuracyMs, tsaPolicy, nonce, signer, problems, trust };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const detail = String(error.params['reason'] ?? error.code);
    const code = detail === NOT_GRANTED ? 'not-granted' : 'malformed';
    const nothing = { time: null, accuracyMs: null, tsaPolicy: null, nonce: null, signer: null, trust: null };
    return { valid: false, ...nothing, problems: [{ code, detail }] };
  }
}

const NOT_GRANTED = 'time-stamp not granted';

interface Token {
  readonly data: SignedDataView;
  readonly content: Buffer;
  readonly imprintAlgorithm: string;
  readonly imprint: Buffer;
  readonly time: Date;
  readonly accuracyMs: number | null;
  readonly tsaPolicy: string;
  readonly nonce: string | null;
}

function readToken(tsr: Uint8Array): Token {
  const response = expectTag(readDer(tsr, false), tags.sequence, 'response');
  const status = smallInteger(childAt(childAt(response, 0, 'status'), 0, 'status'), 'status');
  if (status !== 0 && status !== 1) throw malformed(NOT_GRANTED);
  const data = readSignedData(childAt(response, 1, 'token'));
  if (data.contentType !== oids.tstInfo || data.content === null) throw malformed('not a time-stamp token');
  const info = expectTag(readDer(data.content, false), tags.sequence, 'time-stamp');
  if (smallInteger(childAt(info, 0, 'version'), 'version') !== 1) throw malformed('version');
  const imprint = childAt(info, 2, 'imprint');
  // After the time come accuracy, ordering and nonce, each optional; only the nonce is an INTEGER (RFC 3161 §2.4.2).
  const nonce = info.children.slice(5).find((node) => node.tagClass === 0 && node.tag === tags.integer);
  return {
    data,
    content: data.content,
    tsaPolicy: oidOf(childAt(info, 1, 'policy')),
    imprintAlgorithm: algorithmOf(childAt(imprint, 0, 'imprint')),
    imprint: expectTag(childAt(imprint, 1, 'imprint'), tags.octetString, 'imprint').content,
    time: timeOf(expectTag(childAt(info, 4, 'time'), tags.generalizedTime, 'time')),
    accuracyMs: accuracyOf(info.children[5]),
    nonce: nonce === undefined ? null : nonceHex(nonce.content),
  };
}

/** Accuracy ::= SEQUENCE { seconds, [0] millis, [1] micros }, each optional (RFC 3161 §2.4.2). */
function accuracyOf(node: DerNode | undefined): number | null {
  if (node === undefined || node.tagClass !== 0 || node.tag !== tags.sequence) return null;
  let microseconds = 0;
  for (const part of node.children) {
    const value =
      part.content.length === 0 || part.content.length > 6 ? 0 : part.content.readIntBE(0, part.content.length);
    microseconds += value * (isContext(part, 0) ? 1_000 : isContext(part, 1) ? 1 : 1_000_000);
  }
  return Math.ceil(microseconds / 1_000);
}

function imprintProblems(token: Token, sha256: Buffer): TimestampProblem[] {
  if (token.imprintAlgorithm !== oids.sha256) return [{ code: 'imprint', detail: token.imprintAlgorithm }];
  return token.imprint.equals(sha256) ? [] : [{ code: 'imprint', detail: '' }];
}

function signatureProblems(token: Token, signer: CertificateView | null): TimestampProblem[] {
  if (signer === null) return [{ code: 'signer-certificate-missing', detail: '' }];
  const { digestAlgorithm, signatureAlgorithm, messageDigest, contentType, signedBytes, signature } = token.data.signer;
  const hash = HASHES[digestAlgorithm];
  if (hash === undefined) return [{ code: 'algorithm', detail: digestAlgorithm }];
  if (!(SIGNATURES[`${signer.publicKey.asymmetricKeyType} ${hash}`] ?? []).includes(signatureAlgorithm))
    return [{ code: 'algorithm', detail: signatureAlgorithm }];
  const problems: TimestampProblem[] = [];
  if (!token.data.digestAlgorithms.includes(digestAlgorithm)) problems.push({ code: 'algorithm', detail: 'digest' });
  if (contentType !== oids.tstInfo) problems.push({ code: 'attribute-missing', detail: oids.contentType });
  const digest = createHash(hash).update(token.content).digest();
  if (messageDigest === null || !messageDigest.equals(digest)) problems.push({ code: 'digest', detail: '' });
  if (!verify(hash, signedBytes, signer.publicKey, signature)) problems.push({ code: 'signature', detail: '' });
  if (!isNamed(token, signer)) problems.push({ code: 'signing-certificate', detail: '' });
  if (!stampsOnly(signer)) problems.push({ code: 'extended-key-usage', detail: '' });
  return problems;
}

/** The signer must be the certificate that the signed attributes name; the first one counts (RFC 5035 §4, RFC 5816). */
function isNamed(token: Token, signer: CertificateView): boolean {
  const [named] = token.data.signer.signingCertificates;
  if (named === undefined || named.algorithm === 'other') return false;
  return createHash(named.algorithm).update(signer.der).digest().equals(named.hash);
}
