import type { Migration } from '../migration.ts';

/** The court's network: what the administrator set, the certificate and key of the HTTPS door, the screens that are paired. */
export const networkMigration: Migration = {
  version: 220,
  name: 'network',
  up(db) {
    db.exec(`
      CREATE TABLE network (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        -- JSON: enabled, listen, port, names
        settings TEXT NOT NULL,
        certificate TEXT,
        -- PKCS#8, an age file to the station's own recipient
        sealed_key BLOB,
        changed_at TEXT NOT NULL
      ) STRICT;
      -- Screens that were paired by a code, until their interview or hearing is over. Digests of tokens, never tokens.
      CREATE TABLE paired_screens (
        token_sha256 TEXT PRIMARY KEY,
        screen TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        of_id TEXT NOT NULL,
        label TEXT,
        door TEXT NOT NULL,
        paired_at TEXT NOT NULL
      ) STRICT;
    `);
  },
};
