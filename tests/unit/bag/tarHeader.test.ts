import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { TAR_BLOCK, tarHeader, tarPadding } from '../../../src/main/archive/bag/tarHeader.ts';
import { hasCommand } from '../../support/openssl.ts';

const modified = new Date('2026-11-22T08:00:00.000Z');
const list = (input: Buffer) =>
  spawnSync('tar', ['-tvf', '-', '--utc', '--full-time'], { input, encoding: 'utf8' }).stdout;

describe.skipIf(!hasCommand('tar', '--version'))('tar headers, as GNU tar reads them', () => {
  it('say name, size and time', () => {
    const tar = Buffer.concat([tarHeader({ name: 'a/b.txt', bytes: 0, modified }), Buffer.alloc(2 * TAR_BLOCK)]);
    expect(list(tar)).toMatch(/^-rw-r--r-- 0\/0\s+0 2026-11-22 08:00:00 a\/b\.txt\n$/);
  });

  it('hold names of up to 255 characters without an extension', () => {
    const name = `st1-2026-000001/${'f'.repeat(90)}/${'g'.repeat(60)}`;
    const tar = Buffer.concat([tarHeader({ name, bytes: 0, modified }), Buffer.alloc(2 * TAR_BLOCK)]);
    expect(list(tar).trimEnd().endsWith(name)).toBe(true);
  });

  it('hold sizes above 8 GiB', () => {
    expect(list(tarHeader({ name: 'long.mp4', bytes: 12_345_678_901_234, modified }))).toContain('12345678901234');
  });

  it('refuse a name that does not fit', () => {
    expect(() => tarHeader({ name: 'x'.repeat(101), bytes: 0, modified })).toThrow(RangeError);
    expect(() => tarHeader({ name: 'ы', bytes: 0, modified })).toThrow(RangeError);
  });

  it.each([
    [0, 0],
    [1, 511],
    [511, 1],
    [512, 0],
    [513, 511],
  ])('pad %d bytes with %d', (bytes, padding) => {
    expect(tarPadding(bytes)).toHaveLength(padding);
  });
});
