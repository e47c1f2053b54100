import type { CheckReason } from '../../../shared/evidence/verification.ts';
import {
  type CertificateView,
  checkTrust,
  policyOids,
  type RevocationList,
  readableLists,
  type SignatureVerdict,
  verifyDetached,
} from '../../sealing/index.ts';
import type { ReadBag } from '../bag.ts';
import { type Finding, failed, judged, notChecked, passed } from '../checkBook.ts';
import { HANDOVER } from '../expectedFiles.ts';
import { carriedCertificates, type ReadTrust } from '../trust.ts';

/** Reads one signature over one file; null when either is not there. Paths are those of the bag. */
export function readSignature(bag: ReadBag, p7sPath: string, contentPath: string): SignatureVerdict | null {
  const p7s = bag.contents.texts.get(p7sPath);
  const content = bag.contents.files.get(contentPath);
  if (p7s === undefined || content === undefined) return null;
  try {
    return verifyDetached({ p7s, content: { sha256: Buffer.from(content.sha256, 'hex') } });
  } catch (error) {
    // Bytes that upset the reader in a way nobody foresaw are no signature.
    return { valid: false, signer: null, signingTime: null, problems: [{ code: 'malformed', detail: upset(error) }] };
  }
}

/** What a parser threw, short and printable. */
export function upset(error: unknown): string {
  return (error instanceof Error ? error.message : 'error').replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
}

/** The mathematics of one announced signature: it is well formed, over these bytes, by the announced certificate. */
export function checkValid(file: string, verdict: SignatureVerdict | null, certSha256: string | null): Finding {
  if (verdict === null) return failed('signer-missing', { file });
  const reasons = verdict.problems.map(({ code, detail }): CheckReason => {
    if (code === 'malformed') return { code: 'signature-malformed', params: { file, what: detail } };
    return { code: 'signature-invalid', params: { file, what: detail === '' ? code : `${code} ${detail}` } };
  });
  if (certSha256 !== null && verdict.signer?.sha256 !== certSha256) {
    reasons.push({ code: 'certificate-differs', params: { file } });
  }
  return judged(reasons, { signer: verdict.signer?.commonName ?? '' });
}

/** One signature whose signer is to be judged. `at` = when it stood, by a trusted time-stamp; null without one. */
export interface TrustedQuestion {
  readonly file: string;
  readonly verdict: SignatureVerdict | null;
  readonly roles: readonly ('station' | 'officer')[];
  readonly at: Date | null;
}

/**
 * Whether the signer's issuer is one that the verifier trusts, for this role, when the signature was made: at the time of
 * its time-stamp, else at the time that it states of itself, and then only while the certificate is still good (a key that
 * ran out or was revoked could have signed with any date). An officer's certificate of an outside authority carries none of
 * our policies; where its root was not named it is not checked, since the record, which the station signs, names it.
 */
export function checkTrusted(bag: ReadBag, trust: ReadTrust, question: TrustedQuestion): Finding {
  const { verdict, file, roles } = question;
  if (verdict === null) return failed('signer-missing', { file });
  const cert = verdict.signer;
  if (cert === null) return failed('signature-malformed', { file, what: 'no certificate' });
  if (trust.roots.length === 0) return notChecked('no-trust-given', { roots: carriedRoots(bag) });
  const at = question.at ?? verdict.signingTime;
  if (at === null) return failed('signature-malformed', { file, what: 'no signing time' });
  const chain = carriedCertificates(bag.chain);
  const lists = [...trust.lists, ...carriedLists(bag)];
  const outside = !cert.policies.some((policy) => OUR_POLICIES.includes(policy));
  const answers = roles.map((role) => {
    const policy = outside && role === 'officer' ? null : policyOids[role];
    return checkTrust({ cert, chain, lists, roots: trust.roots, at, policy, purpose: 'signing' });
  });
  const [best] = answers.sort((a, b) => a.problems.length - b.problems.length);
  if (best?.trusted === true) return stillGood(file, cert, question.at, best.revokedLater, trust.now);
  const codes = [...new Set((best?.problems ?? []).map((problem) => problem.code))];
  if (outside && roles.includes('officer') && codes.join() === 'no-path') {
    return notChecked('outside-authority', { file, signer: cert.commonName });
  }
  return failed('foreign-signer', { file, signer: cert.commonName, why: codes.join(' ') });
}

const OUR_POLICIES: readonly string[] = Object.values(policyOids);

/** A certificate that has ended since keeps its signatures where a time-stamp stands before its end; else that is said. */
function stillGood(
  file: string,
  { commonName: signer, notAfter }: CertificateView,
  stamped: Date | null,
  revokedLater: Date | null,
  now: Date | null,
): Finding {
  const expired = now !== null && now > notAfter;
  if (revokedLater === null && !expired) return passed({ signer });
  const ended = { file, signer, when: (revokedLater ?? notAfter).toISOString() };
  if (revokedLater !== null) {
    return stamped === null ? notChecked('revoked-unproven', ended) : passed(ended, 'revoked-later');
  }
  return stamped === null ? notChecked('expired-unproven', ended) : passed(ended, 'expired-later');
}

/** Lists of revoked certificates that the bag carries: believed where the issuer itself has signed them. */
function carriedLists(bag: ReadBag): RevocationList[] {
  const files = [...bag.contents.texts].filter(([path]) => /^data\/signatures\/revocation\/[^/]+\.crl$/.test(path));
  return readableLists(files.map(([, bytes]) => bytes));
}

/** `bag.handover`: the signature of whoever handed the bag over, over the tag manifest and so over every file. */
export function checkHandover(bag: ReadBag, trust: ReadTrust): Finding {
  const verdict = readSignature(bag, HANDOVER, 'tagmanifest-sha256.txt');
  const valid = checkValid(HANDOVER, verdict, null);
  if (valid.status !== 'pass') return valid;
  return checkTrusted(bag, trust, { file: HANDOVER, verdict, roles: ['officer', 'station'], at: null });
}

/** Fingerprints of the roots that the bag itself carries: to be compared with the printed label, never believed. */
function carriedRoots(bag: ReadBag): string {
  return carriedCertificates(bag.roots)
    .map((root) => root.sha256)
    .join(' ');
}
