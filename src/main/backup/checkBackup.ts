import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { openLog, parseVkey, verifyChain, verifyCheckpoint } from '../custody/index.ts';
import { migrations, openDatabaseToRead } from '../database/index.ts';
import { systemClock } from '../platform/clock.ts';
import { resolveInside, sha256File } from '../vault/index.ts';
import { stopIfCancelled } from './refusals.ts';
import { BACKUP_FILES, BackupStatement, parseManifest } from './statement.ts';

/** What is wrong with a backup. `file` is relative to it; `what` is the program's own word. */
export interface BackupProblem {
  readonly what: 'missing' | 'differs' | 'unlisted' | 'database' | 'log' | 'head' | 'checkpoint';
  readonly file: string;
  readonly detail: string;
}

export interface CheckedBackup {
  readonly folder: string;
  readonly statement: BackupStatement;
  /** Digest by path, of all that it holds. */
  readonly files: ReadonlyMap<string, string>;
  readonly manifest: string;
  readonly problems: readonly BackupProblem[];
  /** Whether the head of its log is signed. */
  readonly signed: boolean;
}

export interface CheckControl {
  readonly signal: AbortSignal;
  readonly onFile: (path: string) => void;
}

/**
 * Checks a backup against nothing but itself: every digest, nothing beside what is listed, the database whole, its log
 * recomputed from the first event and as long as the backup says, the head signed by the log's key. Nothing is written.
 * @throws Refusal BACKUP_UNREADABLE for what is no backup, STATION_FROM_THE_FUTURE for one of a newer program
 */
export async function checkBackup(path: string, control: CheckControl): Promise<CheckedBackup> {
  const folder = resolve(path);
  const statement = await readStatement(folder);
  const newest = Math.max(...migrations.map(({ version }) => version));
  if (statement.schema > newest)
    throw new Refusal('STATION_FROM_THE_FUTURE', { found: statement.schema, known: newest });
  const manifest = await readFile(join(folder, BACKUP_FILES.manifest), 'utf8').catch(() => '');
  const files = parseManifest(manifest);
  if (files === null) throw new Refusal('BACKUP_UNREADABLE', { path: folder, reason: BACKUP_FILES.manifest });
  const problems: BackupProblem[] = [];
  for (const [file, sha256] of files) {
    stopIfCancelled(control.signal);
    control.onFile(file);
    const problem = await fileProblem(folder, file, sha256);
    if (problem !== null) problems.push(problem);
  }
  for (const file of await everythingIn(folder)) {
    if (!files.has(file) && file !== BACKUP_FILES.manifest) problems.push({ what: 'unlisted', file, detail: '' });
  }
  if (!files.has(BACKUP_FILES.database) || !files.has(BACKUP_FILES.statement))
    problems.push({ what: 'missing', file: BACKUP_FILES.database, detail: '' });
  else problems.push(...(await databaseProblems(folder, statement)));
  const signed = files.has(BACKUP_FILES.checkpoint);
  if (signed) problems.push(...(await checkpointProblems(folder, statement)));
  return { folder, statement, files, manifest, problems, signed };
}

async function readStatement(folder: string): Promise<BackupStatement> {
  const text = await readFile(join(folder, BACKUP_FILES.statement), 'utf8').catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  try {
    return BackupStatement.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

const unreadable = (path: string, cause: unknown) =>
  new Refusal('BACKUP_UNREADABLE', { path, reason: BACKUP_FILES.statement }, { cause });

async function fileProblem(folder: string, file: string, sha256: string): Promise<BackupProblem | null> {
  try {
    const path = resolveInside(folder, file);
    if (!(await lstat(path)).isFile()) return { what: 'differs', file, detail: '' };
    return (await sha256File(path)).sha256 === sha256 ? null : { what: 'differs', file, detail: '' };
  } catch (error) {
    return { what: 'missing', file, detail: isRefusal(error) ? error.code : '' };
  }
}

async function everythingIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** The database is whole, and its logs are, and they go as far as the backup says. */
async function databaseProblems(folder: string, { log }: BackupStatement): Promise<BackupProblem[]> {
  const file = BACKUP_FILES.database;
  const found = (what: BackupProblem['what'], detail: string): BackupProblem[] => [{ what, file, detail }];
  let db: Database | null = null;
  try {
    db = openDatabaseToRead(join(folder, file));
    const integrity = db.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') return found('database', String(integrity));
    if (factsOf(db).log.origin !== log.origin) return found('head', log.origin);
    const own = openLog({ db, origin: log.origin, clock: systemClock });
    const { size, root } = await verifyChain(own, log.vkey);
    return size === log.size && root.toString('hex') === log.root ? [] : found('head', String(size));
  } catch (error) {
    if (isRefusal(error, 'LOG_DAMAGED'))
      return found('log', `${error.params['index'] ?? ''}: ${error.params['reason'] ?? ''}`);
    return found('database', error instanceof Error ? error.message : '');
  } finally {
    db?.close();
  }
}

async function checkpointProblems(folder: string, { log }: BackupStatement): Promise<BackupProblem[]> {
  const file = BACKUP_FILES.checkpoint;
  try {
    const note = await readFile(join(folder, file), 'utf8');
    const head = verifyCheckpoint(note, log.origin, [parseVkey(log.vkey)]);
    return head.size === log.size && head.root.toString('hex') === log.root
      ? []
      : [{ what: 'checkpoint', file, detail: String(head.size) }];
  } catch (error) {
    return [{ what: 'checkpoint', file, detail: isRefusal(error) ? error.code : '' }];
  }
}

const Facts = z.looseObject({ log: z.strictObject({ origin: z.string(), vkey: z.string() }) });

function factsOf(db: Database): z.infer<typeof Facts> {
  const value = db.prepare("SELECT value FROM station WHERE key = 'facts'").pluck().get();
  return Facts.parse(JSON.parse(z.string().parse(value)));
}
