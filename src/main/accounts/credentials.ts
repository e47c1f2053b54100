import type { Database } from 'better-sqlite3';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { buildPkcs12, openPkcs12 } from '../sealing/index.ts';
import { newIdentity } from '../vault/index.ts';
import { type AccountRow, type AccountStore, actorOf, normaliseLogin } from './accountStore.ts';
import { Attempts } from './attempts.ts';
import type { KeyRing } from './keyRing.ts';
import { AccountKeys, newP12Password } from './openKeys.ts';
import {
  checkPassword,
  makeWrap,
  openWrap,
  type PasswordCost,
  type PersonalSecrets,
  spendWork,
  standardCost,
} from './passwords.ts';
import { requireFacts } from './stationFacts.ts';

export interface CredentialsNeeds {
  readonly db: Database;
  readonly accounts: AccountStore;
  readonly ring: KeyRing;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
  readonly cost?: PasswordCost;
}

/** Turns a login and password into open keys, or refuses. Calls must come one after another (`Sessions` sees to it). */
export class Credentials {
  readonly #needs: CredentialsNeeds;
  readonly #attempts: Attempts;

  constructor(needs: CredentialsNeeds) {
    this.#needs = needs;
    this.#attempts = new Attempts(needs.accounts, needs.clock);
  }

  /**
   * SIGN_IN_FAILED for a wrong password, an unknown login, an account that is invited or suspended: all take the same
   * work. ACCOUNT_LOCKED with the minutes, once five were wrong.
   */
  async open(typed: string, password: string): Promise<AccountKeys> {
    const { row, recipient, secrets } = await this.#opened(typed, password);
    return this.#keysOf(row.id, recipient, secrets);
  }

  /**
   * Another password, asked for with the one so far. The person's age key and the password of their key file are new too:
   * what the old password opens in an older backup opens nothing of today.
   * SIGN_IN_FAILED and ACCOUNT_LOCKED as for signing in; PASSWORD_TOO_WEAK and PASSWORD_SAME leave everything as it was.
   */
  async change(login: string, current: string, next: string): Promise<AccountKeys> {
    const { accounts, ring, log } = this.#needs;
    const { row, recipient, secrets } = await this.#opened(login, current);
    checkPassword(next, row);
    if (next.normalize('NFC') === current.normalize('NFC')) throw new Refusal('PASSWORD_SAME');
    const pair = await newIdentity();
    const fresh: PersonalSecrets = { identity: pair.identity, p12Password: newP12Password() };
    const wrap = await makeWrap(row.id, next, fresh, this.#needs.cost ?? standardCost);
    await ring.replace({ identity: secrets.identity, recipient }, pair.recipient, () => {
      const now = accounts.get(row.id);
      // Suspended or given another key while the password was being worked on: then this one is not wanted any more.
      if (now.state !== 'active' || now.recipient !== recipient) throw new Refusal('SESSION_MISSING');
      accounts.update(row.id, {
        wrap,
        recipient: pair.recipient,
        p12: now.p12 === null ? null : repack(now.p12, secrets.p12Password, fresh.p12Password),
      });
      const subject = { type: 'account', id: row.code } as const;
      log().append({ action: 'account.password-changed', actor: actorOf(row), details: {}, subject });
    });
    return this.#keysOf(row.id, pair.recipient, fresh);
  }

  #keysOf(id: string, recipient: string, secrets: PersonalSecrets): AccountKeys {
    const { accounts, ring, db } = this.#needs;
    return new AccountKeys({ accounts, ring, facts: () => requireFacts(db) }, id, recipient, secrets);
  }

  async #opened(typed: string, password: string) {
    const login = normaliseLogin(typed);
    const row = this.#needs.accounts.byLogin(login);
    this.#attempts.check(login, row);
    const secrets = await this.#secretsOf(row, password);
    if (row === null || secrets === null || row.recipient === null) {
      this.#countWrong(login, row);
      throw new Refusal('SIGN_IN_FAILED');
    }
    this.#attempts.right(row);
    return { row, recipient: row.recipient, secrets };
  }

  async #secretsOf(row: AccountRow | null, password: string): Promise<PersonalSecrets | null> {
    if (row !== null && row.state === 'active' && row.wrap !== null) return await openWrap(row.id, password, row.wrap);
    await spendWork(password, this.#needs.cost ?? standardCost);
    return null;
  }

  #countWrong(login: string, row: AccountRow | null): void {
    this.#needs.db
      .transaction(() => {
        if (!this.#attempts.wrong(login, row) || row === null) return;
        const subject = { type: 'account', id: row.code } as const;
        this.#needs.log().append({ action: 'account.locked', actor: actorOf(row), details: {}, subject });
      })
      .immediate();
  }
}

/** The same key and certificates in a file with another password. */
function repack(p12: Uint8Array, before: string, after: string): Buffer {
  const { privateKeyPkcs8, certPem, chain } = openPkcs12(p12, before);
  try {
    return buildPkcs12({ privateKey: privateKeyPkcs8, certPem, chain, password: after });
  } finally {
    privateKeyPkcs8.fill(0);
  }
}
