import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { openDatabase } from '../database/index.ts';
import type { Clock } from '../platform/clock.ts';
import { syncFolder } from '../platform/files.ts';
import { stationMarker } from '../platform/stationFolder.ts';
import { type CheckControl, checkBackup } from './checkBackup.ts';
import { copyFile } from './copyFile.ts';
import { writeMark } from './mark.ts';
import { stopIfCancelled, systemWord } from './refusals.ts';
import { BACKUP_FILES, type BackupStatement } from './statement.ts';

export interface RestoreInput extends CheckControl {
  readonly folder: string;
  /** The new station's folder: not there yet, or empty. */
  readonly into: string;
  /** One or two folders for recordings; none takes two in the new station's own. */
  readonly targets: readonly string[];
  readonly clock: Clock;
}

export interface Restored {
  readonly folder: string;
  readonly targets: readonly string[];
  readonly statement: BackupStatement;
  readonly manifestSha256: string;
}

const Folders = z.array(z.string());

/**
 * Makes a station of a backup that was found whole. The exhibits' files are put onto each target first, the station's folder
 * appears last and all at once. What is there already is never written over: an exhibit's folder on a target stays if it
 * holds the same files. A station that was running must not go on beside this one.
 * @throws Refusal BACKUP_DAMAGED, RESTORE_NOT_EMPTY, RESTORE_TARGET_DIFFERS, RESTORE_FAILED, and what `checkBackup` throws
 */
export async function restoreBackup(input: RestoreInput): Promise<Restored> {
  const into = resolve(input.into);
  await refuseUnlessEmpty(into);
  const checked = await checkBackup(input.folder, input);
  const [problem] = checked.problems;
  if (problem !== undefined) {
    throw new Refusal('BACKUP_DAMAGED', { path: checked.folder, file: problem.file, count: checked.problems.length });
  }
  const manifestSha256 = createHash('sha256').update(checked.manifest).digest('hex');
  const own = ['a', 'b'].map((name) => join(into, 'targets', name));
  const targets = input.targets.length === 0 ? own : input.targets.map((path) => resolve(path));
  const temporary = join(dirname(into), `.${basename(into)}.restoring`);
  // What lies in the station's own folder is written where that is being made.
  const placeOf = (path: string): string =>
    relative(into, path).startsWith('..') ? path : join(temporary, relative(into, path));
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    for (const target of targets) await placeExhibits(checked, placeOf(target), input);
    await copyFile(join(checked.folder, BACKUP_FILES.database), join(temporary, 'station.db'), quiet(input));
    const restored_at = input.clock.now().toISOString();
    const mark = { backup: { at: checked.statement.at, manifest_sha256: manifestSha256 }, restored_at };
    adaptDatabase(join(temporary, 'station.db'), targets, mark);
    await stationMarker(temporary);
    await syncFolder(temporary);
    await rmdir(into).catch(() => undefined);
    await rename(temporary, into);
    await syncFolder(dirname(into));
    return { folder: into, targets, statement: checked.statement, manifestSha256 };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw restoreRefusal(error, into);
  }
}

async function refuseUnlessEmpty(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new Refusal('RESTORE_NOT_EMPTY', { path }, { cause: error });
  });
  if (names.length > 0) throw new Refusal('RESTORE_NOT_EMPTY', { path });
}

/** Copies every exhibit of the backup onto a target; one that stands there already is looked at and left alone. */
async function placeExhibits(
  { folder, files }: { readonly folder: string; readonly files: ReadonlyMap<string, string> },
  target: string,
  control: CheckControl,
): Promise<void> {
  const byExhibit = Map.groupBy(
    [...files.keys()].flatMap((path) => {
      const [, number, rest] = /^exhibits\/([^/]+)\/(.+)$/.exec(path) ?? [];
      return number === undefined || rest === undefined ? [] : [{ number, rest, path }];
    }),
    ({ number }) => number,
  );
  await mkdir(target, { recursive: true, mode: 0o700 });
  for (const [number, list] of byExhibit) {
    const final = join(target, number);
    if (await isThere(final)) {
      await sameOrRefuse(folder, final, list, { number, target });
      continue;
    }
    const temporary = join(target, `.${number}.restoring`);
    await rm(temporary, { recursive: true, force: true });
    for (const { rest, path } of list) {
      control.onFile(path);
      const { sha256 } = await copyFile(join(folder, path), join(temporary, rest), quiet(control));
      if (sha256 !== files.get(path)) throw new Refusal('BACKUP_DAMAGED', { path: folder, file: path, count: 1 });
    }
    await rename(temporary, final);
    await syncFolder(target);
  }
}

async function sameOrRefuse(
  folder: string,
  final: string,
  list: readonly { readonly rest: string; readonly path: string }[],
  what: { readonly number: string; readonly target: string },
): Promise<void> {
  for (const { rest, path } of list) {
    const [ours, theirs] = await Promise.all([stat(join(folder, path)), stat(join(final, rest)).catch(() => null)]);
    if (theirs?.size !== ours.size) {
      throw new Refusal('RESTORE_TARGET_DIFFERS', { exhibit: what.number, path: what.target, file: rest });
    }
  }
}

/** The database of the new place: where its recordings are, and that it was restored. */
function adaptDatabase(path: string, targets: readonly string[], mark: Parameters<typeof writeMark>[1]): void {
  const db = openDatabase(path);
  try {
    db.transaction(() => {
      db.prepare(
        "INSERT INTO station (key, value) VALUES ('targets', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      ).run(JSON.stringify(targets));
      for (const table of ['exhibits', 'derived_copies'] as const) {
        const rows = z
          .array(z.object({ id: z.number(), folders: z.string() }))
          .parse(db.prepare(`SELECT rowid AS id, folders FROM ${table}`).all());
        const update = db.prepare(`UPDATE ${table} SET folders = ? WHERE rowid = ?`);
        for (const { id, folders } of rows) {
          const [first] = Folders.parse(JSON.parse(folders));
          if (first === undefined) continue;
          update.run(JSON.stringify(targets.map((target) => join(target, nameIn(first)))), id);
        }
      }
      writeMark(db, mark);
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** The last name of a path of whichever system the backup was made on. */
const nameIn = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

const quiet = ({ signal }: CheckControl) => ({
  signal,
  onBytes: () => stopIfCancelled(signal),
});

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function restoreRefusal(error: unknown, path: string): unknown {
  if (error instanceof Refusal) return error;
  const reason = systemWord(error);
  return reason === 'unknown' ? error : new Refusal('RESTORE_FAILED', { path, reason }, { cause: error });
}
