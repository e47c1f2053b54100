import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaBoxes } from '../../../src/main/verification/mediaBoxes.ts';
import { partScanner } from '../../../src/main/verification/partScan.ts';
import { readSegmentLines } from '../../../src/main/verification/segmentLines.ts';
import { readBagInfo, readManifest } from '../../../src/main/verification/tagFiles.ts';
import { tarSource } from '../../../src/main/verification/tarSource.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { box, fragment, init, tinyPart } from './tinyMedia.ts';

/** Arbitrary bytes, and right ones with some of them changed: what comes close is the harder test. */
const near = (right: Buffer): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
    fc.array(fc.tuple(fc.nat(right.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((edits) => {
      const bytes = Buffer.from(right);
      for (const [at, value] of edits) bytes[at] = value;
      return bytes;
    }),
    fc.nat(right.length).map((length) => right.subarray(0, length)),
  );

function tarOf(content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write('x/bagit.txt', 0);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc(512 - (content.length % 512)), Buffer.alloc(1024)]);
}

describe('hostile bytes', () => {
  it('as a tar are listed or refused, and nothing else happens', async () => {
    await fc.assert(
      fc.asyncProperty(near(tarOf(Buffer.from('hello'))), async (bytes) => {
        const source = tarSource(
          {
            plainBytes: bytes.length,
            read: async (offset, length) => bytes.subarray(offset, offset + length),
            async *stream(from, to) {
              yield bytes.subarray(from, to);
            },
            close: async () => undefined,
          },
          'x',
        );
        const listed = await source.list().catch((error: unknown) => {
          if (!isRefusal(error, 'BAG_UNREADABLE')) throw error;
          return null;
        });
        for (const entry of listed?.entries ?? []) expect(entry.bytes).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 300 },
    );
  });

  it('as media are never taken for a segment that they are not', () => {
    const right = Buffer.concat([fragment(0), fragment(12_800)]);
    fc.assert(
      fc.property(near(right), (bytes) => {
        const boxes = mediaBoxes();
        boxes.update(init);
        boxes.endSegment(0);
        boxes.update(bytes);
        const found = boxes.endSegment(1);
        if (found.whole) expect(bytes.length).toBeGreaterThanOrEqual(16);
      }),
      { numRuns: 500 },
    );
  });

  it('made of nothing but empty boxes do not fill the memory', () => {
    const boxes = mediaBoxes();
    const empty = Buffer.concat(Array.from({ length: 10_000 }, () => box('mdat')));
    boxes.update(empty);
    expect(boxes.endSegment(1).whole).toBe(false);
  });

  it('as a part give at most its lines, and only right digests are the right bytes', () => {
    const { media, lines } = tinyPart([0, 1, 2]);
    const read = readSegmentLines('x', Buffer.from(lines.map((line) => `${line}\n`).join('')));
    if ('problem' in read) throw new Error(read.problem.code);
    fc.assert(
      fc.property(near(media), (bytes) => {
        const scanner = partScanner(read.lines);
        scanner.update(bytes);
        const scanned = scanner.finish();
        expect(scanned.length).toBeLessThanOrEqual(read.lines.length);
        for (const [index, line] of read.lines.entries()) {
          const place = [line.offset, line.offset + line.length] as const;
          const same = bytes.subarray(...place).equals(media.subarray(...place));
          expect(scanned[index]?.sha256 === line.sha256).toBe(same);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('as lists are read or refused', () => {
    const manifest = Buffer.from(`${'a'.repeat(64)}  data/x\n`);
    fc.assert(
      fc.property(near(manifest), (bytes) => {
        readManifest('m', bytes);
        readBagInfo('b', bytes);
        readSegmentLines('s', bytes);
      }),
    );
  });
});
