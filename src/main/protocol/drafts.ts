import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { blob } from '../database/index.ts';
import type { Clock } from '../platform/clock.ts';
import { openSecret, sealSecret } from '../vault/index.ts';

const Row = z.object({ version: z.int(), saved_at: z.string(), saved_by: z.string(), sealed: blob });

/** What is written beside a recording. */
export type DraftKind = 'protocol' | 'transcript';
/** A version that somebody saved; `savedBy` is an account's code. */
export interface SavedDraft {
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
}

/** What one person saves again within this time stands in place of what they saved before: not every letter is a version. */
const SAME_SITTING_MS = 10 * 60_000;

/**
 * Drafts of protocols and transcripts: whole versions, encrypted to the exhibit's own key as its recordings are, and opened
 * with the identity of that key alone.
 */
export class Drafts {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Which version is the newest; null where there is none. */
  newest(exhibit: string, kind: DraftKind): SavedDraft | null {
    const row = this.#row(exhibit, kind);
    return row === null ? null : { version: row.version, savedAt: row.saved_at, savedBy: row.saved_by };
  }

  /** The newest version's bytes, or null. `identity` is the exhibit's own. @throws Refusal AGE_WRONG_KEY, AGE_DAMAGED */
  async read(exhibit: string, kind: DraftKind, identity: string): Promise<Buffer | null> {
    const row = this.#row(exhibit, kind);
    return row === null ? null : await openSecret(row.sealed, identity);
  }

  /**
   * Saves a version made from version `base` (0: from none).
   * @throws Refusal DRAFT_CHANGED where somebody saved another one meanwhile, EXHIBIT_KEY_DESTROYED
   */
  async save(
    { exhibit, kind, base, by }: { exhibit: string; kind: DraftKind; base: number; by: string },
    plain: Uint8Array,
  ): Promise<SavedDraft> {
    this.#mustBeNewest(exhibit, kind, base);
    const sealed = await sealSecret(plain, [this.#recipient(exhibit)]);
    const savedAt = this.#clock.now().toISOString();
    const version = base + 1;
    this.#db
      .transaction(() => {
        const before = this.#mustBeNewest(exhibit, kind, base);
        this.#db
          .prepare('INSERT INTO drafts (exhibit, kind, version, saved_at, saved_by, sealed) VALUES (?, ?, ?, ?, ?, ?)')
          .run(exhibit, kind, version, savedAt, by, sealed);
        const sitting = before?.saved_by === by && Date.parse(savedAt) - Date.parse(before.saved_at) < SAME_SITTING_MS;
        if (sitting)
          this.#db
            .prepare('DELETE FROM drafts WHERE exhibit = ? AND kind = ? AND version = ?')
            .run(exhibit, kind, before.version);
      })
      .immediate();
    return { version, savedAt, savedBy: by };
  }

  #mustBeNewest(exhibit: string, kind: DraftKind, base: number): z.infer<typeof Row> | null {
    const row = this.#row(exhibit, kind);
    if ((row?.version ?? 0) !== base) throw new Refusal('DRAFT_CHANGED', { by: row?.saved_by ?? '' });
    return row;
  }

  #row(exhibit: string, kind: DraftKind): z.infer<typeof Row> | null {
    const row = this.#db
      .prepare(
        'SELECT version, saved_at, saved_by, sealed FROM drafts WHERE exhibit = ? AND kind = ? ORDER BY version DESC LIMIT 1',
      )
      .get(exhibit, kind);
    return row === undefined ? null : Row.parse(row);
  }

  #recipient(exhibit: string): string {
    const recipient = this.#db
      .prepare('SELECT recipient FROM exhibits WHERE number = ? AND key_age IS NOT NULL')
      .pluck()
      .get(exhibit);
    if (typeof recipient !== 'string') throw new Refusal('EXHIBIT_KEY_DESTROYED', { exhibit });
    return recipient;
  }
}
