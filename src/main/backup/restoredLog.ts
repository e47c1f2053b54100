import type { Database } from 'better-sqlite3';
import { Refusal } from '../../shared/errors.ts';
import { continueLog, type LogKey, newLogKey, openLog, parseSkey } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { type RestoredMark, readMark, removeMark } from './mark.ts';

export interface RestoredLogNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly facts: () => { readonly id: string; readonly log: { readonly origin: string; readonly vkey: string } };
  /** The secret of the log's key, in its text form; the station's keys are open. */
  readonly logKey: () => string;
  /** Puts another log key in the place of the old one; `change` runs in the same transaction. */
  readonly renewLogKey: (key: LogKey, change: () => void) => Promise<void>;
  /** The log has gone on: what waited may begin. */
  readonly begun: () => Promise<void>;
}

/**
 * A station that was made of a backup: beside an original that may still be running, its log must never look like the
 * same one (EVIDENCE-FORMAT §4). Until somebody opens the station's keys nothing is logged, and so nothing done; then the
 * old log is closed with its old key and goes on as a new one, with a new key.
 */
export class RestoredLog {
  readonly #needs: RestoredLogNeeds;
  #mark: RestoredMark | null;

  constructor(needs: RestoredLogNeeds) {
    this.#needs = needs;
    this.#mark = readMark(needs.db);
  }

  get waits(): boolean {
    return this.#mark !== null;
  }

  /** @throws Refusal RESTORED_WAITS_FOR_KEYS */
  requireBegun(): void {
    if (this.#mark !== null) throw new Refusal('RESTORED_WAITS_FOR_KEYS');
  }

  /** To be called when the station's keys were opened by `actor`; does nothing for a station that was not restored. */
  async keysOpened(actor: { readonly id: string; readonly role: string }): Promise<void> {
    const mark = this.#mark;
    if (mark === null) return;
    const { db, clock, facts, logKey, renewLogKey } = this.#needs;
    const { id, log } = facts();
    const key = newLogKey(`birret/${id}/${newId(8)}`);
    const signer = parseSkey(logKey());
    await renewLogKey(key, () => {
      continueLog({
        db,
        clock,
        earlier: openLog({ db, origin: log.origin, clock }),
        signer,
        vkey: key.vkey,
        actor,
        details: { reason: 'restored', backup: { ...mark.backup }, restored_at: mark.restored_at },
      });
      removeMark(db);
    });
    this.#mark = null;
    await this.#needs.begun();
  }
}
