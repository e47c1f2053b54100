import type { CheckReason } from '../../shared/evidence/verification.ts';

/** No line of any file of a bag comes near this: an event with a long note has a few kilobytes. */
const LONGEST_LINE = 256 << 10;

/**
 * Cuts a file into its `\n`-ended lines. A last line without its end, an empty line, a carriage return and a line longer
 * than 256 KiB are refused: `line-malformed` with the number of the line, from 1.
 */
export function textLines(file: string, bytes: Uint8Array): { lines: Buffer[] } | { problem: CheckReason } {
  const lines: Buffer[] = [];
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0; from < all.length; ) {
    const end = all.indexOf(0x0a, from);
    const line = all.subarray(from, end === -1 ? all.length : end);
    if (end === -1 || line.length === 0 || line.length > LONGEST_LINE || line.includes(0x0d)) {
      return { problem: { code: 'line-malformed', params: { file, line: lines.length + 1 } } };
    }
    lines.push(line);
    from = end + 1;
  }
  return { lines };
}
