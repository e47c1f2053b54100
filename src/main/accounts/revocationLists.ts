import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { blob } from '../database/index.ts';
import { issueRevocationList } from '../sealing/index.ts';
import type { OpenAuthority } from './openKeys.ts';

const IssuedRow = z.object({ pem: z.string(), revoked_at: z.string(), reason: z.int() });
const ListRow = z.object({ number: z.int(), der: blob.transform((bytes) => Buffer.from(bytes)) });

/** What the station's authority issued to people, and its lists of what counts no longer. Inside the caller's transaction. */
export class RevocationLists {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  issued(account: string, pem: string, at: string): void {
    this.#db
      .prepare('INSERT INTO issued_certificates (account, pem, issued_at) VALUES (?, ?, ?)')
      .run(account, pem, at);
  }

  /** Marks every certificate that the authority issued to this account; gives those that were valid until now. */
  revokeAllOf(account: string, reason: number, at: string): string[] {
    return z
      .array(z.string())
      .parse(
        this.#db
          .prepare(
            'UPDATE issued_certificates SET revoked_at = @at, reason = @reason WHERE account = @account AND revoked_at IS NULL RETURNING pem',
          )
          .pluck()
          .all({ account, reason, at }),
      );
  }

  /** Issues the next list over everything that is revoked by now. Gives its number and SHA-256. */
  issueList(authority: OpenAuthority, now: Date): { number: number; sha256: string } {
    const rows = z
      .array(IssuedRow)
      .parse(
        this.#db
          .prepare(
            'SELECT pem, revoked_at, reason FROM issued_certificates WHERE revoked_at IS NOT NULL ORDER BY revoked_at, id',
          )
          .all(),
      );
    const number = (this.newest()?.number ?? 0) + 1;
    const der = issueRevocationList({
      ca: authority.certPem,
      caKey: authority.privateKeyPkcs8,
      number,
      revoked: rows.map(({ pem, revoked_at, reason }) => ({ pem, at: new Date(revoked_at), reason })),
      now,
    });
    this.#db
      .prepare('INSERT INTO revocation_lists (number, der, issued_at) VALUES (?, ?, ?)')
      .run(number, der, now.toISOString());
    return { number, sha256: createHash('sha256').update(der).digest('hex') };
  }

  /** The newest list; null while nothing was ever revoked. */
  newest(): { readonly number: number; readonly der: Buffer } | null {
    const row = this.#db.prepare('SELECT number, der FROM revocation_lists ORDER BY number DESC LIMIT 1').get();
    return row === undefined ? null : ListRow.parse(row);
  }
}
