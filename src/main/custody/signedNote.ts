import { Refusal } from '../../shared/errors.ts';
import { COSIGNATURE_ED25519, fromBase64, NOTE_ED25519, type NoteSigner, type NoteVerifier } from './noteKey.ts';

/** One signature line: who says to have signed, and the bytes after the key's 4-byte id. */
export interface NoteSignature {
  readonly name: string;
  readonly id: Buffer;
  readonly signature: Buffer;
}

/** A note taken apart, nothing of it checked yet. `text` ends with a newline. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A note of which at least one signature by a known key was found right. */
export interface VerifiedNote extends SignedNote {
  readonly signedBy: readonly NoteVerifier[];
  /** Witnesses that cosigned, with the second at which each says that it did. */
  readonly cosignedBy: readonly { readonly witness: NoteVerifier; readonly at: Date }[];
}

const MOST_SIGNATURES = 100;
const LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** Signs `text` (C2SP signed-note); it must end with a newline and hold no other control character. */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  if (!isNoteText(text)) throw new Refusal('CHECKPOINT_MALFORMED', { reason: 'text' });
  const message = Buffer.from(text);
  return `${text}\n${signers.map((signer) => lineOf(signer, signer.sign(message))).join('')}`;
}

/** Adds further signature lines (of witnesses) to a note. */
export function addSignatures(note: string, lines: string): string {
  parseNote(note + lines);
  return note + lines;
}

/** The signature line of a witness (C2SP tlog-cosignature, Ed25519) for a note's text, made at `at`. */
export function cosign(text: string, witness: NoteSigner, vkey: NoteVerifier, at: Date): string {
  const seconds = BigInt(Math.floor(at.getTime() / 1000));
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(seconds);
  return lineOf(vkey, Buffer.concat([stamp, witness.sign(cosignedMessage(text, seconds))]));
}

/** The note with the signature lines of these keys alone, in their order. Throws `CHECKPOINT_MALFORMED`. */
export function onlySignatures(note: string, keys: readonly NoteVerifier[]): string {
  const { text, signatures } = parseNote(note);
  const lines = signatures.flatMap((line) => {
    const key = keys.find((one) => one.name === line.name && one.id.equals(line.id));
    return key === undefined ? [] : [lineOf(key, line.signature)];
  });
  return `${text}\n${lines.join('')}`;
}

/** Takes a note apart. Throws `CHECKPOINT_MALFORMED` with the reason. */
export function parseNote(note: string): SignedNote {
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || !note.endsWith('\n')) throw malformed('no signatures');
  const text = note.slice(0, border + 1);
  if (!isNoteText(note)) throw malformed('control characters');
  const lines = note.slice(border + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw malformed('too many signatures');
  return { text, signatures: lines.map(readLine) };
}

/**
 * Checks a note against the keys that the caller trusts. Signatures of other keys are passed over; a wrong one of a
 * known key refuses the whole note, as does the absence of any by a key of type 0x01. Throws `CHECKPOINT_MALFORMED`,
 * `CHECKPOINT_WRONG_KEY`.
 */
export function verifyNote(note: string, verifiers: readonly NoteVerifier[]): VerifiedNote {
  const parsed = parseNote(note);
  const signedBy = new Set<NoteVerifier>();
  const cosignedBy = new Map<NoteVerifier, Date>();
  for (const line of parsed.signatures) {
    const verifier = verifiers.find((known) => known.name === line.name && known.id.equals(line.id));
    if (verifier === undefined) continue;
    switch (verifier.type) {
      case NOTE_ED25519:
        if (!verifier.verify(Buffer.from(parsed.text), line.signature)) throw wrong(verifier);
        signedBy.add(verifier);
        break;
      case COSIGNATURE_ED25519:
        cosignedBy.set(verifier, checkCosignature(parsed.text, verifier, line.signature));
        break;
    }
  }
  if (signedBy.size === 0) throw new Refusal('CHECKPOINT_WRONG_KEY', { name: verifiers[0]?.name ?? '' });
  return {
    ...parsed,
    signedBy: [...signedBy],
    cosignedBy: [...cosignedBy].map(([witness, at]) => ({ witness, at })),
  };
}

function checkCosignature(text: string, witness: NoteVerifier, signature: Buffer): Date {
  if (signature.length !== 72) throw malformed('cosignature');
  const seconds = signature.readBigUInt64BE(0);
  if (!witness.verify(cosignedMessage(text, seconds), signature.subarray(8))) throw wrong(witness);
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) throw malformed('cosignature');
  return at;
}

function cosignedMessage(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}

function readLine(line: string): NoteSignature {
  const [, name, base64 = ''] = LINE.exec(line) ?? [];
  const data = fromBase64(base64);
  if (name === undefined || data === undefined || data.length < 5) throw malformed('signature line');
  return { name, id: data.subarray(0, 4), signature: data.subarray(4) };
}

function lineOf(key: NoteVerifier, signature: Uint8Array): string {
  return `— ${key.name} ${Buffer.concat([key.id, signature]).toString('base64')}\n`;
}

/** Well-formed Unicode, newline-ended, no other control character below U+0020. */
function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  return text.endsWith('\n') && text.isWellFormed() && !/[\x00-\x09\x0b-\x1f]/.test(text);
}

function malformed(reason: string): Refusal {
  return new Refusal('CHECKPOINT_MALFORMED', { reason });
}

function wrong(verifier: NoteVerifier): Refusal {
  return new Refusal('CHECKPOINT_WRONG_KEY', { name: verifier.name });
}
