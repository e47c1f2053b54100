import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { blob, jsonColumn } from '../database/index.ts';

/** `vault`: the court's vault identity. `ca`: the certificate authority's key. `station`: the station's own secrets. */
export const blobNames = ['vault', 'ca', 'station'] as const;
export type BlobName = (typeof blobNames)[number];

const BlobRow = z.strictObject({
  name: z.enum(blobNames),
  sealed: blob,
  recipients: jsonColumn(z.array(z.string()).min(1)),
  changed_at: z.string(),
});
export type KeyBlob = z.infer<typeof BlobRow>;

/** Rows of `key_blobs`. */
export class KeyBlobs {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  read(name: BlobName): KeyBlob | null {
    const row = this.#db.prepare('SELECT * FROM key_blobs WHERE name = ?').get(name);
    return row === undefined ? null : BlobRow.parse(row);
  }

  write(name: BlobName, sealed: Uint8Array, recipients: readonly string[], at: string): void {
    this.#db
      .prepare(
        `INSERT INTO key_blobs (name, sealed, recipients, changed_at) VALUES (@name, @sealed, @recipients, @at)
         ON CONFLICT (name) DO UPDATE SET sealed = @sealed, recipients = @recipients, changed_at = @at`,
      )
      .run({ name, sealed: Buffer.from(sealed), recipients: JSON.stringify(recipients), at });
  }
}
