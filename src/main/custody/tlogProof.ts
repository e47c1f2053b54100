import { Refusal } from '../../shared/errors.ts';
import { type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle.ts';
import { verifyInclusion } from './merkleProof.ts';
import { fromBase64, type NoteVerifier } from './noteKey.ts';

/** C2SP tlog-proof@v1 taken apart: that leaf `index` is in the log whose `checkpoint` (a signed note) stands with it. */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Buffer[];
  readonly checkpoint: string;
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** Writes a proof file (`<index>.tlog-proof`). */
export function encodeTlogProof(proof: TlogProof): string {
  return `${FIRST_LINE}\nindex ${proof.index}\n${hashLines(proof.hashes)}\n${proof.checkpoint}`;
}

/** Takes one apart; extra data, which nothing vouches for, is passed over. Throws `PROOF_MALFORMED`. */
export function parseTlogProof(text: string): TlogProof {
  const border = text.indexOf('\n\n');
  if (border < 0) throw malformed();
  const [first, ...lines] = text.slice(0, border).split('\n');
  if (first !== FIRST_LINE) throw malformed();
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, digits] = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '') ?? [];
  const index = Number(digits);
  if (digits === undefined || !Number.isSafeInteger(index)) throw malformed();
  return { index, hashes: lines.map(readHash), checkpoint: text.slice(border + 2) };
}

/**
 * Checks that `leaf` (an event's bytes) is in the log `origin` at the proof's index. Throws `PROOF_MALFORMED`,
 * `PROOF_INVALID` with the index, and what `verifyCheckpoint` throws.
 */
export function verifyTlogProof(
  text: string,
  leaf: Uint8Array,
  origin: string,
  verifiers: readonly NoteVerifier[],
): VerifiedCheckpoint & { readonly index: number } {
  const proof = parseTlogProof(text);
  const head = verifyCheckpoint(proof.checkpoint, origin, verifiers);
  if (!verifyInclusion(leafHash(leaf), proof.index, head.size, proof.hashes, head.root)) {
    throw new Refusal('PROOF_INVALID', { index: proof.index });
  }
  return { ...head, index: proof.index };
}

/** A consistency proof as a file: base64 hashes, one a line; empty where there is nothing to prove. */
export function encodeConsistency(hashes: readonly Uint8Array[]): string {
  return hashLines(hashes);
}

/** Reads one back. Throws `PROOF_MALFORMED`. */
export function parseConsistency(text: string): Buffer[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw malformed();
  return text.slice(0, -1).split('\n').map(readHash);
}

function hashLines(hashes: readonly Uint8Array[]): string {
  return hashes.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
}

function readHash(line: string): Buffer {
  const hash = fromBase64(line);
  if (hash?.length !== 32) throw malformed();
  return hash;
}

function malformed(): Refusal {
  return new Refusal('PROOF_MALFORMED');
}
