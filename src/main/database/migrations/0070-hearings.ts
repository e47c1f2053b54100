import type { Migration } from '../migration.ts';

/** Hearings, the exhibits admitted to them, and what was shown. */
export const hearingsMigration: Migration = {
  version: 70,
  name: 'hearings',
  up(db) {
    db.exec(`
      CREATE TABLE hearings (
        id TEXT PRIMARY KEY,
        number TEXT NOT NULL,
        case_id TEXT NOT NULL REFERENCES cases(id),
        judge TEXT NOT NULL REFERENCES accounts(id),
        planned_at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
        opened_at TEXT,
        closed_at TEXT
      ) STRICT;
      CREATE INDEX hearings_by_judge ON hearings(judge);
      CREATE TABLE hearing_exhibits (
        hearing TEXT NOT NULL REFERENCES hearings(id),
        exhibit TEXT NOT NULL REFERENCES exhibits(number),
        PRIMARY KEY (hearing, exhibit)
      ) STRICT;
      CREATE TABLE played_ranges (
        id INTEGER PRIMARY KEY,
        hearing TEXT NOT NULL REFERENCES hearings(id),
        exhibit TEXT NOT NULL REFERENCES exhibits(number),
        from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL,
        at TEXT NOT NULL,
        -- 1 once a playback.played event of the custody log covers it
        logged INTEGER NOT NULL DEFAULT 0 CHECK (logged IN (0, 1))
      ) STRICT;
      CREATE INDEX played_unlogged ON played_ranges(hearing, exhibit) WHERE logged = 0;
    `);
  },
};
