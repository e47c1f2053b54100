import type { Migration } from '../migration.ts';

/** How a room records. The rooms that stand already go on as they did: no ring before the button, no clock drawn in. */
export const roomSettingsMigration: Migration = {
  version: 90,
  name: 'room-settings',
  up(db) {
    db.exec(`
      -- JSON: RoomSettings
      ALTER TABLE rooms ADD COLUMN settings TEXT NOT NULL DEFAULT '{"preRecord":false,"burnedClock":false}';
    `);
  },
};
