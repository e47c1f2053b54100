import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeldSecrets } from '../../../src/main/accounts/heldSecrets.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

let station: TestStation;
beforeEach(async () => {
  station = await TestStation.ready();
});
afterEach(() => station.stop());

const wrong = (login: string) => refusalOf(() => station.sessions.signIn(login, 'not the password', 'desk'));

describe('signing in', () => {
  it('gives a token for a session with open keys', async () => {
    const { token, session } = await station.sessions.signIn(' DANIYAR', passwords.keyHolder, 'desk');
    expect(Buffer.from(token, 'base64url').length).toBe(32);
    expect(session).toMatchObject({ locked: false, person: { role: 'investigator', name: 'Daniyar Investigator' } });
    expect(station.sessions.find(token, { touch: true })?.person.id).toBe(session.person.id);
    expect(station.sessions.find(`${token}x`, { touch: true })).toBeNull();
    expect(station.sessions.find(undefined, { touch: true })).toBeNull();
    expect(station.actions().at(-1)).toBe('account.signed-in');
    expect(station.sessions.view(session)).toMatchObject({
      locked: false,
      locksAfter: 600,
      account: { keys: 'granted' },
    });
    expect(station.sessions.view(null)).toEqual({ account: null, locked: false, locksAfter: 600 });
  });

  it('says the same to a wrong password and an unknown login, and locks both after five', async () => {
    for (const login of ['daniyar', 'nobody']) {
      for (let i = 0; i < 5; i++) expect(await wrong(login)).toBe('SIGN_IN_FAILED');
      expect(await wrong(login)).toBe('ACCOUNT_LOCKED');
    }
    expect(await refusalOf(() => station.signIn('daniyar', passwords.keyHolder))).toBe('ACCOUNT_LOCKED');
    expect(station.actions().filter((action) => action === 'account.locked').length).toBe(1);
    station.clock.forward(15 * 60 - 1);
    expect(await refusalOf(() => station.signIn('daniyar', passwords.keyHolder))).toBe('ACCOUNT_LOCKED');
    station.clock.forward(2);
    await station.signIn('daniyar', passwords.keyHolder);
  });

  it('stays locked over a restart', async () => {
    for (let i = 0; i < 5; i++) await wrong('daniyar');
    const after = new TestStation(station);
    expect(await refusalOf(() => after.signIn('daniyar', passwords.keyHolder))).toBe('ACCOUNT_LOCKED');
  });

  it('counts wrong passwords that were tried side by side', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, () => wrong('daniyar')));
    expect(codes.filter((code) => code === 'SIGN_IN_FAILED').length).toBe(5);
    expect(codes.filter((code) => code === 'ACCOUNT_LOCKED').length).toBe(3);
  });

  it('begins to count anew after the right one', async () => {
    for (let i = 0; i < 4; i++) await wrong('daniyar');
    await station.signIn('daniyar', passwords.keyHolder);
    for (let i = 0; i < 4; i++) expect(await wrong('daniyar')).toBe('SIGN_IN_FAILED');
    await station.signIn('daniyar', passwords.keyHolder);
  });

  it('is refused to the invited and the suspended', async () => {
    const judge = await station.person('judge', 'zarina');
    const administrator = (await station.signIn('aigerim', passwords.administrator)).person;
    station.accounts.invite({ name: 'New', login: 'new', role: 'clerk' }, administrator);
    expect(await refusalOf(() => station.signIn('new'))).toBe('SIGN_IN_FAILED');
    await station.accounts.suspend({ account: judge.id, aloneAccepted: false }, administrator);
    expect(await refusalOf(() => station.signIn('zarina'))).toBe('SIGN_IN_FAILED');
  });

  it('ends the session that was on the screen before', async () => {
    const first = await station.signIn('daniyar', passwords.keyHolder, 'desk');
    const second = await station.signIn('aigerim', passwords.administrator, 'desk');
    expect(station.sessions.find(first.token, { touch: true })).toBeNull();
    expect(await refusalOf(() => first.keys.vaultIdentity())).toBe('SESSION_LOCKED');
    expect(station.sessions.find(second.token, { touch: true })?.person.role).toBe('administrator');
  });
});

describe('a session', () => {
  it('locks after idle time, which closes its keys; the password opens it again', async () => {
    const { token, keys } = await station.signIn('daniyar', passwords.keyHolder);
    station.clock.forward(599);
    expect(station.sessions.find(token, { touch: true })?.locked).toBe(false);
    station.clock.forward(599);
    expect(station.sessions.find(token, { touch: false })?.locked).toBe(false);
    station.clock.forward(2);
    expect(station.sessions.find(token, { touch: true })).toMatchObject({ locked: true, keys: null });
    expect(await refusalOf(() => keys.signer())).toBe('SESSION_LOCKED');
    expect(await refusalOf(() => station.sessions.unlock(token, 'not the password'))).toBe('SIGN_IN_FAILED');
    const unlocked = await station.sessions.unlock(token, passwords.keyHolder);
    expect(unlocked.locked).toBe(false);
    await unlocked.keys?.vaultIdentity();
  });

  it('wipes what the password opened, whether it idles, locks, ends or the station stops; no recording keeps it', async () => {
    const wipe = vi.spyOn(HeldSecrets.prototype, 'wipe');
    const ends: readonly ((token: string) => void)[] = [
      () => {
        station.clock.forward(601);
        station.sessions.sweep();
      },
      (token) => station.sessions.lock(token),
      (token) => station.sessions.signOut(token),
      () => station.sessions.stop(),
    ];
    for (const end of ends) {
      const { token, keys } = await station.signIn('daniyar', passwords.keyHolder);
      await keys.signer();
      wipe.mockClear();
      end(token);
      expect(wipe).toHaveBeenCalledTimes(1);
      for (const use of [() => keys.signer(), () => keys.vaultIdentity(), () => keys.pair()])
        expect(await refusalOf(use)).toBe('SESSION_LOCKED');
    }
    wipe.mockRestore();
  });

  it('cannot be unlocked by another person’s password, nor without a session', async () => {
    const { token } = await station.signIn('daniyar', passwords.keyHolder);
    expect(station.sessions.lock(token).locked).toBe(true);
    expect(await refusalOf(() => station.sessions.unlock(token, passwords.administrator))).toBe('SIGN_IN_FAILED');
    expect(await refusalOf(() => station.sessions.unlock('nothing', passwords.keyHolder))).toBe('SESSION_MISSING');
    expect(await refusalOf(() => station.sessions.lock('nothing'))).toBe('SESSION_MISSING');
  });

  it('locks by the sweep alone, and is over after half a day', async () => {
    const { token, keys } = await station.signIn('daniyar', passwords.keyHolder);
    station.clock.forward(601);
    station.sessions.sweep();
    expect(await refusalOf(() => keys.vaultIdentity())).toBe('SESSION_LOCKED');
    expect(station.sessions.find(token, { touch: false })?.locked).toBe(true);
    station.clock.forward(12 * 3600);
    expect(station.sessions.find(token, { touch: false })).toBeNull();
  });

  it('ends by signing out', async () => {
    const { token, keys } = await station.signIn('daniyar', passwords.keyHolder);
    station.sessions.signOut(token);
    expect(station.sessions.find(token, { touch: true })).toBeNull();
    expect(await refusalOf(() => keys.signer())).toBe('SESSION_LOCKED');
    expect(station.actions().at(-1)).toBe('account.signed-out');
    station.sessions.signOut(token);
  });
});

describe('the station’s own keys', () => {
  it('are closed after a restart until an officer signs in', async () => {
    const after = new TestStation(station);
    expect(await refusalOf(() => after.stationKeys.get())).toBe('STATION_KEYS_LOCKED');
    await after.signIn('aigerim', passwords.administrator);
    expect(after.stationKeys.isOpen).toBe(false);
    const { token } = await after.signIn('daniyar', passwords.keyHolder);
    expect(after.stationKeys.isOpen).toBe(true);
    after.sessions.lock(token);
    expect(after.stationKeys.isOpen).toBe(true);
    after.stationKeys.forget();
    expect(after.stationKeys.isOpen).toBe(false);
  });
});
