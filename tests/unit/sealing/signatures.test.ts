import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificate, readDer, signDetached, verifyDetached } from '../../../src/main/sealing/index.ts';
import { newStationKeys } from '../../support/stationKeys.ts';

type Keys = Awaited<ReturnType<typeof newStationKeys>>;
const NOW = new Date('2026-11-21T10:14:00.987Z');
const content = Buffer.from('{"a":1}');

describe('detached signatures', () => {
  let keys: Keys;
  let rsa: Buffer = Buffer.alloc(0);
  let ec: Buffer = Buffer.alloc(0);
  beforeAll(async () => {
    keys = await newStationKeys(NOW);
    rsa = signDetached({ content, ...keys.station, signingTime: NOW });
    ec = signDetached({ content, ...keys.officer, signingTime: NOW });
  });

  it('are valid, name their signer and say the whole second', () => {
    for (const [p7s, { certPem }] of [
      [rsa, keys.station],
      [ec, keys.officer],
    ] as const) {
      const verdict = verifyDetached({ p7s, content });
      expect(verdict.problems).toEqual([]);
      expect(verdict.valid).toBe(true);
      expect(verdict.signer?.sha256).toBe(readCertificate(certPem).sha256);
      expect(verdict.signingTime?.toISOString()).toBe('2026-11-21T10:14:00.000Z');
    }
  });

  it('are not valid with any one bit changed, and no change makes the check throw', () => {
    for (const p7s of [rsa, ec]) {
      for (let at = 0; at < p7s.length; at += 1) {
        const changed = Buffer.from(p7s);
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        const { valid } = verifyDetached({ p7s: changed, content });
        // Inside the certificate only the issuer's signature tells; signing-certificate-v2 covers it all.
        expect({ at, valid }).toEqual({ at, valid: false });
      }
    }
  });

  it('are not valid when cut off or followed by something', () => {
    expect(verifyDetached({ p7s: Buffer.concat([rsa, Buffer.alloc(1)]), content }).problems[0]?.code).toBe('malformed');
    expect(verifyDetached({ p7s: rsa.subarray(0, -1), content }).problems[0]?.code).toBe('malformed');
    expect(verifyDetached({ p7s: Buffer.alloc(0), content }).problems[0]?.code).toBe('malformed');
  });

  it('do not fit other content', () => {
    const { problems } = verifyDetached({ p7s: rsa, content: Buffer.from('{"a":2}') });
    expect(problems.map((problem) => problem.code)).toEqual(['digest']);
  });

  it('cannot be made with a key that is not the certificate’s', () => {
    const { certPem } = keys.station;
    const { privateKey } = keys.officer;
    expect(() => signDetached({ content, certPem, privateKey, signingTime: NOW })).toThrow(/CERTIFICATE_REFUSED/);
  });
});

describe('strict DER', () => {
  it.each([
    ['indefinite length', '3080020101' + '0000'],
    ['length not the shortest', '3081030201' + '01'],
    ['integer not the shortest', '02020001'],
    ['boolean neither 00 nor FF', '010101'],
    ['unused bits set', '03020101'],
    ['set not sorted', '3106' + '020102' + '020101'],
    ['equal twice in a set', '3106' + '020101' + '020101'],
    ['constructed octet string', '2403' + '040100'],
    ['time without seconds', `170b${Buffer.from('2611211014Z').toString('hex')}`],
    ['object identifier not the shortest', '0603' + '2a8001'],
    ['bytes after the end', '050000'],
  ])('refuses %s', (_what, hex) => {
    expect(() => readDer(Buffer.from(hex, 'hex'))).toThrow(/SIGNATURE_MALFORMED/);
  });

  it('refuses a tower of nested values instead of running out of stack', () => {
    let tower = Buffer.from('0500', 'hex');
    for (let i = 0; i < 60; i += 1) tower = Buffer.concat([Buffer.from([0x30, tower.length]), tower]);
    expect(() => readDer(tower)).toThrow(/SIGNATURE_MALFORMED/);
  });
});
