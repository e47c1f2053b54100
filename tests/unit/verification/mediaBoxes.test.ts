import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaBoxes } from '../../../src/main/verification/mediaBoxes.ts';
import { box, fragment, init, words } from './tinyMedia.ts';

function scan(index: number, bytes: Buffer, cuts: readonly number[] = []): { whole: boolean; startMs: number | null } {
  const boxes = mediaBoxes();
  boxes.update(init);
  boxes.endSegment(0);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    boxes.update(bytes.subarray(from, Math.min(cut, bytes.length)));
    from = Math.min(cut, bytes.length);
  }
  boxes.update(bytes.subarray(from));
  return boxes.endSegment(index);
}

describe('boxes of a part', () => {
  it('knows whole segments and their start, wherever the bytes are divided', () => {
    const segment = Buffer.concat([fragment(12_810), fragment(20_000)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: segment.length }), { maxLength: 12 }), (cuts) => {
        expect(scan(1, segment, cuts)).toEqual({ whole: true, startMs: 1000 });
      }),
    );
  });

  it('takes an initialisation section at the beginning only', () => {
    const boxes = mediaBoxes();
    boxes.update(init);
    expect(boxes.endSegment(0)).toEqual({ whole: true, startMs: 0 });
    boxes.update(init);
    expect(boxes.endSegment(1).whole).toBe(false);
  });

  it.each([
    ['cut inside mdat', fragment(0).subarray(0, -1)],
    ['cut inside a header', fragment(0).subarray(0, 5)],
    ['moof without mdat', box('moof', box('traf'))],
    ['another box between', Buffer.concat([box('free'), fragment(0)])],
    ['a box longer than a file can be', Buffer.concat([words(1), Buffer.from('moof'), Buffer.alloc(8, 0xff)])],
    ['a box shorter than its header', Buffer.concat([words(4), Buffer.from('moof')])],
    ['inner boxes that do not fit', box('moof', words(99), Buffer.from('traf'))],
    ['nothing', Buffer.alloc(0)],
  ])('does not take %s for whole', (_, bytes) => {
    expect(scan(1, bytes).whole).toBe(false);
  });
});
