import type { Migration } from '../migration.ts';

/** Derived copies: being made, made, or gone. Their files stand under the exhibit's folders on the targets. */
export const copiesMigration: Migration = {
  version: 80,
  name: 'copies',
  up(db) {
    db.exec(`
      CREATE TABLE derived_copies (
        exhibit TEXT NOT NULL REFERENCES exhibits(number),
        -- counts from 1 within the exhibit and is never given twice, not even after a copy was deleted
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('making', 'made', 'failed', 'deleted')),
        begun_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        -- copy.json and its digest, once it is signed
        statement BLOB,
        statement_sha256 TEXT,
        -- the exhibit's folders in which it stands whole, as JSON list
        folders TEXT NOT NULL DEFAULT '[]',
        took_ms INTEGER,
        PRIMARY KEY (exhibit, n),
        UNIQUE (exhibit, id)
      ) STRICT;
    `);
  },
};
