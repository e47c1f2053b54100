import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificate, signDetached, verifyDetached } from '../../../src/main/sealing/index.ts';
import type { ReadBag } from '../../../src/main/verification/bag.ts';
import { checkTrusted } from '../../../src/main/verification/checks/signatures.ts';
import { newStationKeys } from '../../support/stationKeys.ts';

const content = Buffer.from('record');
const SIGNED = new Date('2026-11-21T10:14:00Z');
const LONG_AFTER = new Date('2036-11-21T10:14:00Z');
const bag = { chain: [], roots: [], contents: { texts: new Map() } } as unknown as ReadBag;

describe('a signature whose certificate has run out since', () => {
  let keys: Awaited<ReturnType<typeof newStationKeys>>;
  let other: Awaited<ReturnType<typeof newStationKeys>>;
  beforeAll(async () => {
    keys = await newStationKeys(new Date('2026-11-01T00:00:00Z'));
    other = await newStationKeys(new Date('2026-11-01T00:00:00Z'), 'Another station');
  });

  const look = (more: { at?: Date | null; now?: Date | null; role?: 'station' | 'officer'; p7s?: Buffer } = {}) => {
    const { at = null, now = LONG_AFTER, role = 'station' } = more;
    const signer = role === 'station' ? keys.station : keys.officer;
    const p7s = more.p7s ?? signDetached({ content, ...signer, signingTime: SIGNED });
    const trust = { roots: [readCertificate(keys.ca.certPem)], tsaRoots: [], witnesses: [], lists: [], now };
    const question = { file: 'x.p7s', verdict: verifyDetached({ p7s, content }), roles: [role], at };
    const found = checkTrusted(bag, trust, question);
    const code =
      found.status === 'pass' ? found.code : found.status === 'fail' ? found.reasons[0]?.code : found.reason.code;
    return [found.status, code];
  };

  it('keeps its value where a time-stamp stands before its end', () => {
    expect(look({ at: SIGNED })).toEqual(['pass', 'expired-later']);
    expect(look({ at: SIGNED, now: SIGNED })).toEqual(['pass', 'ok']);
  });

  it('is not established without one: the date is only what the signer says', () => {
    expect(look()).toEqual(['not-checked', 'expired-unproven']);
    expect(look({ now: SIGNED })).toEqual(['pass', 'ok']);
    expect(look({ now: null })).toEqual(['pass', 'ok']);
  });

  it('fails where the time-stamp itself stands after the end', () => {
    expect(look({ at: LONG_AFTER })).toEqual(['fail', 'foreign-signer']);
  });

  it('of another station fails, with or without a time-stamp', () => {
    const p7s = signDetached({ content, ...other.officer, signingTime: SIGNED });
    expect(look({ role: 'officer', p7s })).toEqual(['fail', 'foreign-signer']);
    expect(look({ role: 'officer', p7s, at: SIGNED })).toEqual(['fail', 'foreign-signer']);
    expect(look({ role: 'station', p7s: signDetached({ content, ...keys.officer, signingTime: SIGNED }) })).toEqual([
      'fail',
      'foreign-signer',
    ]);
  });
});
