import { createHash, verify } from 'node:crypto';
import { isRefusal } from '../../shared/errors.ts';
import { readDer } from './der.ts';
import { signingKeyKind } from './keys.ts';
import { oids } from './oids.ts';
import { type CertificateView, readCertificate } from './readCertificate.ts';
import { readSignedData, type SignedDataView } from './signedData.ts';

/** Why a signature is not valid. `malformed` carries the reason in `detail`. */
export type SignatureProblemCode =
  | 'malformed'
  | 'not-detached'
  | 'foreign-content'
  | 'signer-certificate-missing'
  | 'algorithm'
  | 'attribute-missing'
  | 'digest'
  | 'signature'
  | 'signing-certificate';

export interface SignatureProblem {
  readonly code: SignatureProblemCode;
  readonly detail: string;
}

export interface SignatureVerdict {
  /** The mathematics holds. Whether its signer is to be believed is `checkTrust`. */
  readonly valid: boolean;
  /** The signer's certificate where it could be read, also when the signature is not valid. */
  readonly signer: CertificateView | null;
  /** What the signer says of the time, whole seconds. */
  readonly signingTime: Date | null;
  readonly problems: readonly SignatureProblem[];
}

/**
 * Checks a detached CMS signature as EVIDENCE-FORMAT §3 wants it: strict DER (the same bytes when re-encoded), one
 * signer, only the signer's certificate inside, the four signed attributes each once and sorted, message-digest equal to
 * the content's SHA-256, signing-certificate-v2 naming that certificate, RSA-3072 or P-256 with SHA-256, no unsigned
 * attributes. Never throws for bad bytes: they become problems. `content` is the file's bytes, or its SHA-256 when it
 * has been hashed already.
 */
export function verifyDetached(input: {
  p7s: Uint8Array;
  content: Uint8Array | { readonly sha256: Uint8Array };
}): SignatureVerdict {
  const digest =
    input.content instanceof Uint8Array
      ? createHash('sha256').update(input.content).digest()
      : Buffer.from(input.content.sha256);
  let data: SignedDataView;
  let signer: CertificateView | null = null;
  try {
    data = readSignedData(readDer(input.p7s));
    signer = findSigner(data);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { valid: false, signer, signingTime: null, problems: [{ code: 'malformed', detail: reasonOf(error) }] };
  }
  const problems = [...shapeProblems(data), ...attributeProblems(data, digest, signer), ...keyProblems(data, signer)];
  return { valid: problems.length === 0, signer, signingTime: data.signer.signingTime, problems };
}

function reasonOf(error: { params: Readonly<Record<string, string | number>> }): string {
  return String(error.params['reason'] ?? '');
}

function findSigner(data: SignedDataView): CertificateView | null {
  const [only, ...more] = data.certificates;
  if (only === undefined || more.length > 0) return null;
  // A signature file whose certificate is not DER is refused even though its reader would be lenient.
  readDer(only);
  const certificate = readCertificate(only);
  const { issuer, serial } = data.signer;
  return certificate.issuer.equals(issuer) && certificate.serial === serial ? certificate : null;
}

function shapeProblems(data: SignedDataView): SignatureProblem[] {
  const problems: SignatureProblem[] = [];
  const add = (code: SignatureProblemCode, detail: string) => problems.push({ code, detail });
  if (data.content !== null || data.contentType !== oids.data) add('not-detached', data.contentType);
  if (data.version !== 1 || data.signer.version !== 1) add('foreign-content', 'version');
  if (data.certificates.length !== 1) add('foreign-content', 'certificates');
  if (data.hasRevocation) add('foreign-content', 'revocation');
  if (data.signer.hasUnsignedAttributes) add('foreign-content', 'unsigned attributes');
  if (data.digestAlgorithms.length !== 1 || data.digestAlgorithms[0] !== oids.sha256) add('algorithm', 'digest');
  if (data.signer.digestAlgorithm !== oids.sha256) add('algorithm', 'digest');
  return problems;
}

const DUE = [oids.contentType, oids.signingTime, oids.messageDigest, oids.signingCertificateV2];

function attributeProblems(data: SignedDataView, digest: Buffer, signer: CertificateView | null): SignatureProblem[] {
  const problems: SignatureProblem[] = [];
  const { attributes, contentType, messageDigest, signingCertificates } = data.signer;
  for (const oid of DUE) if (!attributes.includes(oid)) problems.push({ code: 'attribute-missing', detail: oid });
  if (
    attributes.some((oid) => !(DUE as readonly string[]).includes(oid)) ||
    new Set(attributes).size !== attributes.length
  ) {
    problems.push({ code: 'foreign-content', detail: 'signed attributes' });
  }
  if (contentType !== oids.data) problems.push({ code: 'foreign-content', detail: 'content-type' });
  if (messageDigest === null || !messageDigest.equals(digest)) problems.push({ code: 'digest', detail: '' });
  const [named] = signingCertificates;
  const names =
    signer !== null &&
    named !== undefined &&
    named.algorithm === 'sha256' &&
    named.hash.toString('hex') === signer.sha256 &&
    (named.issuer === null || named.issuer.equals(signer.issuer)) &&
    (named.serial === null || named.serial === signer.serial);
  if (!names) problems.push({ code: 'signing-certificate', detail: '' });
  return problems;
}

function keyProblems(data: SignedDataView, signer: CertificateView | null): SignatureProblem[] {
  if (signer === null) return [{ code: 'signer-certificate-missing', detail: '' }];
  const kind = signingKeyKind(signer.publicKey);
  const { signatureAlgorithm, signature, signedBytes } = data.signer;
  const allowed: readonly string[] =
    kind === 'rsa' ? [oids.sha256WithRsa, oids.rsaEncryption] : kind === 'ec' ? [oids.ecdsaWithSha256] : [];
  if (!allowed.includes(signatureAlgorithm)) return [{ code: 'algorithm', detail: signatureAlgorithm }];
  if (kind === 'ec' && !isDer(signature)) return [{ code: 'signature', detail: 'not DER' }];
  return verify('sha256', signedBytes, signer.publicKey, signature) ? [] : [{ code: 'signature', detail: '' }];
}

function isDer(bytes: Buffer): boolean {
  try {
    readDer(bytes);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
