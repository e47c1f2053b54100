import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountStore } from '../../../src/main/accounts/accountStore.ts';
import { Attempts } from '../../../src/main/accounts/attempts.ts';
import { migrate, migrations, openDatabase } from '../../../src/main/database/index.ts';
import { refusalOf, StillClock } from '../../support/testStation.ts';

const clock = new StillClock();
const db = openDatabase(':memory:');
migrate(db, migrations, { backupTo: null, now: clock.now() });
const accounts = new AccountStore(db);
let attempts: Attempts;
let login: string;
beforeEach(() => {
  attempts = new Attempts(accounts, clock);
  login = `login-${Math.random()}`;
  accounts.insertInvited({ name: 'N', login, role: 'clerk', invitation: null, at: clock.now().toISOString() });
});
afterEach(() => clock.forward(3600));

const row = () => accounts.byLogin(login);
const wrongTimes = (times: number) => Array.from({ length: times }, () => attempts.wrong(login, row()));

describe('Attempts', () => {
  it('locks at the fifth wrong password in a row, and says for how long', async () => {
    expect(wrongTimes(5)).toEqual([false, false, false, false, true]);
    clock.forward(61);
    expect(() => attempts.check(login, row())).toThrow('ACCOUNT_LOCKED {"minutes":14}');
    clock.forward(14 * 60);
    expect(() => attempts.check(login, row())).not.toThrow();
  });

  it('does not lock anyone out for a day because the clock was set back', async () => {
    wrongTimes(5);
    expect(await refusalOf(() => attempts.check(login, row()))).toBe('ACCOUNT_LOCKED');
    clock.forward(-86_400);
    expect(() => attempts.check(login, row())).not.toThrow();
    clock.forward(86_400);
  });

  it('forgets the oldest unknown logins, never more than a thousand', async () => {
    for (let i = 0; i < 5; i++) attempts.wrong('first', null);
    expect(await refusalOf(() => attempts.check('first', null))).toBe('ACCOUNT_LOCKED');
    for (let i = 0; i < 1_000; i++) attempts.wrong(`nobody-${i}`, null);
    expect(() => attempts.check('first', null)).not.toThrow();
  });
});
