import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPkcs12, readCertificate } from '../../../src/main/sealing/index.ts';
import { recipientOf } from '../../../src/main/vault/index.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let vaultRecipient: string;
let recovery: { part1: string; part2: string };
beforeEach(async () => {
  const ready = await TestStation.ready();
  station = ready;
  const { facts, result } = ready.outcome;
  vaultRecipient = facts.vaultRecipient;
  recovery = result.recovery;
});
afterEach(() => station.stop());

const administrator = () => station.signIn('aigerim', passwords.administrator);
const keyHolder = () => station.signIn('daniyar', passwords.keyHolder);

describe('invitations', () => {
  it('become an account with its own password, once', async () => {
    const { person } = await administrator();
    const { account, code } = station.accounts.invite({ name: 'Zarina', login: 'zarina', role: 'judge' }, person);
    expect(account).toMatchObject({ state: 'invited', keys: 'waits', certificate: 'none' });
    expect(code).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(station.db.serialize().includes(code.replaceAll('-', ''))).toBe(false);
    expect(await refusalOf(() => station.accounts.accept(code, 'zarina1'))).toBe('PASSWORD_TOO_WEAK');
    const accepted = await station.accounts.accept(` ${code.toUpperCase().replaceAll('-', ' ')}`, passwords.other);
    expect(accepted).toMatchObject({ state: 'active', keys: 'waits', certificate: 'requested' });
    expect(await refusalOf(() => station.accounts.accept(code, passwords.other))).toBe('INVITATION_INVALID');
    expect(station.actions().slice(-2)).toEqual(['account.invited', 'account.accepted']);
  });

  it('are void after seven days, when unknown, and when the login is taken', async () => {
    const { person } = await administrator();
    const { code } = station.accounts.invite({ name: 'Zarina', login: 'zarina', role: 'judge' }, person);
    station.clock.forward(7 * 86_400);
    expect(await refusalOf(() => station.accounts.accept(code, passwords.other))).toBe('INVITATION_INVALID');
    expect(await refusalOf(() => station.accounts.accept('', passwords.other))).toBe('INVITATION_INVALID');
    const again = { name: 'Other', login: 'ZARINA', role: 'judge' } as const;
    expect(await refusalOf(() => station.accounts.invite(again, person))).toBe('NAME_TAKEN');
  });

  it('let one of two acceptances through', async () => {
    const { person } = await administrator();
    const { code } = station.accounts.invite({ name: 'Zarina', login: 'zarina', role: 'judge' }, person);
    const both = [station.accounts.accept(code, passwords.other), station.accounts.accept(code, 'another-good-one')];
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected']);
  });
});

describe('access to recordings', () => {
  it('waits until a key holder grants it', async () => {
    const judge = await station.person('judge', 'zarina');
    const { keys } = await station.signIn('zarina');
    expect(await refusalOf(() => keys.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
    expect(station.accounts.waiting().map((account) => account.id)).toEqual([judge.id]);
    const holder = await keyHolder();
    const granted = await station.accounts.grant(judge.id, holder.person, holder.keys);
    expect(granted.keys).toBe('granted');
    expect(station.accounts.waiting()).toEqual([]);
    expect(await recipientOf(await keys.vaultIdentity())).toBe(vaultRecipient);
    expect(station.actions().at(-1)).toBe('access.granted');
    await station.accounts.grant(judge.id, holder.person, holder.keys);
    expect(station.actions().filter((action) => action === 'access.granted').length).toBe(2);
  });

  it('is not granted by one who waits, nor to a role that never holds keys', async () => {
    const judge = await station.person('judge', 'zarina');
    const clerk = await station.person('clerk', 'timur');
    const auditor = await station.person('auditor', 'olga');
    const waiting = await station.signIn('timur');
    expect(await refusalOf(() => station.accounts.grant(judge.id, waiting.person, waiting.keys))).toBe(
      'ACCESS_NOT_GRANTED',
    );
    expect(station.accountStore.get(judge.id).granted_at).toBeNull();
    const holder = await keyHolder();
    expect(await refusalOf(() => station.accounts.grant(auditor.id, holder.person, holder.keys))).toBe('ROLE_REFUSED');
    expect(await refusalOf(() => station.accounts.grant('nobody', holder.person, holder.keys))).toBe('ACCOUNT_UNKNOWN');
    expect(clerk.keys).toBe('waits');
  });

  it('never opens for an administrator, auditor or operator', async () => {
    for (const role of ['auditor', 'operator', 'administrator'] as const) {
      await station.person(role, role);
      const { keys } = await station.signIn(role);
      expect(await refusalOf(() => keys.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
    }
    const { keys } = await administrator();
    expect(await refusalOf(() => keys.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
  });

  it('is granted by the printed recovery key when no key holder can', async () => {
    await station.person('clerk', 'timur');
    const after = new TestStation(station);
    // Nobody with the station's keys has signed in since the start: the new clerk was let into them while they were open.
    const clerk = await after.signIn('timur');
    const typo = { ...recovery, part2: recovery.part1 };
    expect(await refusalOf(() => after.accounts.grantByRecovery(typo, clerk.person))).toBe('RECOVERY_KEY_WRONG');
    const granted = await after.accounts.grantByRecovery(recovery, clerk.person);
    expect(granted.keys).toBe('granted');
    expect(await recipientOf(await clerk.keys.vaultIdentity())).toBe(vaultRecipient);
    expect(after.actions().at(-1)).toBe('access.granted-by-recovery');
  });

  it('is not granted by the recovery key of another court, which reads well', async () => {
    const other = new TestStation();
    const foreign = (await other.setUp()).result.recovery;
    other.stop();
    await station.person('clerk', 'timur');
    const clerk = await station.signIn('timur');
    expect(await refusalOf(() => station.accounts.grantByRecovery(foreign, clerk.person))).toBe('RECOVERY_KEY_WRONG');
    const mixed = { part1: recovery.part1, part2: foreign.part2 };
    expect(await refusalOf(() => station.accounts.grantByRecovery(mixed, clerk.person))).toBe('RECOVERY_KEY_WRONG');
    expect(station.accountStore.get(clerk.person.id).granted_at).toBeNull();
  });
});

describe('certificates', () => {
  it('are issued by an administrator and land in the person’s own key file', async () => {
    const judge = await station.person('judge', 'zarina');
    const before = await station.signIn('zarina');
    expect(await refusalOf(() => before.keys.signer())).toBe('CERTIFICATE_MISSING');
    const by = await administrator();
    expect((await station.accounts.certify(judge.id, by.person, by.keys)).certificate).toBe('issued');
    expect(station.actions().at(-1)).toBe('certificate.issued');
    const signer = await before.keys.signer();
    expect(readCertificate(signer.certPem).x509.checkPrivateKey(signer.privateKey)).toBe(true);
    expect(signer.code).toBe(judge.code);
    expect(station.accountStore.get(judge.id).certificate_packed).toBe(false);
    await station.signIn('zarina');
    const row = station.accountStore.get(judge.id);
    expect(row.certificate_packed).toBe(true);
    expect(() => openPkcs12(row.p12 ?? Buffer.alloc(0), passwords.other)).toThrow('PKCS12_WRONG_PASSWORD');
    await station.accounts.certify(judge.id, by.person, by.keys);
    expect(station.accountStore.get(judge.id).certificate).toBe(row.certificate);
  });

  it('are not issued with anyone else’s keys, nor to roles that do not sign', async () => {
    const judge = await station.person('judge', 'zarina');
    const auditor = await station.person('auditor', 'olga');
    const holder = await keyHolder();
    const by = await administrator();
    expect(await refusalOf(() => station.accounts.certify(judge.id, holder.person, holder.keys))).toBe(
      'AUTHORITY_CLOSED',
    );
    expect(await refusalOf(() => station.accounts.certify(auditor.id, by.person, by.keys))).toBe('CERTIFICATE_REFUSED');
  });

  it('can be issued by a second administrator once the first has been there', async () => {
    const judge = await station.person('judge', 'zarina');
    await station.person('administrator', 'second');
    const second = await station.signIn('second');
    expect(await refusalOf(() => second.keys.certificateAuthority())).toBe('ACCESS_NOT_GRANTED');
    await administrator();
    expect((await station.accounts.certify(judge.id, second.person, second.keys)).certificate).toBe('issued');
  });
});

describe('suspending', () => {
  it('ends sessions and takes the key out of every circle that an open key can close', async () => {
    const judge = await station.person('judge', 'zarina');
    const holder = await keyHolder();
    await station.accounts.grant(judge.id, holder.person, holder.keys);
    const { token } = await station.signIn('zarina');
    const by = await administrator();
    const recipient = station.accountStore.get(judge.id).recipient ?? '';
    expect(station.ring.opensFor('vault', recipient)).toBe(true);
    expect((await station.accounts.suspend({ account: judge.id, aloneAccepted: false }, by.person)).state).toBe(
      'suspended',
    );
    expect(station.sessions.find(token, { touch: true })).toBeNull();
    expect(station.ring.opensFor('vault', recipient)).toBe(false);
    expect(station.ring.opensFor('station', recipient)).toBe(false);
    expect(await recipientOf(await holder.keys.vaultIdentity())).toBe(vaultRecipient);
  });

  it('closes the vault anew when the next key holder comes, if none was there', async () => {
    const judge = await station.person('judge', 'zarina');
    const holder = await keyHolder();
    await station.accounts.grant(judge.id, holder.person, holder.keys);
    station.sessions.stop();
    const by = await administrator();
    const recipient = station.accountStore.get(judge.id).recipient ?? '';
    await station.accounts.suspend({ account: judge.id, aloneAccepted: false }, by.person);
    expect(station.ring.opensFor('vault', recipient)).toBe(true);
    await keyHolder();
    expect(station.ring.opensFor('vault', recipient)).toBe(false);
  });

  it('is undone by restoring, but access waits again', async () => {
    const judge = await station.person('judge', 'zarina');
    const holder = await keyHolder();
    await station.accounts.grant(judge.id, holder.person, holder.keys);
    const by = await administrator();
    await station.accounts.suspend({ account: judge.id, aloneAccepted: false }, by.person);
    await station.accounts.suspend({ account: judge.id, aloneAccepted: false }, by.person);
    expect(await station.accounts.restore(judge.id, by.person)).toMatchObject({ state: 'active', keys: 'waits' });
    await station.signIn('zarina');
    expect(station.actions().filter((action) => action === 'account.suspended').length).toBe(1);
  });

  it('of the last key holder is asked twice: then the printed sheets alone open recordings', async () => {
    const { id } = (await keyHolder()).person;
    const by = await administrator();
    const suspend = (aloneAccepted: boolean) => station.accounts.suspend({ account: id, aloneAccepted }, by.person);
    expect(await refusalOf(() => suspend(false))).toBe('LAST_KEY_HOLDER');
    expect(station.accountStore.get(id)).toMatchObject({ state: 'active', granted_at: expect.any(String) });
    expect((await suspend(true)).state).toBe('suspended');
    await station.accounts.restore(id, by.person);
    const back = await station.signIn('daniyar', passwords.keyHolder);
    expect(await refusalOf(() => back.keys.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
    await station.accounts.grantByRecovery(recovery, back.person);
    expect(await recipientOf(await back.keys.vaultIdentity())).toBe(vaultRecipient);
  });

  it('of the last administrator who opens the authority is asked twice as well, and so is an end or another role', async () => {
    await station.person('administrator', 'second');
    const second = await station.signIn('second');
    const first = station.accountStore.byLogin('aigerim')?.id ?? '';
    const asked = { account: first, aloneAccepted: false };
    for (const act of [
      () => station.accounts.suspend(asked, second.person),
      () => station.standing.revoke(asked, second.person, second.keys),
      () => station.standing.reset(asked, second.person, second.keys),
      () => station.standing.changeRole({ ...asked, role: 'operator' }, second.person, second.keys),
    ]) {
      expect(await refusalOf(act)).toBe('LAST_ADMINISTRATOR');
    }
    expect(station.accountStore.get(first).state).toBe('active');
    // The first one signs in and the authority is closed to both: nothing is asked any more.
    await administrator();
    expect((await station.accounts.suspend(asked, second.person)).state).toBe('suspended');
    expect(await second.keys.certificateAuthority()).toBeDefined();
  });

  it('is not for oneself', async () => {
    const by = await administrator();
    expect(
      await refusalOf(() => station.accounts.suspend({ account: by.person.id, aloneAccepted: false }, by.person)),
    ).toBe('SUSPEND_SELF_REFUSED');
  });

  it('of an invitation makes it void', async () => {
    const by = await administrator();
    const { account, code } = station.accounts.invite({ name: 'Z', login: 'zarina', role: 'judge' }, by.person);
    await station.accounts.suspend({ account: account.id, aloneAccepted: false }, by.person);
    expect(await refusalOf(() => station.accounts.accept(code, passwords.other))).toBe('INVITATION_INVALID');
    expect(await refusalOf(() => station.accounts.restore(account.id, by.person))).toBe('INVITATION_INVALID');
  });
});
