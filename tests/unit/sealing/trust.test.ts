import { beforeAll, describe, expect, it } from 'vitest';
import {
  checkTrust,
  issueCertificate,
  newRsaKey,
  policyOids,
  readCertificate,
} from '../../../src/main/sealing/index.ts';
import { hasCommand } from '../../support/openssl.ts';
import { crossSigned, newStationKeys } from '../../support/stationKeys.ts';

type Keys = Awaited<ReturnType<typeof newStationKeys>>;
const NOW = new Date('2026-11-21T10:14:00.000Z');

describe('trust', () => {
  let keys: Keys;
  let other: Keys;
  beforeAll(async () => {
    keys = await newStationKeys(NOW);
    other = await newStationKeys(NOW);
  });

  function ask(change: Partial<Parameters<typeof checkTrust>[0]> = {}) {
    return checkTrust({
      cert: readCertificate(keys.officer.certPem),
      chain: [],
      roots: [readCertificate(keys.ca.certPem)],
      at: new Date('2027-01-01T00:00:00.000Z'),
      policy: policyOids.officer,
      ...change,
    });
  }
  const codes = (verdict: ReturnType<typeof ask>) => verdict.problems.map((problem) => problem.code);

  it('is given to an officer of a trusted station', () => {
    expect(codes(ask())).toEqual([]);
    expect(ask().trusted).toBe(true);
    expect(ask().path).toHaveLength(2);
  });

  it('is not given because a root lies in the bag, nor to another station with the same names', () => {
    const chain = [readCertificate(keys.ca.certPem)];
    expect(codes(ask({ roots: [], chain }))).toEqual(['no-path']);
    expect(codes(ask({ roots: [readCertificate(other.ca.certPem)], chain }))).toEqual(['no-path']);
  });

  it('does not let an officer stand for the station, nor the authority sign itself', () => {
    expect(codes(ask({ policy: policyOids.station }))).toEqual(['policy']);
    expect(codes(ask({ cert: readCertificate(keys.station.certPem) }))).toEqual(['policy']);
    expect(codes(ask({ cert: readCertificate(keys.ca.certPem), policy: null }))).toContain('key-usage');
  });

  it('knows the day', () => {
    expect(codes(ask({ at: new Date('2026-11-21T10:13:59.000Z') }))).toContain('not-yet-valid');
    expect(codes(ask({ at: new Date('2031-01-01T00:00:00.000Z') }))).toEqual(['expired']);
  });

  it('does not reach through a signer that issues certificates of its own', async () => {
    const { publicKeySpki } = await newRsaKey();
    const subject = { commonName: 'forged', organization: 'Court' };
    const { certPem: ca, privateKey: caKey } = keys.station;
    const issue = () =>
      issueCertificate({ ca, caKey, kind: 'officer', subject, publicKeySpki, now: NOW, validYears: 1 });
    expect(issue).toThrow(/CERTIFICATE_REFUSED/);
  });

  it.skipIf(!hasCommand('openssl'))('gives up soon on certificates that seem to have issued each other', async () => {
    const chain = (await crossSigned(40)).map((pem) => readCertificate(pem));
    const cert = chain[0] ?? readCertificate(keys.officer.certPem);
    const began = performance.now();
    expect(codes(ask({ cert, chain, policy: null }))).toContain('no-path');
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
