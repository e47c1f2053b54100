import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SegmentIndex } from '../../../src/main/copies/segmentIndex.ts';

const box = (type: string, ...bodies: Buffer[]): Buffer => {
  const body = Buffer.concat(bodies);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const words = (...values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.of(value >>> 24, value >>> 16, value >>> 8, value)));

const trak = (id: number, handler: string, timescale: number) =>
  box(
    'trak',
    box('tkhd', words(0, 0, 0, id)),
    box('mdia', box('hdlr', words(0, 0), Buffer.from(handler)), box('mdhd', words(0, 0, 0, timescale))),
  );
const moov = box('moov', trak(1, 'vide', 12_800), trak(2, 'soun', 48_000));
const moof = (...tracks: [id: number, time: number][]) =>
  box('moof', ...tracks.map(([id, time]) => box('traf', box('tfhd', words(0, id)), box('tfdt', words(0, time)))));
const mdat = (length: number) => box('mdat', Buffer.alloc(length, length));

const file = Buffer.concat([
  box('ftyp', Buffer.from('isom')),
  moov,
  moof([1, 0], [2, 0]),
  mdat(300),
  moof([2, 48_000], [1, 12_800]),
  mdat(200),
  moof([2, 90_000]),
  mdat(10),
]);

describe('the segment list of a copy', () => {
  it.each([1, 7, 64, 10_000])('covers the file, however it arrives (%i bytes at a time)', (size) => {
    const index = new SegmentIndex();
    for (let at = 0; at < file.length; at += size) index.push(file.subarray(at, at + size));
    const lines = index.lines(1500);
    expect(lines.map(({ start_ms, duration_ms }) => [start_ms, duration_ms])).toEqual([
      [0, 0],
      [0, 1000],
      [1000, 0],
      [1000, 500],
    ]);
    let offset = 0;
    for (const line of lines) {
      expect(line.offset).toBe(offset);
      const bytes = file.subarray(offset, offset + line.length);
      expect(line.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      offset += line.length;
    }
    expect(offset).toBe(file.length);
  });

  it('refuses a file that ends within a fragment, and one without any', () => {
    const cut = new SegmentIndex();
    cut.push(file.subarray(0, file.length - 5));
    expect(() => cut.lines(1500)).toThrow(/COPY_FAILED/);
    const none = new SegmentIndex();
    none.push(file.subarray(0, 60));
    expect(() => none.lines(1500)).toThrow(/COPY_FAILED/);
  });
});
