import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import type { Migration } from './migration.ts';

export interface MigrateOptions {
  /** Folder for the copy that is made before a database with content is changed; null makes none (tests, `:memory:`). */
  readonly backupTo: string | null;
  readonly now: Date;
}

/** The schema's version as the file says it; 0 for a new one. */
export function schemaVersion(db: Database): number {
  return z
    .int()
    .nonnegative()
    .parse(db.pragma('user_version', { simple: true }));
}

/**
 * Brings the schema forward, one transaction a step. A database with content is copied first
 * (`before-<version>-<time>.db`). Gives the versions that were applied. Throws `STATION_FROM_THE_FUTURE` when the file is newer
 * than the newest step known here; then nothing is touched.
 */
export function migrate(db: Database, migrations: readonly Migration[], options: MigrateOptions): number[] {
  const ordered = inOrder(migrations);
  const newest = ordered.at(-1)?.version ?? 0;
  const found = schemaVersion(db);
  if (found > newest) throw new Refusal('STATION_FROM_THE_FUTURE', { found, known: newest });
  const waiting = ordered.filter((step) => step.version > found);
  if (waiting.length > 0 && found > 0 && options.backupTo !== null) backUp(db, options.backupTo, found, options.now);
  for (const step of waiting) {
    db.transaction(() => {
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
  return waiting.map((step) => step.version);
}

function inOrder(migrations: readonly Migration[]): Migration[] {
  const ordered = [...migrations].sort((a, b) => a.version - b.version);
  const versions = new Set(ordered.map((step) => step.version));
  if (versions.size !== ordered.length) throw new Error('two migrations carry the same version');
  return ordered;
}

/** A whole, consistent copy under a temporary name, made durable before it gets its own. */
function backUp(db: Database, folder: string, version: number, now: Date): void {
  const name = `before-${version}-${now.toISOString().replaceAll(/[:.]/g, '-')}.db`;
  const path = join(folder, name);
  if (existsSync(path)) return;
  const temporary = `${path}.tmp`;
  rmSync(temporary, { force: true });
  db.prepare('VACUUM INTO ?').run(temporary);
  const handle = openSync(temporary, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, path);
}
