import { Refusal } from '../../shared/errors.ts';
import { fromBase64, type NoteSigner, type NoteVerifier } from './noteKey.ts';
import { parseNote, signNote, type VerifiedNote, verifyNote } from './signedNote.ts';

/** The head of a tree: of a station's log, or of a part that is being recorded (`<exhibit>/<part>`). */
export interface TreeHead {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
}

/** A head with the signatures that were found right. */
export interface VerifiedCheckpoint extends TreeHead {
  readonly signedBy: VerifiedNote['signedBy'];
  readonly cosignedBy: VerifiedNote['cosignedBy'];
}

/** Writes a head's text (C2SP tlog-checkpoint) and signs it. */
export function signCheckpoint(head: TreeHead, ...signers: readonly NoteSigner[]): string {
  return signNote(checkpointText(head), ...signers);
}

/**
 * The three lines that are signed, and `further` ones (C2SP tlog-checkpoint: extension lines). Throws
 * `CHECKPOINT_MALFORMED` for an origin or size that cannot stand there.
 */
export function checkpointText(head: TreeHead, further: readonly string[] = []): string {
  const lines = [head.origin, String(head.size), Buffer.from(head.root).toString('base64'), ...further];
  const text = lines.map((line) => `${line}\n`).join('');
  parseCheckpointText(text);
  return text;
}

/** The head of a checkpoint, its signatures NOT checked: for showing, or for choosing a key. Throws `CHECKPOINT_MALFORMED`. */
export function parseCheckpoint(note: string): TreeHead {
  return parseCheckpointText(parseNote(note).text);
}

/**
 * A checkpoint of the log `origin`, signed by a known key. Throws `CHECKPOINT_MALFORMED`, `CHECKPOINT_WRONG_KEY` (no
 * signature of these keys, a wrong one, or the head of another log).
 */
export function verifyCheckpoint(note: string, origin: string, verifiers: readonly NoteVerifier[]): VerifiedCheckpoint {
  const verified = verifyNote(note, verifiers);
  const head = parseCheckpointText(verified.text);
  if (head.origin !== origin) throw new Refusal('CHECKPOINT_WRONG_KEY', { name: head.origin.slice(0, 200) });
  return { ...head, signedBy: verified.signedBy, cosignedBy: verified.cosignedBy };
}

/** Puts checkpoints one after another with an empty line between, as in `<part>.heads`. */
export function joinHeads(checkpoints: readonly string[]): string {
  return checkpoints.join('\n');
}

/**
 * Divides a heads file into its checkpoints, in the order of the file; signatures are checked one by one afterwards
 * with `verifyCheckpoint`. A checkpoint that was cut off at the end (a crash) is left out if `cutOff` allows it.
 * Throws `CHECKPOINT_MALFORMED`.
 */
export function parseHeads(text: string, { cutOff = false }: { cutOff?: boolean } = {}): string[] {
  const heads: string[] = [];
  let rest = text;
  while (rest.length > 0) {
    const match = /^(?:[^\n]+\n){3,}\n(?:— [^\n]+\n)+(?=\n|$)/u.exec(rest);
    if (match === null) {
      // The beginning of one checkpoint has one empty line at most; more means that whole ones follow something else.
      if (cutOff && rest.split('\n\n').length <= 2) return heads;
      throw new Refusal('CHECKPOINT_MALFORMED', { reason: 'heads' });
    }
    heads.push(match[0]);
    rest = rest.slice(match[0].length + 1);
  }
  return heads;
}

function parseCheckpointText(text: string): TreeHead {
  const [origin = '', sizeText = '', rootText = '', ...further] = text.slice(0, -1).split('\n');
  const size = /^(?:0|[1-9][0-9]{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN;
  const root = fromBase64(rootText);
  if (origin === '' || origin.length > 200 || !Number.isSafeInteger(size) || root?.length !== 32) {
    throw new Refusal('CHECKPOINT_MALFORMED', { reason: 'head' });
  }
  if (further.some((line) => line === '')) throw new Refusal('CHECKPOINT_MALFORMED', { reason: 'extension lines' });
  return { origin, size, root };
}
