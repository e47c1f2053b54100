import { Refusal } from '../../shared/errors.ts';
import { parseNote } from './signedNote.ts';
import { encodeConsistency, parseConsistency } from './tlogProof.ts';

/**
 * What is brought to a witness, as a file or a QR code: the body of C2SP tlog-witness' `add-checkpoint`, so that any
 * witness of that kind can be asked.
 */
export interface AddCheckpoint {
  /** Entries of the head that the witness saw last; 0 if it saw none. */
  readonly old: number;
  /** That the log of `old` entries is the beginning of the one brought (RFC 6962 §2.1.2). */
  readonly proof: readonly Buffer[];
  /** The head: a signed note. */
  readonly checkpoint: string;
}

const MOST_HASHES = 63;

/** Writes it: `old N`, the proof's hashes, an empty line, the head. */
export function encodeAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return `old ${old}\n${encodeConsistency(proof)}\n${checkpoint}`;
}

/** Reads one that was typed, scanned or copied: line ends of any system will do. Throws `CHECKPOINT_MALFORMED`. */
export function parseAddCheckpoint(text: string): AddCheckpoint {
  const tidy = tidyNote(text);
  const border = tidy.indexOf('\n\n');
  if (border < 0) throw malformed('nothing after the proof');
  const [first = '', ...hashes] = tidy.slice(0, border).split('\n');
  const digits = /^old (0|[1-9][0-9]{0,15})$/.exec(first)?.[1];
  const old = Number(digits);
  if (digits === undefined || !Number.isSafeInteger(old)) throw malformed('no old size');
  if (hashes.length > MOST_HASHES) throw malformed('too many hashes');
  const checkpoint = tidy.slice(border + 2);
  parseNote(checkpoint);
  return { old, proof: proofOf(hashes), checkpoint };
}

/** A note as it was before a clipboard, a mail or a scanner changed its line ends. */
export function tidyNote(text: string): string {
  return `${text.replaceAll(/\r\n?/g, '\n').trim()}\n`;
}

function proofOf(lines: readonly string[]): Buffer[] {
  try {
    return parseConsistency(lines.map((line) => `${line}\n`).join(''));
  } catch (error) {
    throw malformed('proof', error);
  }
}

function malformed(reason: string, cause?: unknown): Refusal {
  return new Refusal('CHECKPOINT_MALFORMED', { reason }, { cause });
}
