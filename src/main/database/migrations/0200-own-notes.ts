import type { Migration } from '../migration.ts';

/** Notes of an interview for their author alone. They are no evidence, and go when the exhibit's key is destroyed. */
export const ownNotesMigration: Migration = {
  version: 200,
  name: 'own-notes',
  up(db) {
    db.exec(`
      CREATE TABLE own_notes (
        id TEXT PRIMARY KEY,
        interview_id TEXT NOT NULL REFERENCES interviews(id) ON DELETE CASCADE,
        author TEXT NOT NULL REFERENCES accounts(id),
        -- since the recording began; null for one that was written before or after it
        at_ms INTEGER,
        made_at TEXT NOT NULL,
        -- age file to the author's own key: JSON {text}
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX own_notes_by_interview ON own_notes(interview_id, author);

      CREATE TRIGGER own_notes_go_with_the_key AFTER UPDATE OF key_age ON exhibits
      WHEN OLD.key_age IS NOT NULL AND NEW.key_age IS NULL
      BEGIN DELETE FROM own_notes WHERE interview_id = NEW.interview_id; END;
    `);
  },
};
