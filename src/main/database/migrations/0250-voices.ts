import type { Migration } from '../migration.ts';

/** Voices that an administrator recorded for the child's tablet, in place of the stand-ins that come with the product. */
export const voicesMigration: Migration = {
  version: 250,
  name: 'voices',
  up(db) {
    db.exec(`
      CREATE TABLE voices (
        language TEXT NOT NULL,
        said TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        sound BLOB NOT NULL,
        set_at TEXT NOT NULL,
        PRIMARY KEY (language, said)
      ) STRICT;
    `);
  },
};
