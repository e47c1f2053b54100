export { type MigrateOptions, migrate, schemaVersion } from './migrate.ts';
export type { Migration } from './migration.ts';
export { migrations } from './migrations/index.ts';
export { openDatabase, openDatabaseToRead } from './openDatabase.ts';
export { blob, flag, jsonColumn } from './rows.ts';
