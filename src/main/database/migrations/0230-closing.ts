import type { Migration } from '../migration.ts';

/**
 * What people write beside a sealed recording before they file it: protocols and transcripts, each version encrypted to the
 * exhibit's own key, so that it ends with that key.
 */
export const closingMigration: Migration = {
  version: 230,
  name: 'closing',
  up(db) {
    db.exec(`
      CREATE TABLE drafts (
        exhibit TEXT NOT NULL REFERENCES exhibits (number),
        kind TEXT NOT NULL CHECK (kind IN ('protocol', 'transcript')),
        version INTEGER NOT NULL CHECK (version > 0),
        saved_at TEXT NOT NULL,
        -- an account's code
        saved_by TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (exhibit, kind, version)
      ) STRICT;
    `);
  },
};
