import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, canonicalText, parseCanonical } from '../../../src/shared/domain/canonical.ts';

const refused = expect.objectContaining({ code: 'JSON_NOT_CANONICAL' });

describe('canonical JSON', () => {
  it('sorts keys, writes no space, escapes as RFC 8785 asks', () => {
    const value = { b: [1, null, true], a: 'é"\\\u0001\u2028€', A: {}, '10': 0, '9': -1 };
    expect(canonicalText(value)).toBe('{"10":0,"9":-1,"A":{},"a":"é\\"\\\\\\u0001\u2028€","b":[1,null,true]}');
    expect(Buffer.from(canonicalBytes('Ә')).toString('hex')).toBe('22d39822');
  });

  it('reads back what it wrote, whatever it was', () => {
    const text = fc.string({ unit: 'grapheme' }).map((one) => one.normalize('NFC'));
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
      map: fc.dictionary(fc.string({ unit: 'grapheme-ascii', maxLength: 8 }), tie('any'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    })).any;
    fc.assert(
      fc.property(value, (one) => {
        const text = canonicalText(one);
        expect(canonicalText(parseCanonical(text))).toBe(text);
        expect(parseCanonical(canonicalBytes(one))).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a fraction', 1.5],
    ['too great a number', 2 ** 53],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a big integer', 1n],
    ['undefined', undefined],
    ['undefined within', { a: undefined }],
    ['a hole', new Array(2)],
    ['text not in NFC', 'e\u0301'],
    ['a lone surrogate', '\ud800'],
    ['a Cyrillic key', { ә: 1 }],
    ['a date', new Date(0)],
    ['bytes', Buffer.from('a')],
    ['a map', new Map()],
    ['something with toJSON', { toJSON: () => 1 }],
    ['a deep nest', JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalBytes(value)).toThrow(refused);
    expect(() => canonicalBytes({ details: [value] })).toThrow(refused);
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"b":1,"a":2}',
    '{"a": 1}',
    '{"a":1}\n',
    ' {"a":1}',
    '\ufeff{"a":1}',
    '1.0',
    '1e3',
    '-0',
    '9007199254740993',
    '"\\u00e9"',
    '"\\/"',
    'not json',
    '',
    '{"a":1',
    '[1,]',
  ])('refuses to read %j', (text) => {
    expect(() => parseCanonical(text)).toThrow(refused);
    expect(() => parseCanonical(Buffer.from(text))).toThrow(refused);
  });

  it('refuses bytes that are not UTF-8, and nests that would exhaust the stack', () => {
    expect(() => parseCanonical(Buffer.from('22ff22', 'hex'))).toThrow(refused);
    expect(() => parseCanonical(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toThrow(refused);
  });

  it('keeps a key called __proto__ as a key', () => {
    const text = '{"__proto__":{"x":1}}';
    expect(canonicalText(parseCanonical(text))).toBe(text);
  });
});
