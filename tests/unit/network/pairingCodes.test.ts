import { beforeEach, describe, expect, it } from 'vitest';
import { PairingCodes } from '../../../src/main/network/index.ts';
import { plainCode, typedAlphabet } from '../../../src/shared/domain/pairingCode.ts';
import { refusalOf, StillClock } from '../../support/testStation.ts';

let clock: StillClock;
let codes: PairingCodes;
beforeEach(() => {
  clock = new StillClock();
  codes = new PairingCodes(clock);
});
const observer = { kind: 'observer', of: 'interview-1' } as const;

describe('a code for typing', () => {
  it('is eight characters in two groups, of an alphabet without look-alikes', () => {
    const given = Array.from({ length: 300 }, () => codes.give(observer).code);
    for (const code of given) expect(code).toMatch(/^[2-9ACEHKMPTXY]{4}-[2-9ACEHKMPTXY]{4}$/);
    expect(new Set(given).size).toBe(300);
    // Every letter turns up somewhere: nothing of the alphabet is left out by a slip.
    for (const letter of typedAlphabet) expect(given.join('')).toContain(letter);
  });

  it('is bound to its kind and interview, and works once', async () => {
    const { code } = codes.give(observer);
    expect(codes.take(code)).toEqual(observer);
    expect(await refusalOf(() => codes.take(code))).toBe('PAIRING_CODE_USED');
  });

  it('lives five minutes, whatever the wall clock does, and then says so', async () => {
    const [inTime, late] = [codes.give(observer).code, codes.give(observer).code];
    clock.forward(299.999);
    expect(codes.take(inTime)).toEqual(observer);
    clock.forward(0.001);
    expect(await refusalOf(() => codes.take(late))).toBe('PAIRING_CODE_EXPIRED');
    clock.forward(3600);
    codes.give(observer);
    expect(await refusalOf(() => codes.take(late))).toBe('PAIRING_CODE_WRONG');
  });

  it('may be typed in either script, any case, with or without its hyphen', () => {
    const cyrillic: Readonly<Record<string, string>> = { A: 'А', C: 'с', E: 'Е', H: 'н', K: 'К', M: 'м', P: 'Р' };
    const more: Readonly<Record<string, string>> = { T: 'т', X: 'Х', Y: 'у', '3': 'З' };
    for (let round = 0; round < 50; round++) {
      const { code } = codes.give(observer);
      const typed = [...code].map((letter) => cyrillic[letter] ?? more[letter] ?? letter).join(' ');
      expect(codes.take(` ${typed.replaceAll('-', '')} `), typed).toEqual(observer);
    }
    expect(plainCode('ac–eh 23 45<script>')).toBe('ACEH2345CPT');
  });

  it('ends with its interview, or with its kind of screens', async () => {
    const child = codes.give({ kind: 'child', of: 'interview-1' }).code;
    const first = codes.give(observer).code;
    const other = codes.give({ kind: 'observer', of: 'interview-2' }).code;
    codes.endOf('interview-1', 'observer');
    expect(await refusalOf(() => codes.take(first))).toBe('PAIRING_CODE_WRONG');
    expect(codes.take(child).kind).toBe('child');
    codes.endOf('interview-2');
    expect(await refusalOf(() => codes.take(other))).toBe('PAIRING_CODE_WRONG');
  });

  it('nothing typed is nothing known', async () => {
    for (const typed of ['', '----', 'я'.repeat(100), '\u0000', 'AAAA-AAAA']) {
      expect(await refusalOf(() => codes.take(typed)), typed).toBe('PAIRING_CODE_WRONG');
    }
  });
});
