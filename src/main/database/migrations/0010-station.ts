import type { Migration } from '../migration.ts';

/** What the station knows of itself: one JSON value a key (`accounts/stationFacts.ts` has the shapes). */
export const stationMigration: Migration = {
  version: 10,
  name: 'station',
  up(db) {
    db.exec(`
      CREATE TABLE station (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT;
    `);
  },
};
