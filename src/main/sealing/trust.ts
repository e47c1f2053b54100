import { oids, policyOids } from './oids.ts';
import type { CertificateView } from './readCertificate.ts';
import { type RevocationList, revokedAt } from './revocation.ts';

export type TrustProblemCode =
  | 'no-path'
  | 'revoked'
  | 'not-yet-valid'
  | 'expired'
  | 'policy'
  | 'key-usage'
  | 'extended-key-usage'
  | 'not-an-authority'
  | 'path-too-long'
  | 'unknown-critical-extension'
  | 'weak-algorithm';

/** What is wrong with which certificate (its SHA-256). */
export interface TrustProblem {
  readonly code: TrustProblemCode;
  readonly certificate: string;
}

export interface TrustVerdict {
  readonly trusted: boolean;
  /** SHA-256 of the certificates from the signer to the root, when a path was found. */
  readonly path: readonly string[];
  readonly problems: readonly TrustProblem[];
  /** When the signer's certificate, or one above it, was revoked after `at`; null where no list says so. */
  readonly revokedLater: Date | null;
}

export interface TrustQuestion {
  readonly cert: CertificateView;
  /** Certificates that may stand between; nothing in them is trusted for being there. */
  readonly chain: readonly CertificateView[];
  /** Roots that the person who asks trusts, obtained elsewhere. */
  readonly roots: readonly CertificateView[];
  /** The moment to judge validity at: the time-stamp's time, or the signing time where there is none. */
  readonly at: Date;
  /** Policy OID that the signer's certificate must carry (`policyOids`), or null for a foreign signer. */
  readonly policy: string | null;
  readonly purpose?: 'signing' | 'timestamping';
  /** Lists of revoked certificates; those count that the issuer itself has signed. */
  readonly lists?: readonly RevocationList[];
}

/** Signatures of issuers that count. */
export const STRONG_SIGNATURES: ReadonlySet<string> = new Set([
  oids.sha256WithRsa,
  oids.sha384WithRsa,
  oids.sha512WithRsa,
  oids.ecdsaWithSha256,
  oids.ecdsaWithSha384,
  oids.ecdsaWithSha512,
]);
const MAX_PATH = 8;
/** Issuers tried for one question: a bag may carry many certificates that all seem to have issued each other. */
const MAX_TRIES = 500;

/**
 * Is the signer's issuer one that the asker trusts? Path validation in the manner of RFC 5280 §6 for the short chains
 * met here: names and signatures link up to a root of `roots`, all valid at `at`, authorities are authorities, no
 * unknown critical extension, nothing weaker than SHA-256, and the policy that keeps one kind of key from standing for
 * another. Revoked at `at` or before, according to `lists`, is a problem; later is stated. Never throws.
 */
export function checkTrust(question: TrustQuestion): TrustVerdict {
  let best: { path: CertificateView[]; problems: TrustProblem[] } | null = null;
  for (const path of pathsFrom([question.cert], question, { left: MAX_TRIES })) {
    const problems = problemsOf(path, question);
    if (best === null || problems.length < best.problems.length) best = { path, problems };
    if (problems.length === 0) break;
  }
  const leaf = leafProblems(question);
  if (best === null) {
    const problems: TrustProblem[] = [{ code: 'no-path', certificate: question.cert.sha256 }, ...leaf];
    return { trusted: false, path: [], problems, revokedLater: null };
  }
  const problems = [...best.problems, ...leaf];
  const revokedLater = revocations(best.path, question).find(({ when }) => when > question.at)?.when ?? null;
  return { trusted: problems.length === 0, path: best.path.map((one) => one.sha256), problems, revokedLater };
}

/** Every chain of issuers from the last of `path` to a root, roots first, as long as there are tries left. */
function* pathsFrom(
  path: CertificateView[],
  question: TrustQuestion,
  tries: { left: number },
): Generator<CertificateView[]> {
  const last = path.at(-1);
  if (last === undefined || path.length > MAX_PATH) return;
  const issuersAmong = (list: readonly CertificateView[]) =>
    list.filter((one) => {
      if (tries.left === 0 || !one.subject.equals(last.issuer)) return false;
      tries.left -= 1;
      return last.x509.verify(one.publicKey);
    });
  for (const root of issuersAmong(question.roots)) yield [...path, root];
  for (const next of issuersAmong(question.chain)) {
    if (!path.some((one) => one.sha256 === next.sha256)) yield* pathsFrom([...path, next], question, tries);
  }
}

/** Which certificates of a path have been revoked, and when. */
function revocations(path: readonly CertificateView[], { lists = [] }: TrustQuestion) {
  return path.flatMap((certificate, depth) => {
    const issuer = path[depth + 1];
    const when = issuer === undefined ? null : revokedAt(certificate, issuer, lists);
    return when === null ? [] : [{ certificate, when }];
  });
}

function problemsOf(path: readonly CertificateView[], question: TrustQuestion): TrustProblem[] {
  const { at } = question;
  const problems: TrustProblem[] = revocations(path, question)
    .filter(({ when }) => when <= at)
    .map(({ certificate }) => ({ code: 'revoked', certificate: certificate.sha256 }));
  path.forEach((certificate, depth) => {
    const add = (code: TrustProblemCode) => problems.push({ code, certificate: certificate.sha256 });
    if (at < certificate.notBefore) add('not-yet-valid');
    if (at > certificate.notAfter) add('expired');
    if (certificate.unknownCritical.length > 0) add('unknown-critical-extension');
    const isRoot = depth === path.length - 1;
    // A root is believed because it was handed over, not for its own signature.
    if (!isRoot && !STRONG_SIGNATURES.has(certificate.signatureAlgorithm)) add('weak-algorithm');
    if (!strongKey(certificate)) add('weak-algorithm');
    if (depth === 0) return;
    if (!certificate.isAuthority) add('not-an-authority');
    if (certificate.keyUsage !== null && !certificate.keyUsage.has(5)) add('key-usage');
    if (certificate.pathLength !== null && depth - 1 > certificate.pathLength) add('path-too-long');
  });
  return problems;
}

function strongKey({ publicKey }: CertificateView): boolean {
  const details = publicKey.asymmetricKeyDetails;
  if (publicKey.asymmetricKeyType === 'rsa') return (details?.modulusLength ?? 0) >= 2048;
  return publicKey.asymmetricKeyType === 'ec' && /^(prime256v1|secp384r1|secp521r1)$/.test(details?.namedCurve ?? '');
}

function leafProblems({ cert, policy, purpose = 'signing' }: TrustQuestion): TrustProblem[] {
  const problems: TrustProblem[] = [];
  const add = (code: TrustProblemCode) => problems.push({ code, certificate: cert.sha256 });
  const ours: readonly string[] = Object.values(policyOids);
  // A certificate that carried two of our policies could stand for either: refused, whoever issued it.
  const others = cert.policies.filter((one) => one !== policy && ours.includes(one));
  if (policy !== null && (!cert.policies.includes(policy) || others.length > 0)) add('policy');
  if (cert.isAuthority) add('key-usage');
  if (cert.keyUsage !== null && !cert.keyUsage.has(0) && !cert.keyUsage.has(1)) add('key-usage');
  if (purpose === 'timestamping') {
    if (!stampsOnly(cert)) add('extended-key-usage');
  }
  return problems;
}

/** Whether time-stamping is the certificate's one purpose, and critical (RFC 3161 §2.3). */
export function stampsOnly({ extendedKeyUsage, extendedKeyUsageCritical }: CertificateView): boolean {
  return extendedKeyUsageCritical && extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === oids.timeStamping;
}
