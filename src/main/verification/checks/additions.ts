import type { EvidenceCopy } from '../../../shared/evidence/copy.ts';
import type { EvidenceRecord } from '../../../shared/evidence/record.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type ReadBag, recordOf } from '../bag.ts';
import { type Finding, judged, notChecked } from '../checkBook.ts';
import type { ReadTrust } from '../trust.ts';
import { checkTrusted, checkValid, readSignature } from './signatures.ts';
import { isTrustedToken, readToken, type Token, type TokenPlace } from './time.ts';

/** The outside time-stamps over the signatures of supplements: `time.supplements/1.json.station.p7s`. */
export function supplementTokens(place: TokenPlace): Token[] {
  return [...place.bag.supplements.values()].flatMap((read) =>
    ('value' in read ? read.value.signers : []).map(({ file }) => {
      const path = `data/supplements/${file}`;
      return readToken(place, `supplements/${file}`, `${path}.tsr`, path);
    }),
  );
}

/**
 * `supplements`: numbered from 1 without a hole, each quoting the one before and this record, with its files and valid
 * signatures of trusted signers. Passes when there is none. Where the exhibit's key was destroyed (`closed`) the files
 * themselves cannot be looked at.
 */
export function checkSupplements(
  bag: ReadBag,
  trust: ReadTrust,
  tokens: readonly Token[],
  closed: boolean = false,
): Finding {
  if (bag.supplements.size === 0) return { status: 'pass', code: 'none-present' };
  const reasons: CheckReason[] = [];
  const findings: Finding[] = [];
  let prev: string | null = null;
  let expected = 1;
  for (const [n, read] of bag.supplements) {
    const file = `data/supplements/${n}.json`;
    if (n !== expected) reasons.push({ code: 'order-broken', params: { file } });
    expected = n + 1;
    if ('problem' in read) {
      reasons.push(read.problem);
      continue;
    }
    const supplement = read.value;
    if (supplement.n !== n || supplement.prev !== prev) reasons.push({ code: 'chain-broken', params: { file } });
    prev = bag.contents.files.get(file)?.sha256 ?? null;
    reasons.push(...belongs(bag, file, supplement));
    for (const { file: name, sha256 } of closed ? [] : supplement.attachments) {
      reasons.push(...sameDigest(bag, `data/supplements/${name}`, sha256));
    }
    const signed = { folder: 'data/supplements', content: file, signers: supplement.signers };
    findings.push(...signatures(bag, trust, signed, tokens));
  }
  if (closed) findings.push(notChecked('key-destroyed'));
  return joined(reasons, findings, { supplements: bag.supplements.size });
}

/** `copies.<id>`: a derived copy is of this record and of masters with the record's digests, its files are those that it lists, and its signatures hold. */
export function checkCopy(bag: ReadBag, trust: ReadTrust, id: string): Finding {
  const read = bag.copies.get(id);
  const folder = `data/copies/${id}`;
  if (read === undefined) return judged([{ code: 'file-missing', params: { file: `${folder}/copy.json` } }]);
  if ('problem' in read) return judged([read.problem]);
  const copy = read.value;
  const reasons = [...belongs(bag, `${folder}/copy.json`, copy), ...sourceProblems(bag, copy)];
  if (copy.id !== id) reasons.push({ code: 'shape', params: { file: `${folder}/copy.json`, where: 'id' } });
  for (const { file, sha256 } of copy.files) reasons.push(...sameDigest(bag, `${folder}/${file}`, sha256));
  const signed = { folder, content: `${folder}/copy.json`, signers: copy.signers };
  return joined(reasons, signatures(bag, trust, signed, []), { id });
}

/** Every master that the copy names is a part of the record, with the record's digest. */
function sourceProblems(bag: ReadBag, copy: EvidenceCopy): CheckReason[] {
  const parts = recordOf(bag)?.tracks.flatMap((track) => track.parts) ?? [];
  return copy.sources.flatMap(({ file, sha256 }): CheckReason[] => {
    const part = parts.find((each) => each.file === file);
    if (part === undefined) return [{ code: 'file-missing', params: { file } }];
    return part.sha256 === sha256 ? [] : [{ code: 'digest-differs', params: { file } }];
  });
}

function belongs(bag: ReadBag, file: string, statement: { exhibit: string; record_sha256: string }): CheckReason[] {
  const exhibit = recordOf(bag)?.exhibit ?? '';
  if (statement.exhibit !== exhibit) {
    return [{ code: 'exhibit-differs', params: { expected: exhibit, found: statement.exhibit } }];
  }
  return statement.record_sha256 === bag.recordSha256 ? [] : [{ code: 'chain-broken', params: { file } }];
}

function sameDigest(bag: ReadBag, file: string, sha256: string): CheckReason[] {
  const found = bag.contents.files.get(file);
  if (found === undefined) return [{ code: 'file-missing', params: { file } }];
  return found.sha256 === sha256 ? [] : [{ code: 'digest-differs', params: { file } }];
}

interface Signed {
  readonly folder: string;
  readonly content: string;
  readonly signers: EvidenceRecord['signers'];
}

function signatures(
  bag: ReadBag,
  trust: ReadTrust,
  { folder, content, signers }: Signed,
  tokens: readonly Token[],
): Finding[] {
  return signers.flatMap((signer) => {
    const file = `${folder}/${signer.file}`;
    const verdict = readSignature(bag, file, content);
    const valid = checkValid(file, verdict, signer.cert_sha256);
    if (valid.status !== 'pass') return [valid];
    const token = tokens.find(({ name }) => `data/${name}` === file);
    const at = token !== undefined && isTrustedToken(token, trust) ? (token.verdict?.time ?? null) : null;
    return [checkTrusted(bag, trust, { file, verdict, roles: [signer.role], at })];
  });
}

/** Fails with everything that failed; is not checked if only trust is missing; else passes. */
function joined(reasons: readonly CheckReason[], findings: readonly Finding[], params: CheckReason['params']): Finding {
  const all = [...reasons, ...findings.flatMap((each) => (each.status === 'fail' ? each.reasons : []))];
  if (all.length > 0) return judged(all);
  const open = findings.find((each) => each.status === 'not-checked');
  return open?.status === 'not-checked' ? notChecked(open.reason.code, open.reason.params) : judged([], params);
}
