import { createHash } from 'node:crypto';
import { canonicalText } from '../../src/shared/domain/canonical.ts';
import type { SegmentLine } from '../../src/shared/evidence/record.ts';
import type { Media } from './fragmentedMedia.ts';

const TICKS = 1000;

function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.reduce((sum, { length }) => sum + length, 8));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/**
 * A part of that many segments of `segmentBytes`, one for each second: the right boxes in the right order around bytes that
 * no player could show. For what is about size alone; it takes no encoder's time.
 */
export function largeMedia(segments: number, segmentBytes: number, fill: Uint8Array): Media {
  const init = Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    box('moov', box('trak', box('tkhd', words(0, 0, 0, 1)), box('mdia', box('mdhd', words(0, 0, 0, TICKS))))),
  ]);
  const moof = (second: number) =>
    box('moof', box('traf', box('tfhd', words(0, 1)), box('tfdt', words(0x01000000, 0, second * TICKS))));
  const moofBytes = moof(0).length;
  const bytes = Buffer.allocUnsafe(init.length + segments * segmentBytes);
  bytes.set(init);
  const mdat = Buffer.alloc(segmentBytes - moofBytes, fill);
  mdat.writeUInt32BE(mdat.length);
  mdat.write('mdat', 4, 'latin1');
  const lines: SegmentLine[] = [];
  let offset = 0;
  for (let i = 0; i <= segments; i++) {
    const length = i === 0 ? init.length : segmentBytes;
    if (i > 0) {
      bytes.set(moof(i - 1), offset);
      bytes.set(mdat, offset + moofBytes);
    }
    lines.push({
      duration_ms: i === 0 ? 0 : 1000,
      i,
      length,
      offset,
      sha256: createHash('sha256')
        .update(bytes.subarray(offset, offset + length))
        .digest('hex'),
      start_ms: i === 0 ? 0 : (i - 1) * 1000,
    });
    offset += length;
  }
  const leaves = lines.map((line) => Buffer.from(canonicalText(line)));
  return { bytes, lines, leaves, durationMs: segments * 1000 };
}
