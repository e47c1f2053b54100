import type { Migration } from '../migration.ts';

/**
 * Logs that go on under another origin (EVIDENCE-FORMAT §4): a station that was restored from a backup closes the log
 * that it found and begins a new one. A log that was continued takes no further event.
 */
export const continuationsMigration: Migration = {
  version: 140,
  name: 'continuations',
  up(db) {
    db.exec(`
      CREATE TABLE custody_continuations (
        log INTEGER PRIMARY KEY REFERENCES custody_logs (id),
        earlier INTEGER NOT NULL UNIQUE REFERENCES custody_logs (id),
        -- verifier key of the earlier log
        earlier_vkey TEXT NOT NULL,
        -- the earlier log's last head: a signed note whose further line names the key of \`log\`
        closing TEXT NOT NULL,
        CHECK (log <> earlier)
      ) STRICT;

      CREATE TRIGGER custody_events_closed BEFORE INSERT ON custody_events
      WHEN EXISTS (SELECT 1 FROM custody_continuations WHERE earlier = NEW.log)
      BEGIN SELECT RAISE(ABORT, 'a log that was continued is closed'); END;

      CREATE TRIGGER custody_continuations_once BEFORE INSERT ON custody_continuations
      WHEN EXISTS (SELECT 1 FROM custody_continuations WHERE log = NEW.log OR earlier = NEW.earlier)
      BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;
    `);
    for (const act of ['UPDATE', 'DELETE']) {
      db.exec(`
        CREATE TRIGGER custody_continuations_no_${act.toLowerCase()} BEFORE ${act} ON custody_continuations
        BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;
      `);
    }
  },
};
