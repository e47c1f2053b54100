import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { syncFolder, writeFileDurably } from '../platform/files.ts';
import { type Disk, sha256File } from '../vault/index.ts';
import { copyFile, linkFile, SourceUnreadable } from './copyFile.ts';
import { backupName, type Destination, earlierFiles, removeUnfinished, unfinishedName } from './destination.ts';
import { type ExhibitFile, type ExhibitFiles, exhibitFiles, recordedExhibits } from './exhibitFiles.ts';
import { destinationRefusal, noRoom, stopIfCancelled } from './refusals.ts';
import { takeSnapshot } from './snapshot.ts';
import { BACKUP_FILES, BackupStatement, exhibitPath, manifestText } from './statement.ts';

export interface BackupInput {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: CustodyLog;
  /** Signs the head; null while nobody has opened the station's keys. */
  readonly signer: NoteSigner | null;
  readonly vkey: string;
  readonly station: { readonly id: string; readonly name: string; readonly court: string };
  readonly software: { readonly name: string; readonly version: string };
  readonly destination: Destination;
  readonly disk: Pick<Disk, 'free'>;
  /** Whether the exhibits' files go with it. */
  readonly media: boolean;
  /** A recording has the disks for itself: copying waits. */
  readonly waits: () => boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

export interface MadeBackup {
  readonly path: string;
  readonly manifestSha256: string;
  readonly size: number;
  readonly root: string;
  readonly signed: boolean;
  readonly exhibits: number;
  readonly bytes: number;
  /** Bytes that stood in an earlier backup already. */
  readonly linked: number;
  /** `<exhibit>/<path>` of files that no target had as the log says that they are. */
  readonly leftOut: readonly string[];
}

const MARGIN = 16 << 20;
const AGAIN_MS = 1_000;

/**
 * Makes a backup of the whole station: under a temporary name, each file made durable, and only then under its own.
 * @throws Refusal BACKUP_NO_ROOM, BACKUP_DISK_FULL, BACKUP_DESTINATION_LOST, BACKUP_DATABASE_DAMAGED, JOB_CANCELLED; then
 * nothing is left of it
 */
export async function makeBackup(input: BackupInput): Promise<MadeBackup> {
  const { destination, station, clock } = input;
  const name = backupName(station.id, clock.now());
  const folder = join(destination.path, unfinishedName(name));
  try {
    await removeUnfinished(destination.path, station.id);
    await mkdir(folder, { mode: 0o700 });
    const place = await stat(folder);
    const made = await new Making(input, folder, await earlierFiles(destination.path, station.id)).run();
    stopIfCancelled(input.signal);
    // A disk that came back, or the empty folder that it was plugged into, is not where this was begun.
    const { ino, dev } = await stat(folder);
    if (ino !== place.ino || dev !== place.dev)
      throw new Refusal('BACKUP_DESTINATION_LOST', { path: destination.path, reason: 'another' });
    const path = join(destination.path, name);
    await rename(folder, path);
    await syncFolder(destination.path);
    return { ...made, path };
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw destinationRefusal(error, destination.path);
  }
}

class Making {
  readonly #input: BackupInput;
  readonly #folder: string;
  readonly #earlier: ReadonlyMap<string, string>;
  readonly #files = new Map<string, string>();
  readonly #leftOut: string[] = [];
  #total = 1;
  #done = 0;
  #linked = 0;

  constructor(input: BackupInput, folder: string, earlier: ReadonlyMap<string, string>) {
    this.#input = input;
    this.#folder = folder;
    this.#earlier = earlier;
  }

  async run(): Promise<Omit<MadeBackup, 'path'>> {
    const { db, log, clock, signal, signer, media } = this.#input;
    await this.#room(await this.#exhibits());
    const database = join(this.#folder, BACKUP_FILES.database);
    const head = await takeSnapshot(db, database, log.origin, { clock, signal });
    await this.#note(BACKUP_FILES.database, await sha256File(database));
    if (signer !== null) await this.#write(BACKUP_FILES.checkpoint, log.checkpoint(signer, head.size));
    const stated: BackupStatement['exhibits'] = [];
    // Looked at anew: what was sealed since stands in the database's copy.
    for (const one of await this.#exhibits()) stated.push(await this.#exhibit(one));
    const root = head.root.toString('hex');
    const statement = this.#statement(stated, { size: head.size, root, schema: head.schema });
    await this.#write(BACKUP_FILES.statement, canonicalBytes(statement));
    const manifest = manifestText(this.#files);
    await writeFileDurably(join(this.#folder, BACKUP_FILES.manifest), manifest, 0o600);
    await syncFolders(this.#folder);
    return {
      manifestSha256: createHash('sha256').update(manifest).digest('hex'),
      size: head.size,
      root,
      signed: signer !== null,
      exhibits: media ? stated.length : 0,
      bytes: this.#done,
      linked: this.#linked,
      leftOut: this.#leftOut,
    };
  }

  async #exhibits(): Promise<ExhibitFiles[]> {
    const { db, log } = this.#input;
    const exhibits: ExhibitFiles[] = [];
    for (const one of recordedExhibits(db)) exhibits.push(await exhibitFiles(one, log));
    return exhibits;
  }

  /** Asks for the room that is missing before anything is written. */
  async #room(exhibits: readonly ExhibitFiles[]): Promise<void> {
    const { db, media, destination, disk } = this.#input;
    const database = (await stat(db.name)).size;
    const files = media ? exhibits.flatMap((one) => one.files) : [];
    const sum = (some: readonly ExhibitFile[]) => some.reduce((all, { bytes }) => all + bytes, 0);
    this.#total = database + sum(files);
    const fresh = files.filter(({ sha256 }) => sha256 === null || !this.#earlier.has(sha256));
    const needed = database + sum(fresh) + MARGIN;
    const free = await disk.free(destination.path);
    if (free !== null && free < needed) throw noRoom(destination.path, needed, free);
  }

  async #exhibit({ number, files, missing }: ExhibitFiles): Promise<BackupStatement['exhibits'][number]> {
    if (!this.#input.media) return { number, files: 0, bytes: 0, left_out: [] };
    const leftOut = [...missing];
    let [count, bytes] = [0, 0];
    for (const file of files) {
      while (this.#input.waits()) {
        stopIfCancelled(this.#input.signal);
        await delay(AGAIN_MS);
      }
      if (await this.#file(number, file)) [count, bytes] = [count + 1, bytes + file.bytes];
      else leftOut.push(file.path);
    }
    this.#leftOut.push(...leftOut.map((path) => `${number}/${path}`));
    return { number, files: count, bytes, left_out: leftOut };
  }

  /** One file: linked to an earlier backup's, or copied from the first target where it is what the log says. */
  async #file(number: string, { path, at, bytes, sha256 }: ExhibitFile): Promise<boolean> {
    const name = exhibitPath(number, path);
    const to = join(this.#folder, name);
    // Folders are made within the backup only: where its disk is away it must not go on somewhere else.
    await stat(this.#folder);
    if (await this.#link(sha256, bytes, to)) {
      this.#progress(bytes);
      this.#linked += bytes;
      this.#files.set(name, sha256 ?? '');
      return true;
    }
    for (const from of at) {
      try {
        const copied = await copyFile(from, to, {
          signal: this.#input.signal,
          onBytes: (count) => this.#progress(count),
        });
        if (sha256 === null || copied.sha256 === sha256) {
          this.#files.set(name, copied.sha256);
          return true;
        }
        await rm(to);
      } catch (error) {
        if (!(error instanceof SourceUnreadable)) throw error;
      }
    }
    return false;
  }

  async #link(sha256: string | null, bytes: number, to: string): Promise<boolean> {
    const from = sha256 === null ? undefined : this.#earlier.get(sha256);
    if (from === undefined) return false;
    const there = await stat(from).catch(() => null);
    return there?.isFile() === true && there.size === bytes && (await linkFile(from, to));
  }

  #statement(
    exhibits: BackupStatement['exhibits'],
    { size, root, schema }: { size: number; root: string; schema: number },
  ): BackupStatement {
    const { station, software, clock, log, vkey, media } = this.#input;
    return BackupStatement.parse({
      format: 'birret-backup/1',
      at: clock.now().toISOString(),
      station: { id: station.id, name: station.name, court: station.court },
      software: { name: software.name, version: software.version },
      schema,
      log: { origin: log.origin, vkey, size, root },
      media,
      exhibits,
    });
  }

  async #write(name: string, content: string | Uint8Array): Promise<void> {
    await writeFileDurably(join(this.#folder, name), content, 0o600);
    this.#files.set(name, createHash('sha256').update(content).digest('hex'));
  }

  async #note(name: string, { bytes, sha256 }: { bytes: number; sha256: string }): Promise<void> {
    this.#files.set(name, sha256);
    this.#progress(bytes);
  }

  #progress(bytes: number): void {
    this.#done += bytes;
    this.#input.onProgress(Math.min(0.99, this.#done / this.#total));
  }
}

async function syncFolders(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isDirectory()) await syncFolder(join(entry.parentPath, entry.name));
  await syncFolder(folder);
}

/** @throws Refusal BACKUP_WHILE_RECORDING */
export function refuseWhile(recording: boolean): void {
  if (recording) throw new Refusal('BACKUP_WHILE_RECORDING');
}
