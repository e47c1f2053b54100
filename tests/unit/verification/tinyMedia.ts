import { createHash } from 'node:crypto';
import { canonicalText } from '../../../src/shared/domain/canonical.ts';

/** One box of an MP4 file. */
export function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** 32-bit numbers, big-endian. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** An initialisation section of one track (number 7) with 12 800 ticks a second. */
export const init = Buffer.concat([
  box('ftyp', Buffer.from('isom')),
  box('moov', box('trak', box('tkhd', words(0, 0, 0, 7)), box('mdia', box('mdhd', words(0, 0, 0, 12_800))))),
]);

/** One fragment of that track that begins at `ticks`. */
export const fragment = (ticks: number): Buffer =>
  Buffer.concat([
    box('moof', box('traf', box('tfhd', words(0, 7)), box('tfdt', words(0x01000000, 0, ticks)))),
    box('mdat', Buffer.alloc(50, 1)),
  ]);

/** A part with a segment of a second for each of `seconds`, and its lines without newline. */
export function tinyPart(seconds: readonly number[]): { media: Buffer; lines: Buffer[] } {
  const pieces = [init, ...seconds.map((second) => fragment(second * 12_800))];
  let offset = 0;
  const lines = pieces.map((piece, i) => {
    const line = {
      duration_ms: i === 0 ? 0 : 1000,
      i,
      length: piece.length,
      offset,
      sha256: createHash('sha256').update(piece).digest('hex'),
      start_ms: i === 0 ? 0 : (seconds[i - 1] ?? 0) * 1000,
    };
    offset += piece.length;
    return Buffer.from(canonicalText(line));
  });
  return { media: Buffer.concat(pieces), lines };
}
