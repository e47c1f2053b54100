import { mkdir, rm, statfs } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { remainingMs, sharing } from '../../shared/domain/diskRoom.ts';
import { Refusal } from '../../shared/errors.ts';
import { writeFileDurably } from '../platform/files.ts';
import { systemDisk } from '../vault/index.ts';

const KEY = 'targets';
const Paths = z.array(z.string().min(1)).min(1).max(2);

export interface TargetState {
  readonly path: string;
  readonly freeBytes: number | null;
  readonly problem: string | null;
  /** The other folder lies on the same disk. */
  readonly shared: boolean;
  /** For how long recordings of the largest room still fit; null where that is not known. */
  readonly lastsMs: number | null;
}

/** The folders that recordings go to: two, normally on two disks. Until someone sets them, two in the station's folder. */
export class Targets {
  readonly #db: Database;
  readonly #stationFolder: string;
  readonly #bytesPerSecond: () => number;

  /** `bytesPerSecond` = what the largest room may write to each folder; 0 while there is no room. */
  constructor(db: Database, stationFolder: string, bytesPerSecond: () => number = () => 0) {
    this.#db = db;
    this.#stationFolder = stationFolder;
    this.#bytesPerSecond = bytesPerSecond;
  }

  paths(): readonly string[] {
    const value = this.#db.prepare('SELECT value FROM station WHERE key = ?').pluck().get(KEY);
    if (typeof value === 'string') return Paths.parse(JSON.parse(value));
    return ['a', 'b'].map((name) => join(this.#stationFolder, 'targets', name));
  }

  async states(): Promise<TargetState[]> {
    const all = await Promise.all(this.paths().map(state));
    return all.map((one) => {
      const { device, ...said } = one;
      const here = sharing(one, all);
      const lastsMs = remainingMs([{ device: null, freeBytes: one.freeBytes }], this.#bytesPerSecond() * here);
      return { ...said, shared: here > 1, lastsMs };
    });
  }

  /** Checks that each folder can be written; to be stored by `store` inside the caller's transaction. @throws Refusal TARGET_UNUSABLE */
  async check(paths: readonly string[]): Promise<string[]> {
    const wanted = paths.map((path) => resolve(path));
    const twice = new Set(wanted).size !== wanted.length;
    for (const path of wanted) {
      if (twice || !isAbsolute(path))
        throw new Refusal('TARGET_UNUSABLE', { target: path, reason: 'the same folder twice' });
      await probe(path);
    }
    return wanted;
  }

  store(paths: readonly string[]): void {
    this.#db
      .prepare('INSERT INTO station (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(KEY, JSON.stringify(paths));
  }

  /**
   * Makes the folders in the station's own that are not there yet. One that somebody chose is not made anew: where its
   * disk is away, the recordings would go to the disk that it is plugged into.
   */
  async prepare(): Promise<void> {
    const own = this.paths().filter((path) => !relative(this.#stationFolder, path).startsWith('..'));
    await Promise.allSettled(own.map((path) => mkdir(path, { recursive: true, mode: 0o700 })));
  }
}

async function state(path: string): Promise<Omit<TargetState, 'shared' | 'lastsMs'> & { device: string | null }> {
  try {
    const { bavail, bsize } = await statfs(path);
    return { path, freeBytes: bavail * bsize, problem: null, device: await systemDisk.device(path) };
  } catch (error) {
    return { path, freeBytes: null, problem: systemWord(error), device: null };
  }
}

async function probe(path: string): Promise<void> {
  const file = join(path, '.bir-ret-probe');
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFileDurably(file, 'probe\n', 0o600);
    await rm(file);
  } catch (error) {
    throw unusable(path, error);
  }
}

const systemWord = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

const unusable = (target: string, cause: unknown) =>
  new Refusal('TARGET_UNUSABLE', { target, reason: systemWord(cause) }, { cause });
