import type { Migration } from '../migration.ts';

/** Exhibits: from the plan of the interview to the archive. Media stand in the target folders, never here. */
export const exhibitsMigration: Migration = {
  version: 60,
  name: 'exhibits',
  up(db) {
    db.exec(`
      CREATE TABLE exhibits (
        number TEXT PRIMARY KEY,
        interview_id TEXT UNIQUE REFERENCES interviews(id),
        case_id TEXT NOT NULL REFERENCES cases(id),
        origin TEXT NOT NULL CHECK (origin IN ('here', 'imported')),
        state TEXT NOT NULL CHECK (state IN ('planned', 'recording', 'ended', 'secured', 'sealed')),
        archive TEXT NOT NULL DEFAULT 'with-officer' CHECK (archive IN ('with-officer', 'offered', 'accepted')),
        -- the exhibit's own age recipient, and its identity sealed to the court's vault and the recovery key
        recipient TEXT,
        key_age BLOB,
        -- what the recorder gave at the end (JSON), until the seal has used it
        result TEXT,
        -- the folders of this exhibit on the targets, as JSON list
        folders TEXT NOT NULL DEFAULT '[]',
        single_target_by TEXT,
        started_at TEXT,
        ended_at TEXT,
        stopped_by TEXT,
        record BLOB,
        record_sha256 TEXT,
        sealed_at TEXT,
        seal_index INTEGER,
        seal_size INTEGER,
        seal_checkpoint TEXT,
        seal_ms INTEGER,
        secured_at TEXT,
        secure_reason TEXT,
        -- imported exhibits: child code, kind and the like stand in the record alone
        receipt TEXT
      ) STRICT;
      CREATE INDEX exhibits_by_case ON exhibits(case_id);
    `);
  },
};
