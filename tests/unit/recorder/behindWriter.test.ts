import { describe, expect, it } from 'vitest';
import { BehindWriter } from '../../../src/main/recorder/behindWriter.ts';

const text = (value: string) => Buffer.from(value);

describe('a writer behind its caller', () => {
  it('writes in order, all that came meanwhile at once, and starts afresh where told', async () => {
    const written: [string, boolean][] = [];
    const first = Promise.withResolvers<void>();
    const writer = new BehindWriter(async (bytes, afresh) => {
      written.push([bytes.toString(), afresh]);
      if (written.length === 1) await first.promise;
    });
    for (const one of ['a', 'b', 'c']) writer.add(text(one));
    expect(written).toEqual([['a', false]]);
    first.resolve();
    await writer.settled();
    expect(written).toEqual([
      ['a', false],
      ['bc', false],
    ]);
    writer.add(text('old'));
    writer.add(text('new'), true);
    writer.add(text('er'));
    await writer.settled();
    expect(written.slice(2)).toEqual([
      ['old', false],
      ['newer', true],
    ]);
  });

  it('counts what a full disk refused, goes on, and never holds more than its bound', async () => {
    let full = true;
    const kept: number[] = [];
    const hung = Promise.withResolvers<void>();
    const writer = new BehindWriter(async (bytes) => {
      if (full) throw new Error('ENOSPC');
      kept.push(bytes.length);
      await hung.promise;
    });
    writer.add(text('lost'));
    await writer.settled();
    expect(writer.lost).toBe(1);
    full = false;
    for (let i = 0; i < 10; i++) writer.add(Buffer.alloc(1024 * 1024));
    // One is being written, four wait.
    expect(writer.lost).toBe(1 + 5);
    hung.resolve();
    await writer.settled();
    expect(kept.reduce((sum, bytes) => sum + bytes, 0)).toBe(5 * 1024 * 1024);
  });
});
