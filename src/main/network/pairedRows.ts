import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ScreenKind } from '../../shared/domain/roles.ts';

const PairedRow = z.strictObject({
  token_sha256: z.string(),
  screen: z.string(),
  kind: ScreenKind,
  of_id: z.string(),
  label: z.string().nullable(),
  door: z.enum(['local', 'network']),
  paired_at: z.string(),
});

/** A paired screen as it outlives a restart of the station: never its token, only the digest. */
export interface KeptScreen {
  readonly tokenSha256: string;
  readonly screen: string;
  readonly kind: ScreenKind;
  readonly of: string;
  readonly label: string | null;
  readonly door: 'local' | 'network';
  readonly pairedAt: Date;
}

/** Rows of `paired_screens`. */
export class PairedRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  all(): KeptScreen[] {
    return this.#db
      .prepare('SELECT * FROM paired_screens ORDER BY paired_at, screen')
      .all()
      .map((row) => {
        const { token_sha256: tokenSha256, screen, kind, of_id: of, label, door, paired_at } = PairedRow.parse(row);
        return { tokenSha256, screen, kind, of, label, door, pairedAt: new Date(paired_at) };
      });
  }

  add({ tokenSha256, screen, kind, of, label, door, pairedAt }: KeptScreen): void {
    this.#db
      .prepare(
        `INSERT INTO paired_screens (token_sha256, screen, kind, of_id, label, door, paired_at)
         VALUES (@tokenSha256, @screen, @kind, @of, @label, @door, @at)`,
      )
      .run({ tokenSha256, screen, kind, of, label, door, at: pairedAt.toISOString() });
  }

  remove(screen: string): void {
    this.#db.prepare('DELETE FROM paired_screens WHERE screen = ?').run(screen);
  }
}
