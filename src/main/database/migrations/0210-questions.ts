import type { Migration } from '../migration.ts';

/** The questions of the parties and observers, and every change of each: as on the timeline, where those of the recording stand too. */
export const questionsMigration: Migration = {
  version: 210,
  name: 'questions',
  up(db) {
    db.exec(`
      CREATE TABLE questions (
        interview_id TEXT NOT NULL REFERENCES interviews (id),
        -- made by the screen that sent it
        id TEXT NOT NULL,
        -- place in the order in which they are to be asked
        position INTEGER NOT NULL,
        -- a paired screen's id, or an account's code
        sent_by TEXT NOT NULL,
        PRIMARY KEY (interview_id, id)
      ) STRICT;
      CREATE TABLE question_changes (
        interview_id TEXT NOT NULL,
        question TEXT NOT NULL,
        step INTEGER NOT NULL,
        -- JSON: the entry of the timeline; at_ms null before the recording
        entry TEXT NOT NULL,
        PRIMARY KEY (interview_id, question, step),
        FOREIGN KEY (interview_id, question) REFERENCES questions (interview_id, id)
      ) STRICT;
    `);
  },
};
