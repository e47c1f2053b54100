import {
  type CustodyLog,
  encodeAddCheckpoint,
  type NoteSigner,
  newLogKey,
  newWitnesses,
  openLog,
  witnessOf,
} from '../../src/main/custody/index.ts';
import { migrate, migrations, openDatabase } from '../../src/main/database/index.ts';
import { systemClock } from '../../src/main/platform/clock.ts';
import { isRefusal } from '../../src/shared/errors.ts';

/** Who acts at the office. */
export const ACTOR = { id: 'adm-1', role: 'administrator' };

/** Somebody elsewhere who saw the log's head before any change, and remembers it. */
export class Office {
  readonly #db = openDatabase(':memory:');
  readonly #key = newLogKey('office.example');
  readonly #witnesses;

  constructor(court: string) {
    migrate(this.#db, migrations, { backupTo: null, now: new Date() });
    const log = openLog({ db: this.#db, origin: 'office.example', clock: systemClock });
    this.#witnesses = newWitnesses({ db: this.#db, log: () => log, clock: systemClock });
    this.#witnesses.keys.trust('Court', court, ACTOR);
  }

  get vkey(): string {
    return witnessOf(this.#key.skey).vkey;
  }

  /** Cosigns today's head of the log; gives the note to be carried back, or the code of the refusal. */
  shown(log: CustodyLog, signer: NoteSigner): string {
    const old = this.#witnesses.others.seen(log.origin)?.size ?? 0;
    const proof = old > log.size() ? [] : log.consistencyProof(old);
    try {
      const brought = encodeAddCheckpoint({ old, proof, checkpoint: log.checkpoint(signer) });
      return this.#witnesses.others.cosign(brought, witnessOf(this.#key.skey), ACTOR).note;
    } catch (error) {
      if (isRefusal(error)) return error.code;
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }
}
