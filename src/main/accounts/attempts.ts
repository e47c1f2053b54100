import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { AccountRow, AccountStore } from './accountStore.ts';

const MOST_WRONG = 5;
const LOCKED_MS = 15 * 60_000;
const MOST_UNKNOWN = 1_000;

interface Count {
  wrong: number;
  lockedUntil: string | null;
}

/**
 * Counts wrong passwords: five in a row lock an account for 15 minutes, across restarts. Logins that nobody has are
 * counted too (in memory), so that being locked does not tell that a login exists.
 */
export class Attempts {
  readonly #accounts: AccountStore;
  readonly #clock: Clock;
  readonly #unknown = new Map<string, Count>();

  constructor(accounts: AccountStore, clock: Clock) {
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** ACCOUNT_LOCKED with the minutes left, rounded up. */
  check(login: string, row: AccountRow | null): void {
    const until = row === null ? (this.#unknown.get(login)?.lockedUntil ?? null) : row.locked_until;
    if (until === null) return;
    const left = Date.parse(until) - this.#clock.now().getTime();
    // More than the rule gives is a clock that was set back since: nobody is locked out until it has caught up.
    if (left > 0 && left <= LOCKED_MS) throw new Refusal('ACCOUNT_LOCKED', { minutes: Math.ceil(left / 60_000) });
  }

  /** Counts a wrong password; true when this one locked the account. */
  wrong(login: string, row: AccountRow | null): boolean {
    const before = row === null ? (this.#unknown.get(login)?.wrong ?? 0) : row.wrong_passwords;
    const locks = before + 1 >= MOST_WRONG;
    const count: Count = {
      wrong: locks ? 0 : before + 1,
      lockedUntil: locks ? new Date(this.#clock.now().getTime() + LOCKED_MS).toISOString() : null,
    };
    if (row === null) this.#remember(login, count);
    else this.#accounts.update(row.id, { wrong_passwords: count.wrong, locked_until: count.lockedUntil });
    return locks && row !== null;
  }

  right(row: AccountRow): void {
    if (row.wrong_passwords > 0 || row.locked_until !== null) {
      this.#accounts.update(row.id, { wrong_passwords: 0, locked_until: null });
    }
  }

  #remember(login: string, count: Count): void {
    this.#unknown.delete(login);
    this.#unknown.set(login, count);
    const oldest = this.#unknown.keys().next();
    if (this.#unknown.size > MOST_UNKNOWN && oldest.done !== true) this.#unknown.delete(oldest.value);
  }
}
