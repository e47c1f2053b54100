import type { Database } from 'better-sqlite3';
import type { Account } from '../../shared/contract/accounts.ts';
import { type Role, signingRoles } from '../../shared/domain/roles.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { revocationReasons } from '../sealing/index.ts';
import { type AccountRow, type AccountStore, accountView, actorOf, type Person } from './accountStore.ts';
import { certificateSha256 } from './certify.ts';
import type { Invitations } from './invitations.ts';
import type { KeyRing } from './keyRing.ts';
import { type Asked, refuseLastUnsaid } from './lastHolders.ts';
import type { OpenAuthority, OpenKeys } from './openKeys.ts';
import { RevocationLists } from './revocationLists.ts';
import type { Sessions } from './sessions.ts';

export interface StandingNeeds {
  readonly db: Database;
  readonly accounts: AccountStore;
  readonly ring: KeyRing;
  readonly sessions: Sessions;
  readonly invitations: Invitations;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
}

interface Change {
  readonly action: 'account.role-changed' | 'account.revoked' | 'account.reset';
  readonly values: Parameters<AccountStore['update']>[1];
  readonly details?: Readonly<Record<string, string>>;
  /** Why the person's certificate of this station counts no longer (CRLReason); null where it stays. */
  readonly reason: number | null;
}

const noKeyFile = {
  p12: null,
  public_key: null,
  certificate: null,
  certificate_chain: null,
  certificate_packed: false,
};

/**
 * What an administrator changes for good in a person's standing: another role, the end, a new beginning after a lost
 * password. Each ends the person's sessions, takes their access to recordings (a key holder lets them in anew) and closes
 * the secrets to those who remain as soon as a key that opens them is at hand. Nobody does it to their own account, so
 * that an administrator is always left.
 *
 * A station's certificate names person and court, not a role: from one signing role to another it stays. It is revoked
 * where the person leaves, stops signing, or has lost the key; what was signed before stays valid.
 */
export class AccountStanding {
  readonly #needs: StandingNeeds;

  constructor(needs: StandingNeeds) {
    this.#needs = needs;
  }

  /** OWN_ACCOUNT_REFUSED, ACCOUNT_UNKNOWN, ACCOUNT_REVOKED, LAST_KEY_HOLDER, LAST_ADMINISTRATOR. */
  changeRole(asked: Asked & { role: Role }, by: Person, keys: OpenKeys): Promise<Account> {
    return this.#change(asked, by, keys, (row) => {
      if (row.role === asked.role) return null;
      const stopsSigning = signingRoles.includes(row.role) && !signingRoles.includes(asked.role);
      return {
        action: 'account.role-changed',
        values: { role: asked.role, granted_at: null, ...(stopsSigning ? noKeyFile : {}) },
        details: { from: row.role, to: asked.role },
        reason: stopsSigning ? revocationReasons.otherDuty : null,
      };
    });
  }

  /** The end of an account: what its password opened is deleted, it never comes back. Codes as `changeRole`. */
  revoke(asked: Asked, by: Person, keys: OpenKeys): Promise<Account> {
    return this.#change(asked, by, keys, () => ({
      action: 'account.revoked',
      values: {
        ...{ state: 'suspended', revoked_at: this.#needs.clock.now().toISOString(), granted_at: null },
        ...{ wrap: null, p12: null, invitation_sha256: null, invitation_expires: null },
      },
      reason: revocationReasons.left,
    }));
  }

  /**
   * A new beginning for somebody who lost their password: the account keeps its code and cases and is accepted anew with
   * the invitation's code, which makes new keys. Access is granted anew: by a key holder, or with the printed recovery
   * key where none is left. Codes as `changeRole`; the invitation's code is in the answer only.
   */
  async reset(asked: Asked, by: Person, keys: OpenKeys): Promise<{ account: Account; code: string }> {
    const { code, sha256, expires } = this.#needs.invitations.newCode();
    const account = await this.#change(asked, by, keys, (row) => ({
      action: 'account.reset',
      values: {
        ...{ state: 'invited', wrap: null, granted_at: null, ...noKeyFile, wrong_passwords: 0, locked_until: null },
        ...{ invitation_sha256: sha256, invitation_expires: expires },
      },
      reason: row.certificate === null ? null : revocationReasons.keyLost,
    }));
    return { account, code };
  }

  async #change(asked: Asked, by: Person, keys: OpenKeys, changeOf: (row: AccountRow) => Change | null) {
    if (asked.account === by.id) throw new Refusal('OWN_ACCOUNT_REFUSED');
    const { db, accounts, sessions, ring } = this.#needs;
    const authority = await authorityOf(keys);
    try {
      db.transaction(() => {
        const row = accounts.get(asked.account);
        const change = changeOf(row);
        this.#check(row, by, asked);
        if (change !== null) this.#write(row, change, by, authority);
      }).immediate();
    } finally {
      authority?.privateKeyPkcs8.fill(0);
    }
    sessions.endOf(asked.account);
    await sessions.refreshRing();
    const row = accounts.get(asked.account);
    return accountView(row, ring.lingering(row.recipient));
  }

  #check(row: AccountRow, by: Person, asked: Asked): void {
    const { accounts } = this.#needs;
    // Two administrators may be at this against each other: the second no longer is one.
    const own = accounts.get(by.id);
    if (own.role !== 'administrator' || own.state !== 'active') throw new Refusal('ROLE_REFUSED', { role: own.role });
    if (row.revoked_at !== null) throw new Refusal('ACCOUNT_REVOKED');
    refuseLastUnsaid(row, asked, this.#needs);
  }

  #write(row: AccountRow, change: Change, by: Person, authority: OpenAuthority | null): void {
    const { db, accounts, log, clock } = this.#needs;
    const now = clock.now();
    const subject = { type: 'account', id: row.code } as const;
    accounts.update(row.id, change.values);
    log().append({ action: change.action, actor: actorOf(by), details: { ...change.details }, subject });
    if (change.reason === null) return;
    const lists = new RevocationLists(db);
    const revoked = lists.revokeAllOf(row.id, change.reason, now.toISOString());
    if (revoked.length === 0) return;
    const list = authority === null ? null : lists.issueList(authority, now);
    const details = { account: row.code, cert_sha256: revoked.map(certificateSha256), reason: change.reason, list };
    log().append({ action: 'certificate.revoked', actor: actorOf(by), details, subject });
  }
}

/** The authority's key, or null for an administrator to whom it has not been closed yet: the next list names them all. */
async function authorityOf(keys: OpenKeys): Promise<OpenAuthority | null> {
  try {
    return await keys.certificateAuthority();
  } catch (error) {
    if (isRefusal(error, 'ACCESS_NOT_GRANTED')) return null;
    throw error;
  }
}
