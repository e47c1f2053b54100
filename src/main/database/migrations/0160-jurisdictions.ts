import type { Migration } from '../migration.ts';

/** Which jurisdiction profile was in force since when. Rows are only added: records name a profile by id and version. */
export const jurisdictionsMigration: Migration = {
  version: 160,
  name: 'jurisdictions',
  up(db) {
    db.exec(`
      CREATE TABLE jurisdictions (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        -- the profile's file, byte by byte
        bytes BLOB NOT NULL,
        since TEXT NOT NULL
      ) STRICT;
    `);
    for (const act of ['UPDATE', 'DELETE']) {
      db.exec(`
        CREATE TRIGGER jurisdictions_no_${act.toLowerCase()} BEFORE ${act} ON jurisdictions
        BEGIN SELECT RAISE(ABORT, 'which rules were in force is not changed afterwards'); END;
      `);
    }
  },
};
