import { describe, expect, it } from 'vitest';
import { readSegmentLines } from '../../../src/main/verification/segmentLines.ts';
import { canonicalText } from '../../../src/shared/domain/canonical.ts';

const digest = 'a'.repeat(64);
const first = { duration_ms: 0, i: 0, length: 10, offset: 0, sha256: digest, start_ms: 0 };
const second = { duration_ms: 1000, i: 1, length: 20, offset: 10, sha256: digest, start_ms: 40 };
const text = (...lines: unknown[]): Buffer => Buffer.from(lines.map((line) => `${canonicalText(line)}\n`).join(''));
const problem = (bytes: Buffer) => {
  const read = readSegmentLines('x', bytes);
  return 'problem' in read ? read.problem : null;
};

describe('segment lines', () => {
  it('reads lines that cover a part, and keeps their bytes', () => {
    const read = readSegmentLines('x', text(first, second));
    if ('problem' in read) throw new Error(read.problem.code);
    expect(read.lines).toEqual([first, second]);
    expect(read.raw.map(String)).toEqual([canonicalText(first), canonicalText(second)]);
  });

  it.each([
    ['a hole', text(first, { ...second, offset: 11 }), 'segment-cover', 2],
    ['an overlap', text(first, { ...second, offset: 9 }), 'segment-cover', 2],
    ['an empty segment', text(first, { ...second, length: 0 }), 'segment-cover', 2],
    ['a number left out', text(first, { ...second, i: 2 }), 'segment-order', 2],
    ['time going back', text(first, second, { ...second, i: 2, offset: 30, start_ms: 39 }), 'segment-order', 3],
    ['an initialisation section with a duration', text({ ...first, duration_ms: 1 }), 'segment-order', 1],
    ['a further key', text(first, { ...second, x: 1 }), 'line-malformed', 2],
    ['a key twice', Buffer.from(`${canonicalText(first).replace('{', '{"i":0,')}\n`), 'line-malformed', 1],
    ['white space', Buffer.from(`${JSON.stringify(first, null, 1).replaceAll('\n', ' ')}\n`), 'line-malformed', 1],
    ['a last line without its end', text(first).subarray(0, -1), 'line-malformed', 1],
    ['an empty line', Buffer.concat([text(first), Buffer.from('\n')]), 'line-malformed', 2],
    ['Windows ends of line', Buffer.from(text(first).toString().replace('\n', '\r\n')), 'line-malformed', 1],
    ['a line without measure', Buffer.from(`{"a":"${'x'.repeat(300_000)}"}\n`), 'line-malformed', 1],
    ['nothing at all', Buffer.alloc(0), 'line-malformed', 1],
  ])('refuses %s', (_, bytes, code, line) => {
    expect(problem(bytes)).toEqual({ code, params: { file: 'x', line } });
  });
});
