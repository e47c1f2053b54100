import Database from 'better-sqlite3';

/** A lock that ends with the process that holds it, however it ends. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the lock file with an exclusive SQLite transaction, which the system frees even after kill -9. Returns null when
 * another process holds it. Throws when the file cannot be made.
 */
export function takeLock(path: string): FolderLock | null {
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return {
    release: () => {
      db.exec('ROLLBACK');
      db.close();
    },
  };
}
