import type { Migration } from '../migration.ts';

/** What a plan says of the law it was made under; likenesses of children that a person decides about. */
export const planningMigration: Migration = {
  version: 180,
  name: 'planning',
  up(db) {
    db.exec(`
      -- HMACs under the station's index key, as in child_marks, of what is only a likeness: the name in one spelling with
      -- and without the birth date, and the words of the name, by which a text is found to mention it.
      CREATE TABLE child_signs (
        child_id TEXT NOT NULL REFERENCES children(id),
        kind TEXT NOT NULL CHECK (kind IN ('alike', 'undated', 'word')),
        mark TEXT NOT NULL,
        PRIMARY KEY (child_id, kind, mark)
      ) STRICT;
      CREATE INDEX child_signs_by_mark ON child_signs(mark);

      -- What an officer decided of two records that look alike; the lesser id stands first.
      CREATE TABLE child_likeness (
        one TEXT NOT NULL REFERENCES children(id),
        other TEXT NOT NULL REFERENCES children(id),
        same INTEGER NOT NULL CHECK (same IN (0, 1)),
        decided_by TEXT NOT NULL REFERENCES accounts(id),
        decided_at TEXT NOT NULL,
        PRIMARY KEY (one, other),
        CHECK (one < other)
      ) STRICT;

      -- Imported recordings of a child, where an officer said so.
      CREATE TABLE child_imports (
        exhibit TEXT PRIMARY KEY REFERENCES exhibits(number),
        child_id TEXT NOT NULL REFERENCES children(id),
        linked_by TEXT NOT NULL REFERENCES accounts(id),
        linked_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX child_imports_by_child ON child_imports(child_id);

      -- The rules of law that it was planned under, JSON {id, version}; null: planned before this was kept.
      ALTER TABLE interviews ADD COLUMN rules TEXT;
      -- JSON [{rule, anyOf, need, reason}]: who is to be there by the rules and will not.
      ALTER TABLE interviews ADD COLUMN missing TEXT NOT NULL DEFAULT '[]';
      -- HMAC of who leads it, and why that is another one than before.
      ALTER TABLE interviews ADD COLUMN lead TEXT;
      ALTER TABLE interviews ADD COLUMN other_lead TEXT;
    `);
  },
};
