import { describe, expect, it } from 'vitest';
import { rosterOf } from '../../../src/main/cases/roster.ts';

const person = {
  code: 'p-1',
  capacity: 'psychologist',
  place: 'interview',
  identity_commitment: 'ab'.repeat(32),
} as const;
const move = (at_ms: number, present: boolean, code = 'p-1') =>
  ({ at_ms, type: 'roster', label: 'psychologist', code, present }) as const;
const times = (...moves: ReturnType<typeof move>[]) =>
  rosterOf([person], moves).map(({ entered_ms, left_ms }) => [entered_ms, left_ms]);

describe('rosterOf', () => {
  it('takes people to be there throughout when nothing is said of them', () => {
    expect(times()).toEqual([[0, null]]);
    expect(times(move(10, false, 'p-2'))).toEqual([[0, null]]);
  });

  it('follows their coming and going', () => {
    expect(times(move(500, false))).toEqual([[0, 500]]);
    expect(times(move(500, true))).toEqual([[500, null]]);
    expect(times(move(500, false), move(900, true), move(950, false))).toEqual([
      [0, 500],
      [900, 950],
    ]);
  });

  it('does not mind a mark that was set twice', () => {
    expect(times(move(1, true), move(2, true), move(3, false), move(4, false))).toEqual([[1, 3]]);
  });

  it('carries the capacity and the commitment', () => {
    expect(rosterOf([person], [])).toMatchObject([{ role: 'psychologist', identity_commitment: 'ab'.repeat(32) }]);
  });
});
