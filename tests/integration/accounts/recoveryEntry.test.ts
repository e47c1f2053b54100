import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecoveryEntry, StationOpening } from '../../../src/main/accounts/index.ts';
import { recipientOf } from '../../../src/main/vault/index.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

type Ready = Awaited<ReturnType<typeof TestStation.ready>>;

let before: Ready;
let station: TestStation;
let sheets: { part1: string; part2: string };
beforeEach(async () => {
  before = await TestStation.ready();
  const { part1, part2 } = before.outcome.result.recovery;
  sheets = { part1, part2 };
  // After a restart, with nobody signed in and the station's keys closed.
  station = new TestStation(before);
});
afterEach(() => station.stop());

const last = () => station.log.list({ count: 1, newestFirst: true })[0]?.event;
const anew = { name: 'Saule', login: 'saule' };

describe('both printed sheets, with nobody signed in', () => {
  it('open the station’s own keys, on record, and nothing else', async () => {
    expect(station.stationKeys.isOpen).toBe(false);
    await station.recovery.open(sheets);
    expect(station.stationKeys.isOpen).toBe(true);
    expect(last()).toMatchObject({
      action: 'station.opened-by-recovery',
      actor: { id: 'recovery-key', role: 'recovery-key' },
    });
    expect(station.sessions.openKeys()).toEqual([]);
    for (const row of station.accountStore.all()) expect(row).toEqual(before.accountStore.get(row.id));
  });

  it('are tried even where the keys are open already, and that they were used is on record', async () => {
    await station.signIn('daniyar', passwords.keyHolder);
    const other = new TestStation();
    const foreign = (await other.setUp()).result.recovery;
    other.stop();
    for (const wrong of [{ ...sheets, part2: sheets.part1 }, { ...sheets, part2: foreign.part2 }, foreign]) {
      expect(await refusalOf(() => station.recovery.open(wrong))).toBe('RECOVERY_KEY_WRONG');
      expect(await refusalOf(() => station.recovery.inviteAdministrator({ ...wrong, ...anew }))).toBe(
        'RECOVERY_KEY_WRONG',
      );
    }
    expect(station.actions().at(-1)).toBe('account.signed-in');
    await station.recovery.open(sheets);
    expect(station.actions().at(-1)).toBe('station.opened-by-recovery');
  });

  it('invite an administrator, who gives a key holder a new beginning; the sheets let that one in', async () => {
    const { code } = await station.recovery.inviteAdministrator({ ...sheets, ...anew });
    expect(last()).toMatchObject({
      action: 'account.invited-by-recovery',
      actor: { id: 'recovery-key' },
      details: { role: 'administrator' },
    });
    expect(JSON.stringify(last())).not.toContain(anew.name);
    await station.accounts.accept(code, passwords.other);
    const admin = await station.signIn('saule');
    const holder = station.accountStore.byLogin('daniyar')?.id ?? '';
    const asked = { account: holder, aloneAccepted: true };
    const reset = await station.standing.reset(asked, admin.person, admin.keys);
    await station.accounts.accept(reset.code, passwords.other);
    const back = await station.signIn('daniyar');
    await station.accounts.grantByRecovery(sheets, back.person);
    expect(await recipientOf(await back.keys.vaultIdentity())).toBe(before.outcome.facts.vaultRecipient);
    // The authority was closed to those who lost their passwords, and to the sheets never.
    const certify = () => station.accounts.certify(holder, admin.person, admin.keys);
    expect(await refusalOf(certify)).toBe('AUTHORITY_CLOSED');
  });

  it('make nobody where the sign-in name is taken or there is no station yet', async () => {
    const taken = () => station.recovery.inviteAdministrator({ ...sheets, ...anew, login: 'AIGERIM' });
    expect(await refusalOf(taken)).toBe('NAME_TAKEN');
    const empty = new TestStation();
    expect(await refusalOf(() => empty.recovery.open(sheets))).toBe('STATION_NOT_SET_UP');
    empty.stop();
  });

  it('close the keys again where what waited for them could not begin, so that the next try begins anew', async () => {
    const { db, ring, stationKeys } = station;
    let full = true;
    const keysOpened = async () => {
      if (full) throw new Error('the disk is full');
    };
    const opening = new StationOpening({ ring, stationKeys, keysOpened });
    const invitations = { invite: () => ({ account: station.accountStore.get(''), code: '' }) };
    const entry = new RecoveryEntry({ db, opening, invitations, log: () => station.log });
    await expect(entry.open(sheets)).rejects.toThrow('the disk is full');
    expect(stationKeys.isOpen).toBe(false);
    full = false;
    await entry.open(sheets);
    expect(stationKeys.isOpen).toBe(true);
  });
});
