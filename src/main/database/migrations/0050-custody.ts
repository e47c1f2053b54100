import type { Migration } from '../migration.ts';

/**
 * The custody log (EVIDENCE-FORMAT §4). One database may hold several logs: one restored from a backup starts a new
 * origin and the old one stays. `custody_nodes` are the roots of complete subtrees: level 0 is the leaves. Nothing in
 * these tables is ever changed or taken away; the triggers say so to every program that opens the database.
 */
export const custodyMigration: Migration = {
  version: 50,
  name: 'custody',
  up(db) {
    db.exec(`
      CREATE TABLE custody_logs (
        id INTEGER PRIMARY KEY,
        origin TEXT NOT NULL UNIQUE CHECK (origin <> '')
      ) STRICT;

      CREATE TABLE custody_events (
        log INTEGER NOT NULL REFERENCES custody_logs (id),
        idx INTEGER NOT NULL CHECK (idx >= 0),
        subject_type TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        subject_seq INTEGER NOT NULL CHECK (subject_seq >= 0),
        action TEXT NOT NULL,
        actor_id TEXT NOT NULL,
        at TEXT NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (log, idx),
        UNIQUE (log, subject_type, subject_id, subject_seq)
      ) STRICT;
      CREATE INDEX custody_events_by_action ON custody_events (log, action, idx);

      CREATE TABLE custody_nodes (
        log INTEGER NOT NULL REFERENCES custody_logs (id),
        level INTEGER NOT NULL CHECK (level >= 0),
        idx INTEGER NOT NULL CHECK (idx >= 0),
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (log, level, idx)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE custody_heads (
        log INTEGER NOT NULL REFERENCES custody_logs (id),
        size INTEGER NOT NULL CHECK (size >= 0),
        at TEXT NOT NULL,
        note TEXT NOT NULL,
        tsr BLOB
      ) STRICT;
      CREATE INDEX custody_heads_by_size ON custody_heads (log, size);
    `);
    for (const table of TABLES) {
      for (const act of ['UPDATE', 'DELETE']) {
        db.exec(`
          CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
          BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;
        `);
      }
    }
    // INSERT OR REPLACE takes the old row away without its DELETE trigger unless a pragma asks for it: refused here.
    db.exec(`
      CREATE TRIGGER custody_events_in_order BEFORE INSERT ON custody_events
      WHEN NEW.idx <> (SELECT coalesce(max(idx) + 1, 0) FROM custody_events WHERE log = NEW.log)
        OR EXISTS (SELECT 1 FROM custody_events WHERE log = NEW.log AND subject_type = NEW.subject_type
                   AND subject_id = NEW.subject_id AND subject_seq = NEW.subject_seq)
      BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;

      CREATE TRIGGER custody_nodes_once BEFORE INSERT ON custody_nodes
      WHEN EXISTS (SELECT 1 FROM custody_nodes WHERE log = NEW.log AND level = NEW.level AND idx = NEW.idx)
      BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;

      CREATE TRIGGER custody_logs_once BEFORE INSERT ON custody_logs
      WHEN EXISTS (SELECT 1 FROM custody_logs WHERE id = NEW.id OR origin = NEW.origin)
      BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;
    `);
  },
};

const TABLES = ['custody_logs', 'custody_events', 'custody_nodes', 'custody_heads'];
