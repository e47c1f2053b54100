import type { Migration } from '../migration.ts';

/** Time-stamping authorities, and what is to be stamped or has been. */
export const timestampsMigration: Migration = {
  version: 110,
  name: 'timestamps',
  up(db) {
    db.exec(`
      CREATE TABLE timestamp_authorities (
        -- asked in this order
        position INTEGER PRIMARY KEY,
        address TEXT NOT NULL,
        policy TEXT,
        root_pem TEXT
      ) STRICT;

      CREATE TABLE timestamps (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('signature', 'seal', 'head')),
        -- null for a head of the day
        exhibit TEXT REFERENCES exhibits(number),
        -- path in the exhibit's folder of what is stamped; for a head its size
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        -- the checkpoint itself, for a seal and a head
        note TEXT,
        asked_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        tried_at TEXT,
        next_at TEXT NOT NULL,
        -- JSON list of TimestampProblem
        problems TEXT NOT NULL DEFAULT '[]',
        tsr BLOB,
        time TEXT,
        authority TEXT,
        -- the authority's root as it was configured then
        root_pem TEXT,
        obtained_at TEXT,
        -- 1 once the token lies beside its file on every target of the exhibit
        placed INTEGER NOT NULL DEFAULT 0 CHECK (placed IN (0, 1)),
        CHECK ((kind = 'head') = (exhibit IS NULL)),
        CHECK ((kind = 'signature') = (note IS NULL)),
        CHECK ((tsr IS NULL) = (time IS NULL)),
        CHECK ((tsr IS NULL) = (obtained_at IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX timestamps_once ON timestamps(exhibit, file, sha256) WHERE exhibit IS NOT NULL;
      CREATE INDEX timestamps_waiting ON timestamps(next_at) WHERE tsr IS NULL;
      CREATE INDEX timestamps_to_place ON timestamps(id) WHERE tsr IS NOT NULL AND placed = 0;
      CREATE INDEX timestamps_notes ON timestamps(obtained_at) WHERE tsr IS NOT NULL AND note IS NOT NULL;
    `);
  },
};
