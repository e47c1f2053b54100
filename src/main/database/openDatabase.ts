import BetterSqlite3, { type Database } from 'better-sqlite3';
import { Refusal } from '../../shared/errors.ts';

/**
 * Opens (or makes) the station's database. WAL with `synchronous=FULL`: a transaction that returned is on the disk.
 * `path` is a file, or `:memory:` in tests. Throws `STATION_READ_ONLY` where the folder cannot be written, and
 * `STATION_NOT_A_STATION` where the file is not a database.
 */
export function openDatabase(path: string): Database {
  let db: Database | undefined;
  try {
    db = new BetterSqlite3(path, { timeout: 5_000 });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('recursive_triggers = ON');
    // What is deleted or replaced is overwritten: wraps, key files and closed secrets do not stay on free pages.
    db.pragma('secure_delete = ON');
    return db;
  } catch (error) {
    db?.close();
    throw openingRefusal(error, path);
  }
}

/** Opens a database that is there for reading only, as a thread of the station does beside the station's own connection. */
export function openDatabaseToRead(path: string): Database {
  return new BetterSqlite3(path, { timeout: 5_000, readonly: true, fileMustExist: true });
}

function openingRefusal(error: unknown, path: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  if (error.code.startsWith('SQLITE_READONLY') || error.code.startsWith('SQLITE_CANTOPEN')) {
    return new Refusal('STATION_READ_ONLY', { path }, { cause: error });
  }
  if (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')) {
    return new Refusal('STATION_NOT_A_STATION', { path }, { cause: error });
  }
  return error;
}
