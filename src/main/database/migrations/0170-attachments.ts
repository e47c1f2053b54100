import type { Migration } from '../migration.ts';

/** Files beside an exhibit's tracks: attachments until the seal, supplements after it. Their bytes stand on the targets alone. */
export const attachmentsMigration: Migration = {
  version: 170,
  name: 'attachments',
  up(db) {
    db.exec(`
      CREATE TABLE attachments (
        exhibit TEXT NOT NULL REFERENCES exhibits(number),
        -- as the record names it: attachments/preparation.json
        file TEXT NOT NULL,
        -- keeping: being written; what a crash leaves of it is taken away at the next start
        state TEXT NOT NULL CHECK (state IN ('keeping', 'kept', 'removed')),
        title TEXT NOT NULL,
        media_type TEXT NOT NULL,
        bytes INTEGER,
        sha256 TEXT,
        stored_bytes INTEGER,
        stored_sha256 TEXT,
        kept_by TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        removed_by TEXT,
        removed_at TEXT,
        removed_reason TEXT,
        PRIMARY KEY (exhibit, file)
      ) STRICT;
      CREATE TABLE supplements (
        exhibit TEXT NOT NULL REFERENCES exhibits(number),
        n INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('adding', 'added')),
        -- the signed statement, byte for byte
        statement BLOB,
        sha256 TEXT,
        added_by TEXT NOT NULL,
        begun_at TEXT NOT NULL,
        PRIMARY KEY (exhibit, n)
      ) STRICT;
    `);
  },
};
