import type { Database } from 'better-sqlite3';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { type AccountRow, type AccountStore, actorOf, normaliseLogin } from './accountStore.ts';
import { Attempts } from './attempts.ts';
import type { KeyRing } from './keyRing.ts';
import { AccountKeys } from './openKeys.ts';
import { openWrap, type PasswordCost, type PersonalSecrets, spendWork, standardCost } from './passwords.ts';
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
    const { accounts, ring, db } = this.#needs;
    const login = normaliseLogin(typed);
    const row = accounts.byLogin(login);
    this.#attempts.check(login, row);
    const secrets = await this.#secretsOf(row, password);
    if (row === null || secrets === null || row.recipient === null) {
      this.#countWrong(login, row);
      throw new Refusal('SIGN_IN_FAILED');
    }
    this.#attempts.right(row);
    return new AccountKeys({ accounts, ring, facts: () => requireFacts(db) }, row.id, row.recipient, secrets);
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
