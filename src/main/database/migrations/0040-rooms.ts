import type { Migration } from '../migration.ts';

/** Rooms and their sources. A removed room stays as a row: the interviews that were held in it name it. */
export const roomsMigration: Migration = {
  version: 40,
  name: 'rooms',
  up(db) {
    db.exec(`
      CREATE TABLE rooms (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        -- JSON list of SourceConfig, without credentials
        sources TEXT NOT NULL,
        -- JSON: by a network camera's address, an age file to the station (base64) with its user and password
        secrets TEXT NOT NULL DEFAULT '{}',
        changed_at TEXT NOT NULL,
        removed_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX rooms_by_name ON rooms(name) WHERE removed_at IS NULL;
    `);
  },
};
