import type { Migration } from '../migration.ts';

/** Morning self-tests of rooms: figures and findings, never a picture or a sound; and what is usual in a room. */
export const selfTestsMigration: Migration = {
  version: 100,
  name: 'self-tests',
  up(db) {
    db.exec(`
      CREATE TABLE self_tests (
        id TEXT PRIMARY KEY,
        room TEXT NOT NULL REFERENCES rooms(id),
        at TEXT NOT NULL,
        -- code of the account that ran it
        by_code TEXT NOT NULL,
        -- JSON: RoomTest
        report TEXT NOT NULL
      ) STRICT;
      CREATE INDEX self_tests_by_room ON self_tests(room, at);
      CREATE TABLE room_baselines (
        room TEXT PRIMARY KEY REFERENCES rooms(id),
        test TEXT NOT NULL REFERENCES self_tests(id),
        set_at TEXT NOT NULL,
        -- JSON list of SourceBaseline
        sources TEXT NOT NULL
      ) STRICT;
    `);
  },
};
