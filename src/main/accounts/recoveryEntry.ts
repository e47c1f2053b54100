import type { Database } from 'better-sqlite3';
import type { CustodyLog } from '../custody/index.ts';
import type { Invitations } from './invitations.ts';
import { type RecoveryParts, withRecoveryKey } from './recoveryKey.ts';
import { requireFacts } from './stationFacts.ts';
import type { StationOpening } from './stationOpening.ts';

/** How events name whoever holds both sheets: the station cannot know who that is. */
const holdersOfTheSheets = { id: 'recovery-key', role: 'recovery-key' } as const;

export interface RecoveryEntryNeeds {
  readonly db: Database;
  readonly opening: StationOpening;
  readonly invitations: Pick<Invitations, 'invite'>;
  readonly log: () => Pick<CustodyLog, 'append'>;
}

/**
 * The door for a station on which nobody can sign in: passwords were lost, or it was restored and none of those who
 * open its keys is there. Both printed sheets open the station's own keys, and make a new administrator where none knows
 * their password; each use is on record, and nobody is signed in by it. Recordings are opened only by the person who
 * then signs in and types the sheets once more (`AccountsService.grantByRecovery`).
 *
 * The certificate authority stays closed: it is closed to administrators alone, and a new one is let in by another.
 */
export class RecoveryEntry {
  readonly #needs: RecoveryEntryNeeds;

  constructor(needs: RecoveryEntryNeeds) {
    this.#needs = needs;
  }

  /** Opens the station's keys; a restored log goes on. @throws Refusal RECOVERY_KEY_WRONG, STATION_NOT_SET_UP */
  async open(parts: RecoveryParts): Promise<void> {
    const { db, log } = this.#needs;
    await this.#opened(parts);
    const subject = { type: 'station', id: requireFacts(db).id } as const;
    log().append({ action: 'station.opened-by-recovery', actor: holdersOfTheSheets, details: {}, subject });
  }

  /**
   * An invitation for a new administrator; its code is in the answer only. @throws Refusal RECOVERY_KEY_WRONG, NAME_TAKEN,
   * STATION_NOT_SET_UP
   */
  async inviteAdministrator(who: RecoveryParts & { name: string; login: string }): Promise<{ code: string }> {
    await this.#opened(who);
    const { name, login } = who;
    const invited = { name, login, role: 'administrator', action: 'account.invited-by-recovery' } as const;
    const { code } = this.#needs.invitations.invite(invited, holdersOfTheSheets);
    return { code };
  }

  async #opened(parts: RecoveryParts): Promise<void> {
    requireFacts(this.#needs.db);
    await withRecoveryKey(parts, (identity) => this.#needs.opening.open(identity, holdersOfTheSheets));
  }
}
