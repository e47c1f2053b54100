import type { Migration } from '../migration.ts';

/** Cases, children under their codes, planned interviews. Names of children and participants are sealed columns. */
export const casesMigration: Migration = {
  version: 30,
  name: 'cases',
  up(db) {
    db.exec(`
      CREATE TABLE cases (
        id TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        court TEXT NOT NULL,
        opened_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE case_people (
        case_id TEXT NOT NULL REFERENCES cases(id),
        account TEXT NOT NULL REFERENCES accounts(id),
        relation TEXT NOT NULL CHECK (relation IN ('assigned')),
        since TEXT NOT NULL,
        PRIMARY KEY (case_id, account, relation)
      ) STRICT;
      CREATE INDEX case_people_by_account ON case_people(account);

      CREATE TABLE children (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL REFERENCES cases(id),
        code TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL CHECK (status IN ('victim', 'witness')),
        age_years INTEGER,
        -- age file to the court's vault: JSON {identity, salt}
        identity BLOB NOT NULL,
        identity_commitment TEXT NOT NULL,
        -- age file to the station: JSON {birthDate}, so that age can be told on the day of the interview
        birth BLOB,
        added_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX children_by_case ON children(case_id);

      -- HMACs by which the same child is recognised in any case without opening anything: of the individual
      -- identification number where it is known, and of name and birth date.
      CREATE TABLE child_marks (
        child_id TEXT NOT NULL REFERENCES children(id),
        kind TEXT NOT NULL CHECK (kind IN ('iin', 'name')),
        mark TEXT NOT NULL,
        PRIMARY KEY (child_id, kind)
      ) STRICT;
      CREATE INDEX child_marks_by_mark ON child_marks(mark);

      -- Exhibit numbers are never used twice: the counter of a year only grows.
      CREATE TABLE exhibit_counters (
        year INTEGER PRIMARY KEY,
        last INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE interviews (
        id TEXT PRIMARY KEY,
        exhibit TEXT NOT NULL UNIQUE,
        case_id TEXT NOT NULL REFERENCES cases(id),
        child_id TEXT NOT NULL REFERENCES children(id),
        kind TEXT NOT NULL CHECK (kind IN ('investigation', 'deposition', 'supplement')),
        language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
        room_id TEXT NOT NULL REFERENCES rooms(id),
        officer TEXT NOT NULL REFERENCES accounts(id),
        planned_at TEXT NOT NULL,
        planned_until TEXT NOT NULL,
        planned_minutes INTEGER NOT NULL,
        age_years INTEGER,
        state TEXT NOT NULL CHECK (state IN
          ('planned', 'ready', 'recording', 'ended', 'secured', 'sealed', 'cancelled', 'refused')),
        -- JSON [{exhibit, reason, authority}]: the earlier interviews of this child, as record.json names them
        previous TEXT NOT NULL DEFAULT '[]',
        continues TEXT,
        closing_note TEXT,
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX interviews_by_case ON interviews(case_id);
      CREATE INDEX interviews_by_child ON interviews(child_id);
      CREATE INDEX interviews_by_room ON interviews(room_id, planned_at);

      CREATE TABLE participants (
        interview_id TEXT NOT NULL REFERENCES interviews(id),
        code TEXT NOT NULL UNIQUE,
        capacity TEXT NOT NULL,
        place TEXT NOT NULL CHECK (place IN ('interview', 'observation')),
        -- age file to the court's vault: JSON {identity: {name}, salt}
        identity BLOB NOT NULL,
        identity_commitment TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (interview_id, position)
      ) STRICT;

      CREATE TABLE timeline (
        id INTEGER PRIMARY KEY,
        interview_id TEXT NOT NULL REFERENCES interviews(id),
        at_ms INTEGER NOT NULL,
        entry TEXT NOT NULL
      ) STRICT;
      CREATE INDEX timeline_by_interview ON timeline(interview_id, at_ms, id);
    `);
  },
};
