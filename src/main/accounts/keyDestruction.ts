import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ExhibitKey } from '../../shared/contract/exhibits.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import { jsonColumn } from '../database/index.ts';
import type { Clock } from '../platform/clock.ts';
import { actorOf, type Person } from './accountStore.ts';
import { destroyKeyFiles } from './destroyKeyFiles.ts';

const Asked = z.object({
  state: z.enum(['asked', 'begun', 'done']),
  reason: z.string(),
  asked_by: z.string(),
  asked_at: z.string(),
  done_by: z.string().nullable(),
  done_at: z.string().nullable(),
});
const Exhibit = z.object({ state: z.string(), archive: z.string(), folders: jsonColumn(z.array(z.string())) });

export interface DestructionNeeds {
  readonly db: Database;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
  /** An account by its id, for the screen. */
  readonly personOf: (account: string) => Person;
}

/**
 * The lawful end of one exhibit's recording (PRODUCT, "Keep"): its key is destroyed in the database and on every target, and
 * with it whatever was closed to it: tracks, tails, derived copies. Two key holders do it, one asks and another confirms,
 * both by typing the number. Record, signatures and custody log stay. What older backups and handed-over bags hold is
 * beyond the station's reach, and the screen says so.
 */
export class KeyDestruction {
  readonly #needs: DestructionNeeds;

  constructor(needs: DestructionNeeds) {
    this.#needs = needs;
  }

  state(exhibit: string, to: Person): ExhibitKey {
    const asked = this.#asked(exhibit);
    if (asked === null) return { state: 'kept', reason: null, askedBy: null, askedAt: null, own: false, doneAt: null };
    return {
      state: asked.state === 'asked' ? 'asked' : 'destroyed',
      reason: asked.reason,
      askedBy: this.#needs.personOf(asked.asked_by).name,
      askedAt: asked.asked_at,
      own: asked.asked_by === to.id,
      doneAt: asked.done_at,
    };
  }

  /** EXHIBIT_NUMBER_MISTYPED, EXHIBIT_WRONG_STATE, EXHIBIT_IN_HEARING, KEY_DESTRUCTION_ASKED, EXHIBIT_KEY_DESTROYED. */
  ask(asked: { exhibit: string; typed: string; reason: string }, by: Person): void {
    const { db, clock } = this.#needs;
    db.transaction(() => {
      this.#check(asked);
      if (this.#asked(asked.exhibit) !== null) throw new Refusal('KEY_DESTRUCTION_ASKED');
      db.prepare(
        `INSERT INTO key_destructions (exhibit, state, reason, asked_by, asked_at) VALUES (?, 'asked', ?, ?, ?)`,
      ).run(asked.exhibit, asked.reason.normalize('NFC'), by.id, clock.now().toISOString());
      this.#write('exhibit.key-destruction-asked', asked.exhibit, by, {});
    }).immediate();
  }

  /** Takes back what was asked, by whoever asked or by another. KEY_DESTRUCTION_NOT_ASKED. */
  withdraw(exhibit: string, by: Person): void {
    const { db } = this.#needs;
    db.transaction(() => {
      if (this.#asked(exhibit)?.state !== 'asked') throw new Refusal('KEY_DESTRUCTION_NOT_ASKED');
      db.prepare('DELETE FROM key_destructions WHERE exhibit = ?').run(exhibit);
      this.#write('exhibit.key-destruction-withdrawn', exhibit, by, {});
    }).immediate();
  }

  /**
   * Destroys the key: an intent event with the database's copy, the files, an outcome event; what a crash leaves between
   * is finished at the next start. KEY_DESTRUCTION_NOT_ASKED, KEY_DESTRUCTION_SAME_PERSON, TARGET_UNUSABLE while a disk
   * of the exhibit is away, and what `ask` refuses.
   */
  async destroy(asked: { exhibit: string; typed: string }, by: Person): Promise<void> {
    const { db } = this.#needs;
    // What is freed is overwritten, in the pages of the database too.
    db.pragma('secure_delete = ON');
    db.transaction(() => {
      const { folders } = this.#check(asked);
      const before = this.#asked(asked.exhibit);
      if (before?.state !== 'asked') throw new Refusal('KEY_DESTRUCTION_NOT_ASKED');
      if (before.asked_by === by.id) throw new Refusal('KEY_DESTRUCTION_SAME_PERSON');
      const away = folders.find((folder) => !existsSync(folder));
      if (away !== undefined) throw new Refusal('TARGET_UNUSABLE', { target: away, reason: 'absent' });
      db.prepare("UPDATE key_destructions SET state = 'begun', done_by = ? WHERE exhibit = ?").run(
        by.id,
        asked.exhibit,
      );
      db.prepare('UPDATE exhibits SET key_age = NULL WHERE number = ?').run(asked.exhibit);
      this.#write('exhibit.key-destruction-begun', asked.exhibit, by, { targets: folders.length });
    }).immediate();
    await this.#finish(asked.exhibit, by);
  }

  /** Finishes what a crash interrupted; called at the station's start. A disk that is away then is tried at the next one. */
  async settle(): Promise<void> {
    const { db, personOf } = this.#needs;
    const rows = db.prepare("SELECT exhibit, done_by FROM key_destructions WHERE state = 'begun'").all();
    for (const { exhibit, done_by } of z.array(z.object({ exhibit: z.string(), done_by: z.string() })).parse(rows)) {
      const { folders } = this.#exhibit(exhibit);
      if (folders.every((folder) => existsSync(folder))) await this.#finish(exhibit, personOf(done_by));
    }
  }

  async #finish(exhibit: string, by: Person): Promise<void> {
    const { db, clock } = this.#needs;
    const { folders } = this.#exhibit(exhibit);
    let files = 0;
    for (const folder of folders) files += await destroyKeyFiles(folder);
    db.transaction(() => {
      db.prepare("UPDATE key_destructions SET state = 'done', done_at = ? WHERE exhibit = ?").run(
        clock.now().toISOString(),
        exhibit,
      );
      this.#write('exhibit.key-destroyed', exhibit, by, { targets: folders.length, files });
    }).immediate();
    // The log of the database still holds pages as they were.
    db.pragma('wal_checkpoint(TRUNCATE)');
  }

  #check({ exhibit, typed }: { exhibit: string; typed: string }): z.infer<typeof Exhibit> {
    const found = this.#exhibit(exhibit);
    const done = this.#asked(exhibit)?.state;
    if (done === 'begun' || done === 'done') throw new Refusal('EXHIBIT_KEY_DESTROYED', { exhibit });
    if (found.state !== 'sealed' || found.archive !== 'accepted') {
      throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit, state: found.archive });
    }
    if (typed.trim() !== exhibit) throw new Refusal('EXHIBIT_NUMBER_MISTYPED', { exhibit });
    const hearing = this.#needs.db
      .prepare(
        `SELECT 1 FROM hearing_exhibits x JOIN hearings h ON h.id = x.hearing
         WHERE x.exhibit = ? AND h.state IN ('planned', 'open')`,
      )
      .get(exhibit);
    if (hearing !== undefined) throw new Refusal('EXHIBIT_IN_HEARING', { exhibit });
    return found;
  }

  #exhibit(exhibit: string): z.infer<typeof Exhibit> {
    const row = this.#needs.db.prepare('SELECT state, archive, folders FROM exhibits WHERE number = ?').get(exhibit);
    if (row === undefined) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit });
    return Exhibit.parse(row);
  }

  #asked(exhibit: string): z.infer<typeof Asked> | null {
    const row = this.#needs.db.prepare('SELECT * FROM key_destructions WHERE exhibit = ?').get(exhibit);
    return row === undefined ? null : Asked.parse(row);
  }

  #write(action: string, exhibit: string, by: Person, details: Readonly<Record<string, number>>): void {
    this.#needs.log().append({ action, actor: actorOf(by), details, subject: { type: 'exhibit', id: exhibit } });
  }
}
