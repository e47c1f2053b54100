import { z } from 'zod';
import { type EvidenceRecord, Sha256Hex } from '../../../shared/evidence/record.ts';
import { type TimestampVerdict, verifyTimestamp } from '../../sealing/index.ts';
import { type ReadBag, sha256 } from '../bag.ts';
import { type Finding, failed, notChecked, passed } from '../checkBook.ts';
import type { ReadEvents } from '../events.ts';
import { carriedCertificates, type ReadTrust } from '../trust.ts';
import { upset } from './signatures.ts';

/** Tokens give whole seconds, cut off: something of the same second may carry a later time than its token. */
const WHOLE_SECOND_MS = 1000;

/** What is needed of `details` of `timestamp.obtained`: over which file, named as in the record, and the token's digest. */
const TimestampObtained = z.looseObject({ file: z.string(), tsr_sha256: Sha256Hex });

/** One outside time-stamp of the bag: `name` as in `time.<name>`; `verdict` null when there is no token. */
export interface Token {
  readonly name: string;
  readonly verdict: TimestampVerdict | null;
  /** False where the log tells of a token over this file, and it is another than this or is not here. */
  readonly asLogged: boolean;
}

/** Where a token is looked for, and who is believed. */
export interface TokenPlace {
  readonly bag: ReadBag;
  /** The exhibit's events: `timestamp.obtained` names the token that came. */
  readonly events: ReadEvents;
  readonly trust: ReadTrust;
}

/** Reads the token at `tsrPath` over the file at `dataPath`. */
export function readToken({ bag, events, trust }: TokenPlace, name: string, tsrPath: string, dataPath: string): Token {
  const tsr = bag.contents.texts.get(tsrPath);
  const data = bag.contents.files.get(dataPath);
  const obtained = obtainedOver(events, dataPath);
  if (tsr === undefined) return { name, verdict: null, asLogged: obtained.length === 0 };
  const asLogged = obtained.length === 0 || obtained.includes(sha256(tsr));
  // A token over nothing is a token over other bytes.
  const digest = Buffer.from(data?.sha256 ?? '', 'hex');
  const chain = carriedCertificates(bag.chain);
  try {
    const verdict = verifyTimestamp({ tsr, data: { sha256: digest }, chain, roots: trust.tsaRoots });
    return { name, verdict, asLogged };
  } catch (error) {
    const nothing = { time: null, accuracyMs: null, tsaPolicy: null, nonce: null, signer: null, trust: null };
    const problems = [{ code: 'malformed' as const, detail: upset(error) }];
    return { name, verdict: { valid: false, ...nothing, problems }, asLogged };
  }
}

/** Digests of the tokens over this file of which the events tell: none where it came after the export. */
function obtainedOver(read: ReadEvents, dataPath: string): string[] {
  return ('problem' in read ? [] : read.events).flatMap(({ event }) => {
    const details = event.action === 'timestamp.obtained' ? TimestampObtained.safeParse(event.details) : null;
    return details?.success === true && `data/${details.data.file}` === dataPath ? [details.data.tsr_sha256] : [];
  });
}

/** `time.<file>`: the token speaks of these bytes, is the one of the log, and its authority is one that the verifier trusts. */
export function checkToken({ name, verdict, asLogged }: Token, trust: ReadTrust): Finding {
  if (verdict === null) return notChecked(asLogged ? 'no-token' : 'token-missing', { file: name });
  if (!asLogged) return failed('token-not-logged', { file: name });
  const time = verdict.time?.toISOString() ?? '';
  if (!verdict.valid) {
    const what = verdict.problems.map(({ code, detail }) => (detail === '' ? code : `${code} ${detail}`)).join(', ');
    return failed('token-invalid', { file: name, what });
  }
  if (trust.tsaRoots.length === 0) return notChecked('no-time-trust-given', { time });
  const root = verdict.trust?.path.at(-1);
  const ownRoot = trust.roots.some((station) => station.sha256 === root);
  if (verdict.trust?.trusted !== true || ownRoot) {
    const codes = ownRoot ? ['station-root'] : (verdict.trust?.problems ?? []).map((problem) => problem.code);
    return failed('foreign-token', { file: name, why: [...new Set(codes)].join(' ') });
  }
  return passed({ time });
}

/** True if the token is right and its authority trusted: only then does its time bind anybody. */
export function isTrustedToken(token: Token, trust: ReadTrust): boolean {
  return checkToken(token, trust).status === 'pass';
}

/** `time.anchor`: the outside time-stamp held before recording began is in the bag and is the one that the record quotes. */
export function checkAnchor(bag: ReadBag, record: EvidenceRecord, token: Token, trust: ReadTrust): Finding {
  if (record.anchor === null) return notChecked('no-token', { file: token.name });
  const tsr = bag.contents.files.get('data/custody/anchor.tsr');
  const checkpoint = bag.contents.files.get('data/custody/anchor.checkpoint');
  if (token.verdict === null || tsr === undefined) return notChecked('no-token', { file: token.name });
  const same = tsr.sha256 === record.anchor.tsr_sha256 && checkpoint?.sha256 === record.anchor.checkpoint_sha256;
  const distance = Math.abs(Date.parse(record.anchor.time) - (token.verdict.time?.getTime() ?? Number.NaN));
  if (!same || !(distance < WHOLE_SECOND_MS))
    return failed('token-invalid', { file: token.name, what: 'record.anchor' });
  return checkToken(token, trust);
}

/**
 * `time.order`: `sealed_at`, corrected by the clock's measured offset, lies after the anchor and before every token over a
 * signature. Without any outside time there is nothing to compare.
 */
export function checkOrder(record: EvidenceRecord, tokens: readonly Pick<Token, 'name' | 'verdict'>[]): Finding {
  const sealed = Date.parse(record.interview.sealed_at) + (record.clock.offset_ms ?? 0);
  const lower = record.anchor === null ? null : Date.parse(record.anchor.time);
  const uppers = tokens.flatMap(({ name, verdict }) => {
    if (verdict === null || verdict.time === null || !verdict.valid) return [];
    return [{ name, at: verdict.time.getTime() + (verdict.accuracyMs ?? 0) + WHOLE_SECOND_MS }];
  });
  if (lower === null && uppers.length === 0) return notChecked('no-outside-time');
  if (lower !== null && sealed < lower) return failed('seal-before-anchor');
  const early = uppers.find((upper) => sealed > upper.at);
  if (early !== undefined) return failed('seal-after-token', { file: early.name });
  return passed({ bounds: uppers.length + (lower === null ? 0 : 1) });
}
