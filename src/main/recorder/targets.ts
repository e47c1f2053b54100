import { copyFile, mkdir, readdir, rename, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TargetLive } from '../../shared/domain/liveState.ts';
import { Refusal } from '../../shared/errors.ts';
import { syncFolder } from '../platform/files.ts';
import { RECORDING_FILE } from './recordingFile.ts';
import { refusal } from './refusal.ts';
import { TRACKS } from './writing/partNumber.ts';

/** The system's word for a failure (`ENOSPC`), for logs and screens. */
export const systemWord = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';

/** Free bytes for us on the disk of `folder`, which need not exist yet; null when the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch {
      if (dirname(at) === at) return null;
    }
  }
}

/** The exhibit's key beside its tracks (EVIDENCE-FORMAT §1); written by the station, only ever copied here. */
const KEY_FILE = 'exhibit.key.age';

/** Half an hour more than was planned has to fit. */
const RESERVE_MS = 30 * 60_000;

/**
 * The folders of one exhibit on its disks: made at the start, watched, and dropped one by one when they fail.
 * `start` refuses before anything is written: NO_ROOM_ON_DISK, TARGET_UNUSABLE, SINGLE_TARGET_NOT_CONFIRMED.
 */
export class Targets {
  readonly #all: { path: string; problem: string | null; freeBytes: number | null }[];
  readonly #single: boolean;

  constructor(paths: readonly string[], confirmedSingle: boolean) {
    this.#all = paths.map((path) => ({ path, problem: null, freeBytes: null }));
    this.#single = confirmedSingle;
  }

  /** Makes the folders. `bytesPerSecond` = what all tracks together will write to each. */
  async start(plannedMs: number, bytesPerSecond: number): Promise<void> {
    if (this.#all.length < 2 && !this.#single) throw new Refusal('SINGLE_TARGET_NOT_CONFIRMED');
    await this.#checkRoom(Math.ceil(((plannedMs + RESERVE_MS) / 1000) * bytesPerSecond));
    for (const target of this.#all) {
      try {
        await mkdir(target.path, { recursive: true });
        // Not recursive: a folder that already holds tracks is another recording's.
        await mkdir(join(target.path, TRACKS));
        await syncFolder(target.path);
        await syncFolder(dirname(target.path));
      } catch (error) {
        target.problem = systemWord(error);
        if (!this.#single || this.folders().length === 0) {
          await this.#remove();
          throw refusal('TARGET_UNUSABLE', { target: target.path, reason: target.problem }, error);
        }
      }
    }
    await this.look();
  }

  /** The `tracks` folders that are still written to. */
  folders(): string[] {
    return this.usable().map((path) => join(path, TRACKS));
  }

  usable(): string[] {
    return this.#all.filter(({ problem }) => problem === null).map(({ path }) => path);
  }

  indexOf(tracksFolder: string): number {
    return this.#all.findIndex(({ path }) => join(path, TRACKS) === tracksFolder);
  }

  /** Drops a target; returns its path the first time, null when it was dropped before. */
  drop(tracksFolder: string, error: unknown): { path: string; problem: string } | null {
    const target = this.#all.find(({ path }) => join(path, TRACKS) === tracksFolder);
    if (target === undefined || target.problem !== null) return null;
    target.problem = systemWord(error);
    return { path: target.path, problem: target.problem };
  }

  /** Looks how much room is left; a disk that was given up is not asked, it may hang. */
  async look(): Promise<void> {
    for (const target of this.#all) {
      if (target.problem === null) target.freeBytes = await freeBytes(target.path);
    }
  }

  get live(): TargetLive[] {
    return this.#all.map(({ path, problem, freeBytes: free }) => ({
      path,
      ok: problem === null,
      freeBytes: free,
      problem,
    }));
  }

  /**
   * Puts what a failed start left into a folder of its own (`not-started-1`), with the key that opens it, so that the
   * same exhibit can begin afresh and nothing that was sent is thrown away.
   */
  async setAside(): Promise<void> {
    for (const path of this.usable()) {
      const names = await readdir(path);
      let number = 1;
      while (names.includes(`not-started-${number}`)) number += 1;
      const aside = join(path, `not-started-${number}`);
      await mkdir(aside);
      if (names.includes(KEY_FILE)) await copyFile(join(path, KEY_FILE), join(aside, KEY_FILE));
      for (const name of [RECORDING_FILE, TRACKS]) {
        if (names.includes(name)) await rename(join(path, name), join(aside, name));
      }
      await syncFolder(aside);
      await syncFolder(path);
    }
  }

  /** Two targets on one disk need twice the room there. */
  async #checkRoom(needed: number): Promise<void> {
    const disks = new Map<number, { path: string; targets: number; free: number | null }>();
    for (const { path } of this.#all) {
      const device = await deviceOf(path);
      const disk = disks.get(device) ?? { path, targets: 0, free: await freeBytes(path) };
      disk.targets += 1;
      disks.set(device, disk);
    }
    for (const { path, targets, free } of disks.values()) {
      if (free !== null && free < needed * targets) {
        throw new Refusal('NO_ROOM_ON_DISK', { target: path, neededBytes: needed * targets, freeBytes: free });
      }
    }
  }

  /** What was made stays only where something is in it. */
  async #remove(): Promise<void> {
    for (const { path, problem } of this.#all) {
      if (problem !== null) continue;
      await rmdir(join(path, TRACKS)).catch(() => undefined);
      await rmdir(path).catch(() => undefined);
    }
  }
}

async function deviceOf(folder: string): Promise<number> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return (await stat(at)).dev;
    } catch {
      if (dirname(at) === at) return -1;
    }
  }
}
