import type { Database } from 'better-sqlite3';
import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { CustodyLog, EventDraft } from './log.ts';
import { NOTE_ED25519, type NoteVerifier, parseVkey } from './noteKey.ts';
import type { KeyRow, WitnessKind, WitnessStore } from './witnessStore.ts';

export interface WitnessNeeds {
  readonly db: Database;
  readonly log: () => CustodyLog;
  readonly clock: Clock;
}

/**
 * The keys of other houses that this station goes by: of logs whose heads it cosigns, and of witnesses that cosign its own.
 * What a key is for stands in its type (C2SP signed-note: 0x01 a log's, 0x04 a witness's). How they came here is the
 * administrator's business: compared with what is printed, never taken from the file that they are to judge.
 */
export class WitnessKeys {
  readonly #needs: WitnessNeeds;
  readonly #store: WitnessStore;

  constructor(needs: WitnessNeeds, store: WitnessStore) {
    this.#needs = needs;
    this.#store = store;
  }

  all(): KeyRow[] {
    return this.#store.keys();
  }

  /** The key of the log `origin` whose heads are cosigned here. Throws `WITNESS_LOG_UNKNOWN`. */
  ofLog(origin: string): NoteVerifier {
    const row = this.all().find(({ kind, key_name }) => kind === 'log' && key_name === origin);
    if (row === undefined) throw new Refusal('WITNESS_LOG_UNKNOWN', { origin: origin.slice(0, 200) });
    return parseVkey(row.vkey);
  }

  /** The witnesses of our own log. */
  witnesses(): NoteVerifier[] {
    return this.all()
      .filter(({ kind }) => kind === 'witness')
      .map(({ vkey }) => parseVkey(vkey));
  }

  /** One of them. Throws `WITNESS_KEY_UNKNOWN`. */
  witness(vkey: string): NoteVerifier {
    const found = this.witnesses().find((one) => one.vkey === vkey);
    if (found === undefined) throw new Refusal('WITNESS_KEY_UNKNOWN');
    return found;
  }

  /**
   * Takes a key in under the name that people here use. Throws `LOG_KEY_MALFORMED`, `WITNESS_KEY_OWN` for this station's
   * own keys, `WITNESS_KEY_KNOWN` where a key of this name is there already: a second one would let its log be forked.
   */
  trust(title: string, vkey: string, actor: EventDraft['actor']): void {
    const { db, log, clock } = this.#needs;
    const key = parseVkey(vkey.trim());
    const { origin } = log();
    if (key.name === origin || key.name === `${origin}/witness`) throw new Refusal('WITNESS_KEY_OWN');
    const kind: WitnessKind = key.type === NOTE_ED25519 ? 'log' : 'witness';
    db.transaction(() => {
      const there = this.all().find((one) => one.kind === kind && one.key_name === key.name);
      if (there !== undefined) throw new Refusal('WITNESS_KEY_KNOWN', { name: there.title });
      this.#store.putKey({ vkey: key.vkey, kind, key_name: key.name, title, added_at: clock.now().toISOString() });
      this.#note('witness.trusted', { kind, vkey: key.vkey }, actor);
    })();
  }

  /** Goes by a key no longer; what was seen and cosigned stays. Throws `WITNESS_KEY_UNKNOWN`. */
  distrust(vkey: string, actor: EventDraft['actor']): void {
    this.#needs.db.transaction(() => {
      const there = this.all().find((one) => one.vkey === vkey);
      if (there === undefined) throw new Refusal('WITNESS_KEY_UNKNOWN');
      this.#store.dropKey(vkey);
      this.#note('witness.dropped', { kind: there.kind, vkey }, actor);
    })();
  }

  #note(action: string, details: EventDraft['details'], actor: EventDraft['actor']): void {
    const log = this.#needs.log();
    log.append({ action, actor, subject: { type: 'log', id: log.origin }, details });
  }
}
