import { open } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import { Refusal } from '../../shared/errors.ts';
import { openLog } from '../custody/index.ts';
import { openDatabase, schemaVersion } from '../database/index.ts';
import type { Clock } from '../platform/clock.ts';
import { stopIfCancelled } from './refusals.ts';

const PAGES = 256;

/** The head of the log as a copy of the database has it. */
export interface SnapshotHead {
  readonly size: number;
  readonly root: Buffer;
  readonly schema: number;
}

/**
 * Copies the database while the station goes on working (SQLite's online backup) into one file that stands for itself, and
 * says how far its log goes.
 */
export async function takeSnapshot(
  db: Database,
  path: string,
  origin: string,
  needs: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<SnapshotHead> {
  await db.backup(path, {
    progress: () => {
      stopIfCancelled(needs.signal);
      return PAGES;
    },
  });
  const copy = openDatabase(path);
  try {
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw new Refusal('BACKUP_DATABASE_DAMAGED');
    copy.pragma('journal_mode = DELETE');
    const log = openLog({ db: copy, origin, clock: needs.clock });
    return { size: log.size(), root: log.root(), schema: schemaVersion(copy) };
  } finally {
    copy.close();
    const handle = await open(path, 'r+');
    await handle.sync().finally(() => handle.close());
  }
}
