import { access, constants, mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { writeFileDurably } from './files.ts';

/** The version of the folder's layout that this program writes and reads. */
const LAYOUT = 1;
const Marker = z.looseObject({
  format: z.literal('birret-station'),
  layout: z.number().int().positive(),
});

/** A station's folder, held by this process alone until `release()`. */
export interface StationFolder {
  readonly path: string;
  release(): void;
}

/**
 * Opens the folder of a station and holds it (`BEGIN EXCLUSIVE` on `station.lock`: a second process is refused, and the
 * lock is free again the moment this process ends, however it ends). A folder that does not exist or is empty becomes a
 * new station's when `create` says so.
 *
 * @throws Refusal STATION_NOT_A_STATION, STATION_FROM_THE_FUTURE, STATION_IN_USE, STATION_READ_ONLY
 */
export async function openStationFolder(path: string, { create }: { create: boolean }): Promise<StationFolder> {
  const folder = resolve(path);
  await prepare(folder, create);
  const lock = hold(join(folder, 'station.lock'), folder);
  return {
    path: folder,
    release: () => lock.close(),
  };
}

async function prepare(folder: string, create: boolean): Promise<void> {
  const marker = join(folder, 'station.json');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Refusal('STATION_NOT_A_STATION', { path: folder }, { cause: error });
  });
  if (names?.includes('station.json') === true) {
    await check(marker, folder);
  } else if (create && (names === null || names.every((name) => name === 'logs'))) {
    await make(folder);
  } else {
    throw new Refusal('STATION_NOT_A_STATION', { path: folder });
  }
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new Refusal('STATION_READ_ONLY', { path: folder }, { cause: error });
  }
}

async function check(marker: string, folder: string): Promise<void> {
  const parsed = await readFile(marker, 'utf8')
    .then((text) => Marker.safeParse(JSON.parse(text)))
    .catch(() => null);
  if (parsed === null || !parsed.success) throw new Refusal('STATION_NOT_A_STATION', { path: folder });
  if (parsed.data.layout > LAYOUT) {
    throw new Refusal('STATION_FROM_THE_FUTURE', { path: folder, found: parsed.data.layout, known: LAYOUT });
  }
}

/** Writes what makes a folder a station's: for a new one, and for one that is made of a backup. */
export async function stationMarker(folder: string): Promise<void> {
  const marker = JSON.stringify({ format: 'birret-station', layout: LAYOUT });
  await writeFileDurably(join(folder, 'station.json'), `${marker}\n`, 0o600);
}

async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await stationMarker(folder);
  } catch (error) {
    throw new Refusal('STATION_READ_ONLY', { path: folder }, { cause: error });
  }
}

function hold(path: string, folder: string): Database.Database {
  let lock: Database.Database | null = null;
  try {
    lock = new Database(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const code = error instanceof Database.SqliteError ? error.code : '';
    if (code.startsWith('SQLITE_BUSY')) throw new Refusal('STATION_IN_USE', { path: folder }, { cause: error });
    throw new Refusal('STATION_READ_ONLY', { path: folder }, { cause: error });
  }
}
