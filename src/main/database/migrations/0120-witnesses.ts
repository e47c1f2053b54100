import type { Migration } from '../migration.ts';

/**
 * Witnesses of custody logs (C2SP tlog-witness, tlog-cosignature): whose keys are trusted, the heads of other logs that
 * this station cosigned, the cosignatures that it got for its own, and heads that contradict what was seen. Keys come and
 * go; the rest only grows.
 */
export const witnessesMigration: Migration = {
  version: 120,
  name: 'witnesses',
  up(db) {
    db.exec(`
      CREATE TABLE witness_keys (
        -- C2SP verifier key: of a log (type 1) whose heads are cosigned here, or of a witness (type 4) of our own
        vkey TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('log', 'witness')),
        -- the origin or the witness's own name, as it stands in the key
        key_name TEXT NOT NULL,
        -- what people here call it
        title TEXT NOT NULL,
        added_at TEXT NOT NULL,
        UNIQUE (kind, key_name)
      ) STRICT;

      CREATE TABLE witness_seen (
        origin TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        note TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (origin, size)
      ) STRICT;

      CREATE TABLE witness_cosignatures (
        log INTEGER NOT NULL REFERENCES custody_logs (id),
        size INTEGER NOT NULL CHECK (size >= 0),
        witness TEXT NOT NULL,
        -- when the witness says that it cosigned
        at TEXT NOT NULL,
        -- its signature line of the note
        line TEXT NOT NULL,
        PRIMARY KEY (log, size, witness)
      ) STRICT;

      CREATE TABLE witness_contradictions (
        id INTEGER PRIMARY KEY,
        origin TEXT NOT NULL,
        at TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('smaller', 'fork')),
        -- the head that stood before; null where this is our own log, which stands in its tables
        known TEXT,
        brought TEXT NOT NULL
      ) STRICT;
    `);
    for (const table of ['witness_seen', 'witness_cosignatures', 'witness_contradictions']) {
      for (const act of ['UPDATE', 'DELETE']) {
        db.exec(`
          CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
          BEGIN SELECT RAISE(ABORT, 'what was witnessed stays'); END;
        `);
      }
    }
    db.exec(`
      CREATE TRIGGER witness_seen_grows BEFORE INSERT ON witness_seen
      WHEN NEW.size <= (SELECT coalesce(max(size), -1) FROM witness_seen WHERE origin = NEW.origin)
      BEGIN SELECT RAISE(ABORT, 'what was witnessed stays'); END;
    `);
  },
};
