import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenKeys, Person } from '../../../src/main/accounts/index.ts';
import { RevocationLists, requireFacts } from '../../../src/main/accounts/index.ts';
import { checkTrust, readableLists, readCertificate } from '../../../src/main/sealing/index.ts';
import { policyOids } from '../../../src/main/sealing/oids.ts';
import { openSecret, recipientOf } from '../../../src/main/vault/index.ts';
import type { Role } from '../../../src/shared/domain/roles.ts';
import { hasCommand, opensslOk } from '../../support/openssl.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

type Ready = Awaited<ReturnType<typeof TestStation.ready>>;
type By = { person: Person; keys: OpenKeys };

let station: Ready;
let admin: By;
let holder: By;
beforeEach(async () => {
  station = await TestStation.ready();
  admin = await station.signIn('aigerim', passwords.administrator);
  holder = await station.signIn('daniyar', passwords.keyHolder);
});
afterEach(() => station.stop());

/** A judge whose key opens recordings and who signs with a certificate of this station. */
async function judge(login = 'zarina') {
  const { id } = await station.person('judge', login);
  await station.accounts.certify(id, admin.person, admin.keys);
  await station.accounts.grant(id, holder.person, holder.keys);
  return station.accountStore.get(id);
}
const blobOf = (name: string) =>
  station.db.prepare('SELECT sealed FROM key_blobs WHERE name = ?').pluck().get(name) as Buffer;
const asked = (account: string) => ({ account, aloneAccepted: false });
const changeRole = (account: string, role: Role, by = admin) =>
  station.standing.changeRole({ ...asked(account), role }, by.person, by.keys);
const revoke = (account: string) => station.standing.revoke(asked(account), admin.person, admin.keys);
const listed = () => readableLists([new RevocationLists(station.db).newest()?.der ?? Buffer.alloc(0)])[0];
const accountOf = (id: string) => station.accounts.list().find((one) => one.id === id);

describe('one’s own password', () => {
  const other = 'seven-lamps-by-the-door';

  it('is changed by whoever knows the one so far; keys are new, the signing key stays', async () => {
    const { id } = await judge();
    const first = await station.signIn('zarina', passwords.other, 'screen 1');
    const second = await station.signIn('zarina', passwords.other, 'screen 2');
    const before = { row: station.accountStore.get(id), pair: first.keys.pair(), signer: await first.keys.signer() };
    const session = await station.sessions.changePassword(first.token, passwords.other, other);
    expect(station.actions().at(-1)).toBe('account.password-changed');
    const after = station.accountStore.get(id);
    expect(after.recipient).not.toBe(before.row.recipient);
    expect(after).toMatchObject({
      code: before.row.code,
      certificate: before.row.certificate,
      granted_at: expect.any(String),
    });
    const signer = await session.keys?.signer();
    expect(signer?.privateKey.equals(before.signer.privateKey)).toBe(true);
    expect(await recipientOf((await session.keys?.vaultIdentity()) ?? '')).toBe(
      requireFacts(station.db).vaultRecipient,
    );
    // Other screens are signed out; the key so far opens nothing that is on the disk now.
    expect(station.sessions.find(second.token, { touch: true })).toBeNull();
    expect(station.sessions.find(first.token, { touch: true })?.locked).toBe(false);
    for (const name of ['vault', 'station'])
      expect(await refusalOf(() => openSecret(blobOf(name), before.pair.identity))).toBe('AGE_WRONG_KEY');
    expect(await refusalOf(() => station.signIn('zarina'))).toBe('SIGN_IN_FAILED');
    const again = await station.signIn('zarina', other);
    expect((await again.keys.signer()).privateKey.equals(before.signer.privateKey)).toBe(true);
  });

  it('stays as it was where the one so far is wrong, which counts, or the new one is no good', async () => {
    const { token } = holder as By & { token: string };
    const change = (current: string, next: string) => station.sessions.changePassword(token, current, next);
    const before = station.accountStore.get(holder.person.id);
    expect(await refusalOf(() => change(passwords.keyHolder, 'short'))).toBe('PASSWORD_TOO_WEAK');
    expect(await refusalOf(() => change(passwords.keyHolder, passwords.keyHolder))).toBe('PASSWORD_SAME');
    expect(station.accountStore.get(holder.person.id)).toEqual(before);
    for (let i = 0; i < 5; i++) expect(await refusalOf(() => change('not this one', other))).toBe('SIGN_IN_FAILED');
    expect(await refusalOf(() => change(passwords.keyHolder, other))).toBe('ACCOUNT_LOCKED');
    expect(station.actions().at(-1)).toBe('account.locked');
  });

  it('is all or nothing: an event that cannot be written leaves password, keys and secrets', async () => {
    const { token } = holder as By & { token: string };
    const before = [station.accountStore.get(holder.person.id), blobOf('vault'), blobOf('station')];
    const failed = station.failNextAppend();
    await expect(station.sessions.changePassword(token, passwords.keyHolder, other)).rejects.toThrow('disk is full');
    expect(failed.action).toBe('account.password-changed');
    expect([station.accountStore.get(holder.person.id), blobOf('vault'), blobOf('station')]).toEqual(before);
    expect(await recipientOf(await holder.keys.vaultIdentity())).toBe(requireFacts(station.db).vaultRecipient);
  });
});

describe('another role', () => {
  it('waits for access, keeps code and certificate from one signing role to another', async () => {
    const { id, code, certificate } = await judge();
    const { token, keys } = await station.signIn('zarina');
    const changed = await changeRole(id, 'clerk');
    expect(changed).toMatchObject({ role: 'clerk', code, keys: 'waits', certificate: 'issued', stillOpens: [] });
    expect(station.accountStore.get(id).certificate).toBe(certificate);
    expect(station.sessions.find(token, { touch: true })).toBeNull();
    expect(await refusalOf(() => keys.vaultIdentity())).toBe('SESSION_LOCKED');
    expect(station.actions().at(-1)).toBe('account.role-changed');
    const clerk = await station.signIn('zarina');
    expect(await refusalOf(() => clerk.keys.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
    await station.accounts.grant(id, holder.person, holder.keys);
    await clerk.keys.vaultIdentity();
  });

  it('says what the old key still opens while nobody is there to close it', async () => {
    const { id } = await judge();
    station.sessions.endOf(holder.person.id);
    expect((await changeRole(id, 'operator')).stillOpens).toEqual(['vault']);
    expect(accountOf(id)?.stillOpens).toEqual(['vault']);
    await station.signIn('daniyar', passwords.keyHolder);
    expect(accountOf(id)?.stillOpens).toEqual([]);
  });

  it('takes key and certificate of who no longer signs, and makes a key for who begins to', async () => {
    const { id } = await judge();
    await changeRole(id, 'auditor');
    expect(station.accountStore.get(id)).toMatchObject({ p12: null, certificate: null, public_key: null });
    expect(station.actions().slice(-2)).toEqual(['account.role-changed', 'certificate.revoked']);
    await changeRole(id, 'clerk');
    expect(accountOf(id)?.certificate).toBe('none');
    const { keys } = await station.signIn('zarina');
    expect(accountOf(id)?.certificate).toBe('requested');
    await station.accounts.certify(id, admin.person, admin.keys);
    expect((await keys.signer()).code).toBe(station.accountStore.get(id).code);
  });

  it('lets a new administrator into the authority at once, and shuts a former one out', async () => {
    const { id } = await station.person('administrator', 'second');
    const { keys } = await station.signIn('second');
    expect(await keys.certificateAuthority()).toBeDefined();
    const pair = keys.pair();
    await changeRole(id, 'operator');
    expect(await refusalOf(() => openSecret(blobOf('ca'), pair.identity))).toBe('AGE_WRONG_KEY');
    const operator = await station.person('operator', 'third');
    await changeRole(operator.id, 'administrator');
    const third = await station.signIn('third');
    expect(await third.keys.certificateAuthority()).toBeDefined();
  });

  it('is refused for oneself, for the last key holder unsaid, and to one who is no administrator any more', async () => {
    expect(await refusalOf(() => changeRole(admin.person.id, 'operator'))).toBe('OWN_ACCOUNT_REFUSED');
    expect(await refusalOf(() => changeRole(holder.person.id, 'operator'))).toBe('LAST_KEY_HOLDER');
    expect(station.accountStore.get(holder.person.id).role).toBe('investigator');
    const { id } = await station.person('administrator', 'second');
    const second = await station.signIn('second');
    await changeRole(id, 'operator');
    // Both were at it at once, and the other was first.
    const late = { person: second.person, keys: admin.keys };
    expect(await refusalOf(() => changeRole(admin.person.id, 'operator', late))).toBe('ROLE_REFUSED');
    expect(station.accountStore.get(admin.person.id).role).toBe('administrator');
    const done = await station.standing.changeRole(
      { account: holder.person.id, role: 'operator', aloneAccepted: true },
      admin.person,
      admin.keys,
    );
    expect(done.role).toBe('operator');
  });
});

describe('an account that ends', () => {
  it('never comes back: keys are deleted, the circle is closed, the certificate is revoked', async () => {
    const { id, certificate } = await judge();
    const { keys } = await station.signIn('zarina');
    const pair = keys.pair();
    station.clock.forward(60);
    expect(await revoke(id)).toMatchObject({ state: 'revoked', keys: 'none', certificate: 'none', stillOpens: [] });
    expect(station.accountStore.get(id)).toMatchObject({ wrap: null, p12: null });
    expect(station.actions().slice(-2)).toEqual(['account.revoked', 'certificate.revoked']);
    expect(await refusalOf(() => openSecret(blobOf('vault'), pair.identity))).toBe('AGE_WRONG_KEY');
    expect(await refusalOf(() => station.signIn('zarina'))).toBe('SIGN_IN_FAILED');
    expect(await refusalOf(() => station.accounts.restore(id, admin.person))).toBe('ACCOUNT_REVOKED');
    expect(await refusalOf(() => revoke(id))).toBe('ACCOUNT_REVOKED');
    expect(await refusalOf(() => changeRole(id, 'clerk'))).toBe('ACCOUNT_REVOKED');
    const reset = () => station.standing.reset(asked(id), admin.person, admin.keys);
    expect(await refusalOf(reset)).toBe('ACCOUNT_REVOKED');
    const cert = readCertificate(certificate ?? '');
    expect([...(listed()?.revoked.keys() ?? [])]).toEqual([cert.serial]);
    // What was signed before stays trusted; what would be signed after is not.
    const roots = [readCertificate(requireFacts(station.db).rootPem)];
    const lists = [listed() ?? expect.fail('no list')];
    const trusted = (seconds: number) => {
      const at = new Date(station.clock.now().getTime() + seconds * 1000);
      return checkTrust({ cert, chain: [], roots, lists, at, policy: policyOids.officer });
    };
    expect(trusted(-1)).toMatchObject({ trusted: true, revokedLater: expect.any(Date) });
    expect(trusted(1).problems.map(({ code }) => code)).toEqual(['revoked']);
  });

  it('lists everybody who left, with a number that grows; openssl reads and believes it', async ({ skip }) => {
    await revoke((await judge('first')).id);
    station.clock.forward(5);
    await revoke((await judge('second')).id);
    expect(listed()?.revoked.size).toBe(2);
    const newest = new RevocationLists(station.db).newest();
    expect(newest?.number).toBe(2);
    if (!hasCommand('openssl')) return skip('no openssl on this machine');
    const folder = mkdtempSync(join(tmpdir(), 'birret-crl-'));
    try {
      writeFileSync(join(folder, 'list.crl'), newest?.der ?? '');
      writeFileSync(join(folder, 'root.pem'), requireFacts(station.db).rootPem);
      const said = opensslOk(
        ...['crl', '-inform', 'DER', '-in', join(folder, 'list.crl'), '-CAfile', join(folder, 'root.pem'), '-text'],
      ).toString();
      expect(said).toMatch(/X509v3 CRL Number:\s+2\s/);
      expect(said.match(/Cessation Of Operation/g)?.length).toBe(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is on the next list where the administrator’s key does not open the authority yet', async () => {
    const first = await judge('first');
    const second = await judge('second');
    await station.person('administrator', 'new');
    const fresh = await station.signIn('new');
    const circle = await station.signIn('aigerim', passwords.administrator, 'again');
    // As it stands between accepting the invitation and the next administrator who comes.
    const shut: OpenKeys = {
      ...circle.keys,
      accountId: fresh.keys.accountId,
      vaultIdentity: () => fresh.keys.vaultIdentity(),
      signer: () => fresh.keys.signer(),
      packSigner: () => expect.fail('not asked'),
      pair: () => fresh.keys.pair(),
      close: () => undefined,
      certificateAuthority: () => holder.keys.certificateAuthority(),
    };
    await station.standing.revoke(asked(first.id), fresh.person, shut);
    expect(listed()).toBeUndefined();
    await revoke(second.id);
    expect(listed()?.revoked.size).toBe(2);
  });
});

describe('a lost password', () => {
  it('begins the account anew: code and cases stay, keys and certificate are made anew', async () => {
    const { id, code, recipient } = await judge();
    const { account, code: invitation } = await station.standing.reset(asked(id), admin.person, admin.keys);
    expect(account).toMatchObject({ state: 'invited', code, keys: 'waits', certificate: 'none' });
    expect(station.actions().slice(-2)).toEqual(['account.reset', 'certificate.revoked']);
    expect(await refusalOf(() => station.signIn('zarina'))).toBe('SIGN_IN_FAILED');
    await station.accounts.accept(invitation, 'new-moon-over-the-yurt');
    const { keys } = await station.signIn('zarina', 'new-moon-over-the-yurt');
    expect(keys.pair().recipient).not.toBe(recipient);
    expect(await refusalOf(() => keys.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
    expect(await refusalOf(() => station.accounts.accept(invitation, 'once-more-and-again'))).toBe(
      'INVITATION_INVALID',
    );
  });

  it('of every officer is made good by an administrator and the printed key, after a restart too', async () => {
    const { recovery } = station.outcome.result;
    const { vaultRecipient } = station.outcome.facts;
    const after = new TestStation(station);
    const own = await after.signIn('aigerim', passwords.administrator);
    const reset = (aloneAccepted: boolean) =>
      after.standing.reset({ account: holder.person.id, aloneAccepted }, own.person, own.keys);
    expect(await refusalOf(() => reset(false))).toBe('LAST_KEY_HOLDER');
    await after.accounts.accept((await reset(true)).code, 'new-moon-over-the-yurt');
    const officer = await after.signIn('daniyar', 'new-moon-over-the-yurt');
    expect(after.stationKeys.isOpen).toBe(false);
    expect((await after.accounts.grantByRecovery(recovery, officer.person)).keys).toBe('granted');
    expect(await recipientOf(await officer.keys.vaultIdentity())).toBe(vaultRecipient);
    expect(after.stationKeys.isOpen).toBe(true);
    await after.accounts.certify(holder.person.id, own.person, own.keys);
    expect((await officer.keys.signer()).code).toBe(holder.person.code);
    // The next start needs no sheets: the new key opens the station by itself.
    const next = new TestStation(station);
    await next.signIn('daniyar', 'new-moon-over-the-yurt');
    expect(next.stationKeys.isOpen).toBe(true);
  });
});
