import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFacts, setUpStation } from '../../../src/main/accounts/index.ts';
import { joinRecoveryKey } from '../../../src/main/accounts/recoveryKey.ts';
import {
  checkTrust,
  policyOids,
  readCertificate,
  signDetached,
  verifyDetached,
} from '../../../src/main/sealing/index.ts';
import { recipientOf } from '../../../src/main/vault/index.ts';
import { cheapCost, passwords, refusalOf, setUpInput, TestStation } from '../../support/testStation.ts';

let station: TestStation;
beforeEach(() => {
  station = new TestStation();
});
afterEach(() => station.stop());

describe('setUpStation', () => {
  it('makes a station with an administrator and a key holder who can sign', async () => {
    const { result, facts } = await station.setUp();
    expect(result.recovery.recipient).toBe(facts.recoveryRecipient);
    expect(result.logKey.startsWith('birret/almaty1/')).toBe(true);
    expect(result.rootFingerprint).toBe(readCertificate(facts.rootPem).sha256);

    const { keys } = await station.signIn('daniyar', passwords.keyHolder);
    expect(await recipientOf(await keys.vaultIdentity())).toBe(facts.vaultRecipient);
    const signer = await keys.signer();
    const content = Buffer.from('{"a":1}');
    const p7s = await signDetached({ ...signer, content, signingTime: station.clock.now() });
    const verdict = verifyDetached({ p7s, content });
    expect(verdict.valid).toBe(true);
    const trust = checkTrust({
      cert: readCertificate(signer.certPem),
      chain: signer.chainPem.map(readCertificate),
      roots: [readCertificate(facts.rootPem)],
      at: station.clock.now(),
      policy: policyOids.officer,
    });
    expect(trust.problems).toEqual([]);
    expect(readCertificate(signer.certPem).commonName).toBe('Daniyar Investigator');
  });

  it('opens the station’s own keys at once, and its certificate fits them', async () => {
    const { facts } = await station.setUp();
    const own = station.stationKeys.get();
    expect(await recipientOf(own.identity)).toBe(facts.stationRecipient);
    expect(readCertificate(facts.certPem).x509.checkPrivateKey(own.signingKey)).toBe(true);
    expect(own.indexKey.length).toBe(32);
  });

  it('logs what was made, without a name', async () => {
    await station.setUp();
    expect(station.actions()).toEqual([
      'station.set-up',
      'certificate.issued',
      'account.accepted',
      'account.accepted',
      'access.granted',
      'certificate.issued',
    ]);
    const text = station.log
      .list({ count: 100 })
      .map(({ bytes }) => bytes.toString('utf8'))
      .join('\n');
    expect(text).not.toMatch(/Aigerim|Daniyar/i);
    expect((await station.log.verifyAll()).size).toBe(6);
  });

  it('prints a recovery key that opens the vault and is not in the database', async () => {
    const { result } = await station.setUp();
    const identity = joinRecoveryKey(result.recovery);
    expect(await recipientOf(identity)).toBe(result.recovery.recipient);
    const dump = station.db.serialize().toString('latin1');
    for (const secret of [identity, result.recovery.part1, result.recovery.part2, 'PRIVATE+KEY', 'BEGIN PRIVATE']) {
      expect(dump.includes(secret)).toBe(false);
    }
  });

  it('happens once', async () => {
    await station.setUp();
    expect(await refusalOf(() => station.setUp())).toBe('STATION_ALREADY_SET_UP');
  });

  it('leaves nothing behind when it is refused', async () => {
    const needs = { db: station.db, clock: station.clock, ring: station.ring, stationKeys: station.stationKeys };
    const weak = { ...setUpInput, administrator: { ...setUpInput.administrator, password: 'aigerim1' } };
    expect(await refusalOf(() => setUpStation(weak, { ...needs, cost: cheapCost }))).toBe('PASSWORD_TOO_WEAK');
    const twice = { ...setUpInput, keyHolder: { ...setUpInput.keyHolder, login: 'AIGERIM ' } };
    expect(await refusalOf(() => setUpStation(twice, { ...needs, cost: cheapCost }))).toBe('NAME_TAKEN');
    expect(readFacts(station.db)).toBeNull();
    expect(station.accountStore.all()).toEqual([]);
    expect(station.stationKeys.isOpen).toBe(false);
  });

  it('is the outcome of one of two that ran at once', async () => {
    const outcomes = await Promise.allSettled([station.setUp(), station.setUp()]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(station.accountStore.all().length).toBe(2);
  });
});
