import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash } from '../../../src/main/custody/index.ts';
import { quickEvent } from '../../../src/main/custody/quickEvent.ts';
import { canonicalBytes, parseCanonical } from '../../../src/shared/domain/canonical.ts';
import { CustodyEvent } from '../../../src/shared/evidence/event.ts';

const event = {
  action: 'playback.opened',
  actor: { id: 'k7', role: 'judge' },
  at: '2026-11-21T10:14:00.000Z',
  details: { a: [1, null, { b: 'x"y', c: true }], n: -5 },
  log: 'birret/st1/aaaa',
  prev: 'ab'.repeat(32),
  salt: '00'.repeat(16),
  subject: { id: 'st1-2026-000001', prev: null, seq: 3, type: 'exhibit' },
  v: 1,
};

/** Reads an event the slow way; undefined where it refuses. */
function slow(bytes: Uint8Array): CustodyEvent | undefined {
  try {
    return CustodyEvent.parse(parseCanonical(bytes));
  } catch {
    return undefined;
  }
}

/** Whatever the quick one accepts, the slow one must accept and read alike. */
function agrees(bytes: Uint8Array): boolean {
  const quick = quickEvent(bytes);
  if (quick === undefined) return true;
  const { action, actor, at, log, prev, subject } = slow(bytes) ?? {};
  expect(quick).toEqual({ action, actor: actor?.id, at, log, prev, subject, leafHex: leafHash(bytes).toString('hex') });
  return true;
}

describe('the quick reader of events', () => {
  it('reads what is common', () => {
    const bytes = canonicalBytes(event);
    expect(quickEvent(bytes)).toMatchObject({ action: 'playback.opened', subject: { seq: 3, prev: null } });
    agrees(bytes);
    agrees(canonicalBytes({ ...event, prev: null, details: {} }));
  });

  it.each([
    { '2': 1, '10': 2 },
    { a: { b: 1 }, 'a,': [], z: '\u001f' },
    { __proto__x: 1, 'log":"x': '},"log":"y","prev":null' },
    { deep: [[[[[[[[[[[1]]]]]]]]]]] },
    { a: 'ә' },
  ])('says nothing wrong of details %j', (details) => {
    agrees(canonicalBytes({ ...event, details }));
  });

  it.each([
    ['"n":-5', '"n":-5.0'],
    ['"n":-5', '"n":-0'],
    ['"n":-5', '"n":1e3'],
    ['"n":-5', '"n":9007199254740993'],
    ['"n":-5', '"n":-5,"n":-5'],
    ['"n":-5', '"n": -5'],
    ['"n":-5', '"__proto__":{},"n":-5'],
    ['"a":[', '"z":1,"a":['],
    ['"c":true', '"\\u0063":true'],
    ['"v":1', '"v":2'],
    ['"type":"exhibit"', '"type":"nobody"'],
    ['"seq":3', '"seq":03'],
    ['"k7"', '"k\\u0037"'],
    ['"salt":"00', '"salt":"0Z'],
  ])('does not take %s as %s', (from, to) => {
    const text = Buffer.from(canonicalBytes(event)).toString();
    expect(text).toContain(from);
    expect(quickEvent(Buffer.from(text.replace(from, to)))).toBeUndefined();
  });

  it('takes nothing that the slow one refuses, whatever is changed', () => {
    const bytes = Buffer.from(canonicalBytes(event));
    const change = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.constantFrom(0, 1, 3),
      fc.constantFrom('', '"', '{', '}', ',', ':', '0', '1', 'a', '\\', 'null', '[]', '{}', '"a":1,', 'é', '\n'),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
        let text = bytes.toString();
        for (const [at, taken, put] of changes) text = text.slice(0, at) + put + text.slice(at + taken);
        return agrees(Buffer.from(text));
      }),
      { numRuns: 500 },
    );
  });
});
