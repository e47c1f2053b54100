import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { writeFileDurably } from '../platform/files.ts';
import type { Disk } from '../vault/index.ts';
import { systemWord } from './refusals.ts';
import { BACKUP_FILES, parseManifest } from './statement.ts';

/** Where backups go, and what there is about it. */
export interface Destination {
  readonly path: string;
  readonly freeBytes: number | null;
  /** It lies on the disk of the station or of a target: one failure would take both. */
  readonly sameDisk: boolean;
}

/**
 * Looks at a folder for backups and makes it where it is not there. @throws Refusal BACKUP_DESTINATION_INSIDE for one in the
 * station's own folder or a target's, BACKUP_DESTINATION_UNUSABLE where it cannot be written
 */
export async function lookAt(
  folder: string,
  own: readonly string[],
  disk: Pick<Disk, 'free' | 'device'>,
): Promise<Destination> {
  const path = resolve(folder);
  const around = own.find((one) => isInside(path, resolve(one)));
  if (around !== undefined) throw new Refusal('BACKUP_DESTINATION_INSIDE', { path, folder: around });
  const probe = join(path, '.bir-ret-probe');
  try {
    await mkdir(path, { recursive: true });
    await writeFileDurably(probe, 'probe\n', 0o600);
    await rm(probe);
  } catch (error) {
    throw unusable(path, error);
  }
  const [device, freeBytes, ...theirs] = await Promise.all([
    disk.device(path),
    disk.free(path),
    ...own.map((one) => disk.device(one)),
  ]);
  return { path, freeBytes, sameDisk: device !== null && theirs.includes(device) };
}

/** Where each content of the newest earlier backup of this station in `folder` stands, by digest. */
export async function earlierFiles(folder: string, station: string): Promise<Map<string, string>> {
  const names = await readdir(folder);
  const newest = names
    .filter((name) => isBackupOf(name, station))
    .sort()
    .at(-1);
  if (newest === undefined) return new Map();
  const text = await readFile(join(folder, newest, BACKUP_FILES.manifest), 'utf8').catch(() => '');
  return new Map([...(parseManifest(text) ?? [])].map(([path, sha256]) => [sha256, join(folder, newest, path)]));
}

/** `birret-<station>-20261122T031500123Z`: sorted by name they are sorted by time. */
export function backupName(station: string, at: Date): string {
  return `birret-${station}-${at.toISOString().replaceAll(/[-:.]/g, '')}`;
}

/** What a backup that was cut off left behind. */
export const unfinishedName = (name: string): string => `.${name}.unfinished`;

/** Takes away what a backup of this station that was cut off left in `folder`. */
export async function removeUnfinished(folder: string, station: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const whole = /^\.(.+)\.unfinished$/.exec(name)?.[1];
    if (whole !== undefined && isBackupOf(whole, station))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isBackupOf(name: string, station: string): boolean {
  return name.startsWith(`birret-${station}-`) && /^\d{8}T\d{9}Z$/.test(name.slice(`birret-${station}-`.length));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

const unusable = (path: string, cause: unknown) =>
  new Refusal('BACKUP_DESTINATION_UNUSABLE', { path, reason: systemWord(cause) }, { cause });
