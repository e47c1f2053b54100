import { dirname, join } from 'node:path';
import { disksOf, onOneDisk, remainingMs } from '../../shared/domain/diskRoom.ts';
import type { TargetLive } from '../../shared/domain/liveState.ts';
import { Refusal } from '../../shared/errors.ts';
import { type Disk, writeWhole } from '../vault/index.ts';
import { RECORDING_FILE } from './recordingFile.ts';
import { refusal } from './refusal.ts';
import { TRACKS } from './writing/partNumber.ts';

/** The system's word for a failure (`ENOSPC`), for logs and screens. */
export const systemWord = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';

/** The exhibit's key beside its tracks (EVIDENCE-FORMAT §1); written by the station, only ever copied here. */
const KEY_FILE = 'exhibit.key.age';

/** Half an hour more than was planned has to fit. */
const RESERVE_MS = 30 * 60_000;

/** Gigabytes with one decimal, rounded so that what is said is never too good. */
const tenths = (bytes: number, round: (value: number) => number): number => round(bytes / 100_000_000) / 10;

interface Target {
  readonly path: string;
  problem: string | null;
  freeBytes: number | null;
  device: string | null;
  /** The disk has been asked how much room it has, and has not answered. */
  looking: boolean;
  /** Tracks that lag here. */
  readonly slow: Set<string>;
}

/**
 * The folders of one exhibit on its disks: made at the start, watched, and dropped one by one when they fail.
 * `start` refuses before anything is written: NO_ROOM_ON_DISK, TARGET_UNUSABLE, SINGLE_TARGET_NOT_CONFIRMED.
 */
export class Targets {
  readonly #all: Target[];
  readonly #single: boolean;
  readonly #disk: Disk;

  constructor(paths: readonly string[], confirmedSingle: boolean, disk: Disk) {
    this.#disk = disk;
    this.#all = paths.map((path) => ({
      ...{ path, problem: null, freeBytes: null, device: null, looking: false },
      slow: new Set<string>(),
    }));
    this.#single = confirmedSingle;
  }

  /** Makes the folders. `bytesPerSecond` = what all tracks together will write to each. */
  async start(plannedMs: number, bytesPerSecond: number): Promise<void> {
    if (this.#all.length < 2 && !this.#single) throw new Refusal('SINGLE_TARGET_NOT_CONFIRMED');
    await this.#checkRoom(plannedMs + RESERVE_MS, bytesPerSecond);
    for (const target of this.#all) {
      try {
        await this.#disk.makeFolders(target.path);
        // It must be new: a folder that already holds tracks is another recording's.
        await this.#disk.makeFolder(join(target.path, TRACKS));
        await this.#disk.syncFolder(target.path);
        await this.#disk.syncFolder(dirname(target.path));
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

  /**
   * `track` lags behind on a target, or has caught up. Gives the target's path where that makes the target slow, or where
   * no track lags there any more; null where others told of it before.
   */
  lags(tracksFolder: string, track: string, slow: boolean): { path: string; slow: boolean } | null {
    const target = this.#all.find(({ path }) => join(path, TRACKS) === tracksFolder);
    if (target === undefined) return null;
    const before = target.slow.size > 0;
    if (slow) target.slow.add(track);
    else target.slow.delete(track);
    const after = target.slow.size > 0;
    return before === after ? null : { path: target.path, slow: after };
  }

  /**
   * Looks how much room is left. A disk that was given up is not asked, it may hang; nor is one that has not answered yet.
   */
  async look(): Promise<void> {
    await Promise.all(
      this.#all.map(async (target) => {
        if (target.problem !== null || target.looking) return;
        target.looking = true;
        target.freeBytes = await this.#disk.free(target.path);
        target.device = await this.#disk.device(target.path);
        target.looking = false;
      }),
    );
  }

  /** How long both copies still fit, ms, at `bytesPerSecond` for each; null where that is not known. */
  remainingMs(bytesPerSecond: number): number | null {
    return remainingMs(this.#inUse(), bytesPerSecond);
  }

  /** On how many disks the targets in use lie. */
  get disks(): number {
    return disksOf(this.#inUse());
  }

  /** True when two targets in use lie on one disk. */
  get oneDisk(): boolean {
    return onOneDisk(this.#inUse());
  }

  /** `behind` gives how many bytes a `tracks` folder still has to be given. */
  live(behind: (tracksFolder: string) => number = () => 0): TargetLive[] {
    return this.#all.map(({ path, problem, freeBytes, slow }) => ({
      ...{ path, ok: problem === null, freeBytes, problem },
      slow: problem === null && slow.size > 0,
      behindBytes: problem === null ? behind(join(path, TRACKS)) : 0,
    }));
  }

  #inUse(): readonly Target[] {
    return this.#all.filter(({ problem }) => problem === null);
  }

  /**
   * Puts what a failed start left into a folder of its own (`not-started-1`), with the key that opens it, so that the
   * same exhibit can begin afresh and nothing that was sent is thrown away.
   */
  async setAside(): Promise<void> {
    for (const path of this.usable()) {
      const names = await this.#disk.names(path);
      let number = 1;
      while (names.includes(`not-started-${number}`)) number += 1;
      const aside = join(path, `not-started-${number}`);
      await this.#disk.makeFolder(aside);
      if (names.includes(KEY_FILE)) {
        await writeWhole(aside, KEY_FILE, await this.#disk.read(join(path, KEY_FILE)), this.#disk);
      }
      for (const name of [RECORDING_FILE, TRACKS]) {
        if (names.includes(name)) await this.#disk.rename(join(path, name), join(aside, name));
      }
      await this.#disk.syncFolder(aside);
      await this.#disk.syncFolder(path);
    }
  }

  /** Two targets on one disk need twice the room there. */
  async #checkRoom(ms: number, bytesPerSecond: number): Promise<void> {
    const needed = Math.ceil((ms / 1000) * bytesPerSecond);
    const disks = new Map<string | null, { path: string; targets: number; free: number | null }>();
    for (const { path } of this.#all) {
      const device = await this.#disk.device(path);
      const disk = disks.get(device) ?? { path, targets: 0, free: await this.#disk.free(path) };
      disk.targets += 1;
      disks.set(device, disk);
    }
    for (const { path, targets, free } of disks.values()) {
      if (free !== null && free < needed * targets) {
        throw new Refusal('NO_ROOM_ON_DISK', {
          ...{ target: path, minutes: Math.round(ms / 60_000) },
          ...{ neededGb: tenths(needed * targets, Math.ceil), freeGb: tenths(free, Math.floor) },
        });
      }
    }
  }

  /** What was made stays only where something is in it. */
  async #remove(): Promise<void> {
    for (const { path, problem } of this.#all) {
      if (problem !== null) continue;
      await this.#disk.removeFolder(join(path, TRACKS)).catch(() => undefined);
      await this.#disk.removeFolder(path).catch(() => undefined);
    }
  }
}
