import { z } from 'zod';
import { canonicalText, parseCanonical } from '../../shared/domain/canonical.ts';
import { Refusal } from '../../shared/errors.ts';
import { openSecret, sealSecret } from './secrets.ts';

/** The end of a part's plaintext that was not yet in a sealed chunk: `bytes` stand at `offset` of the part. */
export interface Tail {
  readonly part: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const TailLine = z.strictObject({ offset: z.number().int().nonnegative(), part: z.string().min(1) });
const LONGEST_LINE = 200;

/**
 * A tail as a complete age file with a file key of its own (EVIDENCE-FORMAT §1). Its plaintext is one line of JCS,
 * `{"offset":N,"part":"room"}` and a newline, then the raw bytes. Throws `KEY_UNREADABLE`.
 */
export async function encodeTail(tail: Tail, recipients: readonly string[]): Promise<Buffer> {
  const line = `${canonicalText({ offset: tail.offset, part: tail.part })}\n`;
  return await sealSecret(Buffer.concat([Buffer.from(line), tail.bytes]), recipients);
}

/** Reads one back. Throws what `openSecret` throws, and `TAIL_MALFORMED`. */
export async function decodeTail(file: Uint8Array, identity: string): Promise<Tail> {
  const plain = await openSecret(file, identity);
  const end = plain.subarray(0, LONGEST_LINE).indexOf(0x0a);
  if (end < 0) throw malformed();
  const { part, offset } = readLine(plain.subarray(0, end));
  return { part, offset, bytes: plain.subarray(end + 1) };
}

function readLine(line: Uint8Array): z.infer<typeof TailLine> {
  try {
    return TailLine.parse(parseCanonical(line));
  } catch (error) {
    throw malformed(error);
  }
}

function malformed(cause?: unknown): Refusal {
  return new Refusal('TAIL_MALFORMED', {}, { cause });
}
