import type { TimestampAuthority } from '../../shared/contract/timestamps.ts';
import { type ErrorCode, type ErrorParams, Refusal } from '../../shared/errors.ts';
import { nonceHex, readCertificates, type TimestampVerdict, verifyTimestamp } from '../sealing/index.ts';

/** By how much an authority's clock and the station's may differ. More says that one of them is plainly wrong. */
const CLOCKS_APART_MS = 3_600_000;

/** A token that was checked in full. */
export interface CheckedToken {
  readonly tsr: Buffer;
  readonly time: Date;
  readonly accuracyMs: number | null;
  readonly policy: string;
  /** Name of the certificate that signed it. */
  readonly signer: string;
  /** Whether it leads to the authority's configured root; null where none is configured. */
  readonly trusted: boolean | null;
}

export interface TokenQuestion {
  readonly authority: TimestampAuthority;
  readonly tsr: Buffer;
  readonly sha256: Uint8Array;
  readonly nonce: Uint8Array;
  readonly now: Date;
}

type TokenFault = { readonly code: ErrorCode; readonly params: ErrorParams };

/**
 * Checks an answer before it is kept: granted, our imprint, our nonce, the configured policy, a signer whose one critical
 * purpose is time-stamping and whom the token itself names (signing-certificate), the signature, the clock, and the path to
 * the configured root.
 * @throws Refusal TSA_ANSWER_MALFORMED, TSA_NOT_GRANTED, TSA_WRONG_IMPRINT, TSA_WRONG_NONCE, TSA_WRONG_POLICY,
 * TSA_WRONG_CERTIFICATE, TSA_SIGNATURE_INVALID, TSA_WRONG_TIME, TSA_NOT_TRUSTED
 */
export function checkToken(question: TokenQuestion): CheckedToken {
  const { authority, tsr, sha256 } = question;
  const roots = authority.rootPem === null ? [] : readCertificates(authority.rootPem);
  const verdict = verifyTimestamp({ tsr, data: { sha256 }, chain: [], roots });
  const { time, tsaPolicy, signer } = verdict;
  const fault = tokenFault(verdict) ?? answerFault(verdict, question) ?? trustFault(verdict, authority);
  if (fault !== null) throw new Refusal(fault.code, { authority: authority.address, ...fault.params });
  if (time === null || tsaPolicy === null || signer === null) {
    throw new Refusal('TSA_ANSWER_MALFORMED', { authority: authority.address, reason: 'incomplete' });
  }
  const trusted = authority.rootPem === null ? null : true;
  return { tsr, time, accuracyMs: verdict.accuracyMs, policy: tsaPolicy, signer: signer.commonName, trusted };
}

/** What is wrong with the token in itself. The imprint first: a token over other bytes is no business of ours. */
function tokenFault({ problems }: TimestampVerdict): TokenFault | null {
  const has = (code: string) => problems.find((problem) => problem.code === code);
  const malformed = has('malformed');
  if (malformed !== undefined) return { code: 'TSA_ANSWER_MALFORMED', params: { reason: malformed.detail } };
  if (has('not-granted') !== undefined) return { code: 'TSA_NOT_GRANTED', params: {} };
  if (has('imprint') !== undefined) return { code: 'TSA_WRONG_IMPRINT', params: {} };
  if (has('extended-key-usage') !== undefined) return { code: 'TSA_WRONG_CERTIFICATE', params: {} };
  const [first] = problems;
  return first === undefined ? null : { code: 'TSA_SIGNATURE_INVALID', params: { reason: first.code } };
}

/** What is wrong with it as the answer to our question. */
function answerFault(verdict: TimestampVerdict, { authority, nonce, now }: TokenQuestion): TokenFault | null {
  const { time, tsaPolicy } = verdict;
  if (verdict.nonce !== nonceHex(nonce)) return { code: 'TSA_WRONG_NONCE', params: {} };
  if (authority.policy !== null && authority.policy !== tsaPolicy) {
    return { code: 'TSA_WRONG_POLICY', params: { expected: authority.policy, found: tsaPolicy ?? '' } };
  }
  const apart = Math.abs(now.getTime() - (time?.getTime() ?? Number.NaN));
  if (!(apart <= CLOCKS_APART_MS)) return { code: 'TSA_WRONG_TIME', params: { time: time?.toISOString() ?? '' } };
  return null;
}

function trustFault({ trust }: TimestampVerdict, { rootPem }: TimestampAuthority): TokenFault | null {
  if (rootPem === null || trust?.trusted === true) return null;
  const why = [...new Set((trust?.problems ?? []).map(({ code }) => code))].join(' ');
  return { code: 'TSA_NOT_TRUSTED', params: { reason: why } };
}
