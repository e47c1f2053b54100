import type { Migration } from '../migration.ts';

/**
 * The checklist before an interview. Answers are only added: the newest of an item stands, and what was said before it by
 * somebody else is not lost. Codes stand in clear; words of a person are closed to the station, a name to the court's vault.
 */
export const preparationMigration: Migration = {
  version: 190,
  name: 'preparation',
  up(db) {
    db.exec(`
      CREATE TABLE preparation_answers (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        interview_id TEXT NOT NULL REFERENCES interviews (id),
        item TEXT NOT NULL,
        answer TEXT NOT NULL,
        -- age file to the station; null where nothing was written
        words BLOB,
        -- age file to the court's vault: the name with the salt of its commitment
        name BLOB,
        name_commitment TEXT,
        -- id and version of the profile in force
        rules TEXT NOT NULL,
        -- account's code
        by_code TEXT NOT NULL,
        at TEXT NOT NULL,
        -- the exhibit from whose preparation it was taken over
        from_exhibit TEXT
      ) STRICT;
      CREATE INDEX preparation_answers_of ON preparation_answers (interview_id, item, position);
      CREATE TABLE preparation_stills (
        interview_id TEXT NOT NULL REFERENCES interviews (id),
        source TEXT NOT NULL,
        place TEXT NOT NULL,
        -- age file to the station
        jpeg BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        taken_at TEXT NOT NULL,
        by_code TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (interview_id, source)
      ) STRICT;
      -- the attachment that the checklist became
      CREATE TABLE preparation_kept (
        interview_id TEXT PRIMARY KEY REFERENCES interviews (id),
        file TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT;

      -- What a child likes to be called is closed to the vault too: a change of its key takes that along.
      ALTER TABLE key_rotation_done RENAME TO key_rotation_done_before;
      CREATE TABLE key_rotation_done (
        rotation INTEGER NOT NULL REFERENCES key_rotations(id),
        kind TEXT NOT NULL CHECK (kind IN ('exhibit', 'child', 'participant', 'called')),
        id TEXT NOT NULL,
        PRIMARY KEY (rotation, kind, id)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO key_rotation_done SELECT rotation, kind, id FROM key_rotation_done_before;
      DROP TABLE key_rotation_done_before;
    `);
  },
};
