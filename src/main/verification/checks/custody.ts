import { isRefusal } from '../../../shared/errors.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import {
  type NoteVerifier,
  parseConsistency,
  parseTlogProof,
  parseVkey,
  type VerifiedCheckpoint,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '../../custody/index.ts';
import { type ReadBag, recordOf } from '../bag.ts';
import { type Finding, failed, judged, notChecked, passed } from '../checkBook.ts';
import type { BagEvent, ReadEvents } from '../events.ts';

/** C2SP signed-note: the type of a log's own Ed25519 key, not of a witness. */
const LOG_KEY = 0x01;
const FOLDER = 'data/custody';
export const CHECKPOINT = `${FOLDER}/checkpoint`;
export const SEAL_CHECKPOINT = `${FOLDER}/seal.checkpoint`;

/** A check's finding together with what later checks go on with; null where it did not pass. */
export interface Found<T> {
  readonly finding: Finding;
  readonly value: T | null;
}

/** `custody.log-key`: `custody/log.vkey` is the key that the signed record names, for the log that it names. */
export function checkLogKey(bag: ReadBag): Found<NoteVerifier> {
  const record = recordOf(bag);
  const text = textOf(bag, `${FOLDER}/log.vkey`)?.replace(/\n$/, '');
  if (record === null) return { finding: notChecked('needs-other-check', { check: 'record.canonical' }), value: null };
  if (text === undefined) return { finding: failed('file-missing', { file: `${FOLDER}/log.vkey` }), value: null };
  try {
    const key = parseVkey(record.log.vkey);
    const right = text === record.log.vkey && key.name === record.log.origin && key.type === LOG_KEY;
    return right
      ? { finding: passed({ origin: key.name }), value: key }
      : { finding: failed('key-differs'), value: null };
  } catch (error) {
    if (!isRefusal(error, 'LOG_KEY_MALFORMED')) throw error;
    return { finding: failed('key-differs'), value: null };
  }
}

/** `custody.checkpoint` and the head after the seal: signed by the log's key, for this log. */
export function checkCheckpoint(bag: ReadBag, key: NoteVerifier | null, file: string): Found<VerifiedCheckpoint> {
  if (key === null) return { finding: notChecked('needs-other-check', { check: 'custody.log-key' }), value: null };
  const text = textOf(bag, file);
  if (text === undefined) return { finding: failed('file-missing', { file }), value: null };
  try {
    const head = verifyCheckpoint(text, key.name, [key]);
    return { finding: passed({ size: head.size }), value: head };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const code = error.code === 'CHECKPOINT_WRONG_KEY' ? 'checkpoint-signature' : 'checkpoint-malformed';
    return { finding: failed(code, { file }), value: null };
  }
}

/**
 * `custody.proofs`: one proof for each event, in the order of their indexes, each showing that the event's bytes are that
 * leaf under `custody/checkpoint`. Gives the events' indexes in the log.
 */
export function checkProofs(bag: ReadBag, read: ReadEvents, head: VerifiedCheckpoint | null): Found<readonly number[]> {
  if ('problem' in read) return { finding: judged([read.problem]), value: null };
  if (head === null) return { finding: notChecked('needs-other-check', { check: 'custody.checkpoint' }), value: null };
  const { reasons, indexes } = proofsProblems(bag, read, head, FOLDER);
  return {
    finding: judged(reasons, { proofs: indexes.length, size: head.size }),
    value: reasons.length > 0 ? null : indexes,
  };
}

/** What is wrong with the proofs in `folder` of these events to the head of `<folder>/checkpoint`; and their indexes. */
export function proofsProblems(
  bag: ReadBag,
  read: ReadEvents,
  head: VerifiedCheckpoint,
  folder: string,
): { readonly reasons: CheckReason[]; readonly indexes: readonly number[] } {
  const events = 'problem' in read ? [] : read.events;
  const reasons: CheckReason[] = [];
  const indexes = proofIndexes(bag, folder);
  const checkpoint = textOf(bag, `${folder}/checkpoint`);
  for (const [seq, { leafHash }] of events.entries()) {
    const index = indexes[seq];
    if (index === undefined) {
      reasons.push({ code: 'proof-missing', params: { seq } });
      continue;
    }
    const text = textOf(bag, `${folder}/proofs/${index}.tlog-proof`) ?? '';
    if (!proves(text, checkpoint, index, leafHash, head))
      reasons.push({ code: 'proof-invalid', params: { seq, index } });
  }
  reasons.push(...neighbourProblems(events, indexes));
  for (const index of indexes.slice(events.length)) reasons.push({ code: 'proof-extra', params: { index } });
  return { reasons, indexes };
}

/** Where two events of the exhibit are neighbours in the log, the later one's `prev` is the earlier one's leaf hash. */
function neighbourProblems(events: readonly BagEvent[], indexes: readonly number[]): CheckReason[] {
  return events.flatMap(({ event }, seq): CheckReason[] => {
    const before = events[seq - 1];
    const neighbours = before !== undefined && indexes[seq] === (indexes[seq - 1] ?? -2) + 1;
    const expected = indexes[seq] === 0 ? null : before?.leafHash.toString('hex');
    const known = neighbours || indexes[seq] === 0;
    return known && event.prev !== expected ? [{ code: 'chain-broken', params: { file: '', seq } }] : [];
  });
}

function proofIndexes(bag: ReadBag, folder: string): number[] {
  const found: number[] = [];
  for (const path of bag.contents.files.keys()) {
    if (!path.startsWith(`${folder}/proofs/`)) continue;
    const index = /^(0|[1-9][0-9]{0,15})\.tlog-proof$/.exec(path.slice(`${folder}/proofs/`.length))?.[1];
    if (index !== undefined) found.push(Number(index));
  }
  return found.sort((a, b) => a - b);
}

/** The proof is to the same checkpoint as the bag's, byte for byte, so that its signature has been checked already. */
function proves(
  text: string,
  checkpoint: string | undefined,
  index: number,
  leafHash: Uint8Array,
  head: VerifiedCheckpoint,
): boolean {
  try {
    const proof = parseTlogProof(text);
    if (proof.index !== index || proof.checkpoint !== checkpoint) return false;
    return verifyInclusion(leafHash, index, head.size, proof.hashes, head.root);
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** `custody.seal-to-head`: the head right after the seal covers the seal's event, and the log has only grown since. */
export function checkSealToHead(
  bag: ReadBag,
  key: NoteVerifier | null,
  head: VerifiedCheckpoint | null,
  indexes: readonly number[] | null,
  read: ReadEvents,
): Finding {
  const seal = checkCheckpoint(bag, key, SEAL_CHECKPOINT);
  if (seal.value === null) return seal.finding;
  if (head === null) return notChecked('needs-other-check', { check: 'custody.checkpoint' });
  const file = `${FOLDER}/seal-to-head.consistency`;
  const text = textOf(bag, file);
  if (text === undefined) return failed('file-missing', { file });
  const reasons: CheckReason[] = [];
  if (!grew(text, seal.value, head)) reasons.push({ code: 'consistency-invalid', params: {} });
  const events = 'problem' in read ? [] : read.events;
  const sealed = indexes?.[events.findIndex(({ event }) => event.action === 'exhibit.sealed')];
  if (sealed === undefined) return judged(reasons.length > 0 ? reasons : [{ code: 'seal-not-covered', params: {} }]);
  if (sealed >= seal.value.size) reasons.push({ code: 'seal-not-covered', params: {} });
  return judged(reasons, { from: seal.value.size, size: head.size });
}

/** Whether `text` is the proof (RFC 6962 §2.1.2) that the log of one head grew into that of the other. */
export function grew(text: string, from: VerifiedCheckpoint, to: VerifiedCheckpoint): boolean {
  try {
    return verifyConsistency(from.size, from.root, to.size, to.root, parseConsistency(text));
  } catch (error) {
    if (isRefusal(error, 'PROOF_MALFORMED')) return false;
    throw error;
  }
}

/** A text of the bag; undefined when it is not there or is not UTF-8, which no check can tell apart to any use. */
export function textOf(bag: ReadBag, path: string): string | undefined {
  const bytes = bag.contents.texts.get(path);
  if (bytes === undefined) return undefined;
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
