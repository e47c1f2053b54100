import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { checkTrust, policyOids, type SignatureVerdict, verifyDetached } from '../../sealing/index.ts';
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

/** Whether the signer's issuer is one that the verifier trusts, at `at`, for this role. */
export function checkTrusted(
  bag: ReadBag,
  trust: ReadTrust,
  question: {
    file: string;
    verdict: SignatureVerdict | null;
    roles: readonly ('station' | 'officer')[];
    at: Date | null;
  },
): Finding {
  const { verdict, file, roles } = question;
  if (verdict === null) return failed('signer-missing', { file });
  if (verdict.signer === null) return failed('signature-malformed', { file, what: 'no certificate' });
  if (trust.roots.length === 0) return notChecked('no-trust-given', { roots: carriedRoots(bag) });
  const at = question.at ?? verdict.signingTime;
  if (at === null) return failed('signature-malformed', { file, what: 'no signing time' });
  const cert = verdict.signer;
  const chain = carriedCertificates(bag.chain);
  const answers = roles.map((role) =>
    checkTrust({ cert, chain, roots: trust.roots, at, policy: policyOids[role], purpose: 'signing' }),
  );
  const [best] = answers.sort((a, b) => a.problems.length - b.problems.length);
  if (best?.trusted === true) return passed({ signer: cert.commonName });
  const codes = [...new Set((best?.problems ?? []).map((problem) => problem.code))];
  return failed('foreign-signer', { file, signer: cert.commonName, why: codes.join(' ') });
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
