import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { TimestampAuthority, TimestampTest } from '../../shared/contract/timestamps.ts';
import type { CustodyLog } from '../custody/index.ts';
import { Authorities, checkedAuthority } from './authorities.ts';
import { type ObtainNeeds, tokenFrom } from './obtainToken.ts';

export interface SettingsNeeds extends ObtainNeeds {
  readonly db: Database;
  readonly custody: () => CustodyLog;
  readonly station: () => string;
  readonly ownRoots: () => readonly string[];
  /** Called after the list has changed. */
  readonly changed: () => void;
}

/** The administrator's side: which authorities are asked, and whether one of them gives what it should. */
export class TimestampSettings {
  readonly #needs: SettingsNeeds;
  readonly #authorities: Authorities;

  constructor(needs: SettingsNeeds) {
    this.#needs = needs;
    this.#authorities = new Authorities(needs.db);
  }

  list(): TimestampAuthority[] {
    return this.#authorities.list();
  }

  /** @throws Refusal TSA_ADDRESS_INVALID, TRUST_ROOT_UNREADABLE, TSA_NOT_TRUSTED; then the old list stays */
  set(authorities: readonly TimestampAuthority[], actor: { id: string; role: string }): TimestampAuthority[] {
    const { db, custody, station, ownRoots, changed } = this.#needs;
    const checked = authorities.map((one) => checkedAuthority(one, ownRoots()));
    db.transaction(() => {
      this.#authorities.store(checked);
      custody().append({
        action: 'station.timestamps-changed',
        actor,
        subject: { type: 'station', id: station() },
        details: { authorities: checked.map(({ address, policy }) => ({ address, policy })) },
      });
    })();
    changed();
    return checked;
  }

  /** One token over 32 random bytes, checked as every token is. @throws Refusal TSA_…, TRUST_ROOT_UNREADABLE */
  async test(authority: TimestampAuthority): Promise<TimestampTest> {
    const checked = checkedAuthority(authority, this.#needs.ownRoots());
    const token = await tokenFrom(checked, randomBytes(32), this.#needs, new AbortController().signal);
    const { time, policy, signer, accuracyMs, trusted } = token;
    return { time: time.toISOString(), policy, signer, accuracyMs, trusted };
  }
}
