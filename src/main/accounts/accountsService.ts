import type { Database } from 'better-sqlite3';
import type { Account } from '../../shared/contract/accounts.ts';
import { keyHoldingRoles, type Role, signingRoles } from '../../shared/domain/roles.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { type AccountRow, type AccountStore, accountView, actorOf, type Person, personOf } from './accountStore.ts';
import { certificateSha256, issueForPerson } from './certify.ts';
import type { Invitations } from './invitations.ts';
import type { KeyRing } from './keyRing.ts';
import { type Asked, refuseLastUnsaid } from './lastHolders.ts';
import type { OpenAuthority, OpenKeys } from './openKeys.ts';
import { type RecoveryParts, withRecoveryKey } from './recoveryKey.ts';
import { RevocationLists } from './revocationLists.ts';
import type { Sessions } from './sessions.ts';
import { requireFacts } from './stationFacts.ts';
import type { StationOpening } from './stationOpening.ts';

export interface AccountsNeeds {
  readonly db: Database;
  readonly accounts: AccountStore;
  readonly ring: KeyRing;
  readonly opening: StationOpening;
  readonly sessions: Sessions;
  readonly invitations: Invitations;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
}

/** People of the station: inviting, certifying, suspending, and letting keys into the vault. */
export class AccountsService {
  readonly #needs: AccountsNeeds;

  constructor(needs: AccountsNeeds) {
    this.#needs = needs;
  }

  list(): Account[] {
    const { accounts, ring } = this.#needs;
    return accounts.all().map((row) => accountView(row, ring.lingering(row.recipient)));
  }

  /** People one may name in planning, hand-over and hearings: those who can sign in. */
  people(): Person[] {
    return this.#needs.accounts.all().flatMap((row) => (row.state === 'active' ? [personOf(row)] : []));
  }

  /** Active accounts whose key does not open recordings yet though their role may. */
  waiting(): Account[] {
    return this.list().filter((account) => account.state === 'active' && account.keys === 'waits');
  }

  /** NAME_TAKEN. The code is in the answer only. */
  invite(input: { name: string; login: string; role: Role }, by: Person): { account: Account; code: string } {
    const { account, code } = this.#needs.invitations.invite(input, actorOf(by));
    return { account: accountView(account), code };
  }

  /** INVITATION_INVALID, PASSWORD_TOO_WEAK. Gives the account; the person signs in with the password just set. */
  async accept(code: string, password: string): Promise<Account> {
    const row = await this.#needs.invitations.accept(code, password);
    await this.#needs.sessions.refreshRing();
    return accountView(row);
  }

  /**
   * Issues a person's certificate with the authority's key, which opens for an administrator only. A person who has one
   * keeps it. CERTIFICATE_REFUSED for a role that does not sign or a person who has no key yet; AUTHORITY_CLOSED
   * where the caller's key does not open the authority.
   */
  async certify(accountId: string, by: Person, keys: OpenKeys): Promise<Account> {
    const { db, accounts, log, clock } = this.#needs;
    const row = accounts.get(accountId);
    if (!signingRoles.includes(row.role) || row.public_key === null || row.state !== 'active') {
      throw new Refusal('CERTIFICATE_REFUSED', { reason: 'no key of this account is waiting for one' });
    }
    if (row.certificate !== null) return accountView(row);
    const facts = requireFacts(db);
    const authority = await authorityOf(keys);
    const certificate = issueForPerson(
      authority,
      facts,
      { name: row.name, publicKeySpki: row.public_key },
      clock.now(),
    );
    authority.privateKeyPkcs8.fill(0);
    return db
      .transaction(() => {
        const fresh = accounts.get(accountId);
        if (fresh.certificate !== null) return accountView(fresh);
        accounts.update(accountId, { certificate, certificate_packed: false });
        new RevocationLists(db).issued(accountId, certificate, clock.now().toISOString());
        const details = { kind: 'officer', account: row.code, cert_sha256: certificateSha256(certificate) };
        log().append({ action: 'certificate.issued', actor: actorOf(by), details, subject: subjectOf(row) });
        return accountView(accounts.get(accountId));
      })
      .immediate();
  }

  /**
   * Ends a person's access: sessions end at once, the key leaves every circle as soon as somebody's open key can close
   * the secret anew (now, for those that are signed in; else when they next sign in). See `KeyRing` for backups.
   * SUSPEND_SELF_REFUSED, so that a station always has an administrator; LAST_KEY_HOLDER and LAST_ADMINISTRATOR until the
   * caller said that they understood.
   */
  async suspend(asked: Asked, by: Person): Promise<Account> {
    const { account: accountId } = asked;
    if (accountId === by.id) throw new Refusal('SUSPEND_SELF_REFUSED');
    const view = this.#change(accountId, 'account.suspended', by, (row) => {
      if (row.state === 'suspended') return null;
      refuseLastUnsaid(row, asked, this.#needs);
      return { state: 'suspended', granted_at: null, invitation_sha256: null, invitation_expires: null };
    });
    this.#needs.sessions.endOf(accountId);
    await this.#needs.sessions.refreshRing();
    return view;
  }

  /** Lets a suspended person sign in again; access to recordings is granted anew by a key holder. ACCOUNT_UNKNOWN. */
  async restore(accountId: string, by: Person): Promise<Account> {
    const view = this.#change(accountId, 'account.restored', by, (row) => {
      if (row.revoked_at !== null) throw new Refusal('ACCOUNT_REVOKED');
      if (row.state !== 'suspended') return null;
      // Someone who was suspended before ever setting a password has nothing to come back to.
      if (row.wrap === null) throw new Refusal('INVITATION_INVALID');
      return { state: 'active', wrong_passwords: 0, locked_until: null };
    });
    await this.#needs.sessions.refreshRing();
    return view;
  }

  /** A key holder lets a waiting person's key into the vault. ACCESS_NOT_GRANTED where the caller holds it not. */
  async grant(accountId: string, by: Person, keys: OpenKeys): Promise<Account> {
    const row = this.#mayHold(accountId);
    if (row.granted_at === null) await this.#letIn(row, keys.pair().identity, 'access.granted', by);
    return accountView(this.#needs.accounts.get(accountId));
  }

  /**
   * The printed recovery key lets the signed-in person in, when no key holder can; it also opens the station's own keys
   * where nobody has. RECOVERY_KEY_WRONG.
   */
  async grantByRecovery(parts: RecoveryParts, by: Person): Promise<Account> {
    const { opening, sessions, accounts } = this.#needs;
    const row = this.#mayHold(by.id);
    await withRecoveryKey(parts, async (identity) => {
      await this.#letIn(row, identity, 'access.granted-by-recovery', by);
      await opening.open(identity, actorOf(by));
    });
    await sessions.refreshRing();
    return accountView(accounts.get(by.id));
  }

  /** The station's root and chain, as PEM: what is handed out for checking elsewhere. */
  roots(): { stationRootPem: string; chain: string[] } {
    const { rootPem } = requireFacts(this.#needs.db);
    return { stationRootPem: rootPem, chain: [rootPem] };
  }

  async #letIn(row: AccountRow, identity: string, action: string, by: Person): Promise<void> {
    const { accounts, clock, log, ring } = this.#needs;
    await ring.widen('vault', identity, row.recipient ?? '', () => {
      if (accounts.get(row.id).state !== 'active') throw new Refusal('ACCOUNT_UNKNOWN');
      accounts.update(row.id, { granted_at: clock.now().toISOString() });
      log().append({ action, actor: actorOf(by), details: { account: row.code }, subject: subjectOf(row) });
    });
  }

  #mayHold(accountId: string): AccountRow {
    const row = this.#needs.accounts.get(accountId);
    if (row.state !== 'active' || row.recipient === null || !keyHoldingRoles.includes(row.role)) {
      throw new Refusal('ROLE_REFUSED', { role: row.role });
    }
    return row;
  }

  #change(
    accountId: string,
    action: string,
    by: Person,
    change: (row: AccountRow) => Parameters<AccountStore['update']>[1] | null,
  ): Account {
    const { db, accounts, log } = this.#needs;
    return db
      .transaction(() => {
        const row = accounts.get(accountId);
        const values = change(row);
        if (values !== null) {
          accounts.update(accountId, values);
          log().append({ action, actor: actorOf(by), details: { role: row.role }, subject: subjectOf(row) });
        }
        return accountView(accounts.get(accountId));
      })
      .immediate();
  }
}

async function authorityOf(keys: OpenKeys): Promise<OpenAuthority> {
  try {
    return await keys.certificateAuthority();
  } catch (cause) {
    throw isRefusal(cause, 'ACCESS_NOT_GRANTED') ? new Refusal('AUTHORITY_CLOSED', {}, { cause }) : cause;
  }
}

function subjectOf(row: AccountRow) {
  return { type: 'account', id: row.code } as const;
}
