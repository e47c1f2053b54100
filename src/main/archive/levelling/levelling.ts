import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Levelling as LevellingView } from '../../../shared/contract/station.ts';
import { isRefusal, Refusal } from '../../../shared/errors.ts';
import type { CustodyLog } from '../../custody/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { type Disk, systemDisk } from '../../vault/index.ts';
import { CopyWatch, type Lacking, type MissingCopy } from './copyWatch.ts';
import { isMade, pathOfCopy, standsIn } from './derivedCopies.ts';
import { indexesRight, setFolders } from './knownExhibits.ts';
import { levelDerived, levelExhibit } from './levelExhibit.ts';

export interface LevellingNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly custody: CustodyLog;
  /** The folders that recordings go to now. */
  readonly targets: () => readonly string[];
  /** True while a room is prepared or records: the disks are the recording's then. */
  readonly recording: () => boolean;
  readonly disk?: Disk;
}

interface Actor {
  readonly id: string;
  readonly role: string;
}

const LOOK_EVERY_MS = 5 * 60_000;
const FRESH_MS = 3000;
const STATION: Actor = { id: 'station', role: 'station' };

/**
 * Watches that every sealed exhibit stands on two disks with its derived copies, and brings it there where one of them was
 * away: by itself every few minutes while nothing is recorded, and at once when somebody asks. One exhibit at a time, in
 * the background. A derived copy that was deleted meanwhile is taken away from the disk that comes back.
 */
export class Levelling {
  readonly #needs: LevellingNeeds;
  readonly #disk: Disk;
  readonly #watch: CopyWatch;
  readonly #told = new Set<string>();
  #running: LevellingView['running'] = null;
  #work: Promise<void> = Promise.resolve();
  #abort: AbortController | null = null;
  #stopped = false;
  #byItself = true;
  #problem: LevellingView['problem'] = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(needs: LevellingNeeds) {
    this.#needs = needs;
    const disk = needs.disk ?? systemDisk;
    this.#disk = disk;
    const { db, clock, targets } = needs;
    this.#watch = new CopyWatch({
      ...{ db, clock, targets, disk },
      get custody() {
        return needs.custody;
      },
    });
  }

  /** Looks now and every few minutes, and brings level what can be. Returns at once. */
  start(): void {
    this.#timer = setInterval(() => void this.#turn(), LOOK_EVERY_MS).unref();
    void this.#turn();
  }

  /** Breaks off what runs and waits for it to let go. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#abort?.abort(new Refusal('JOB_CANCELLED'));
    await this.#watch.end();
    await this.#work;
  }

  /** Looks anew behind the caller, where nobody has for some seconds. */
  async refresh(): Promise<void> {
    const { clock } = this.#needs;
    const { lookedAt } = this.#watch;
    const age = lookedAt === null ? Number.POSITIVE_INFINITY : clock.now().getTime() - lookedAt.getTime();
    if (this.#running === null && !(age >= 0 && age < FRESH_MS)) await this.#looked();
  }

  view(): LevellingView {
    return {
      lookedAt: this.#watch.lookedAt?.toISOString() ?? null,
      exhibits: this.#watch.lacking.map(({ exhibit, count, stated, open, missing }) => ({
        exhibit: exhibit.number,
        ...count,
        copies: new Set(missing.map(({ copy }) => copy.id)).size,
        bytes: (count.disks < 2 ? bytesOf(stated) : 0) + bytesOf(missing.flatMap(({ copy }) => copy.files)),
        can: open.length > 0 || missing.length > 0,
      })),
      running: this.#running,
      waits: this.#needs.recording(),
      problem: this.#problem,
    };
  }

  /** How many whole copies an exhibit has, and on how many disks; null while it was not looked at. */
  copiesOf(exhibit: string): { whole: number; disks: number } | null {
    return this.#watch.count(exhibit);
  }

  /** Brings level all that can be, now; goes on in the background. @throws Refusal LEVELLING_WAITS while a room is in use */
  async begin(actor: Actor): Promise<void> {
    if (this.#needs.recording()) throw new Refusal('LEVELLING_WAITS');
    this.#byItself = true;
    await this.#watch.look();
    await this.#takeAway();
    this.#run(actor);
  }

  /** Breaks off; nothing is begun by itself again until somebody asks, or the station starts anew. */
  cancel(): void {
    this.#byItself = false;
    this.#abort?.abort(new Refusal('JOB_CANCELLED'));
  }

  /** Resolves when what runs at the moment has ended. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async #turn(): Promise<void> {
    const looked = await this.#looked();
    if (looked && !this.#stopped) await this.#takeAway();
    if (looked && this.#byItself && !this.#stopped && !this.#needs.recording()) this.#run(STATION);
  }

  async #looked(): Promise<boolean> {
    try {
      await this.#watch.look();
      return true;
    } catch (error) {
      this.#needs.log.error({ err: error }, 'the copies could not be looked at');
      return false;
    }
  }

  #run(actor: Actor): void {
    if (this.#abort !== null || this.#watch.lacking.every((one) => one.open.length + one.missing.length === 0)) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#problem = null;
    this.#work = this.#levelAll(actor, abort.signal)
      .catch((error: unknown) => this.#needs.log.error({ err: error }, 'bringing level ended'))
      .finally(() => {
        this.#running = null;
        this.#abort = null;
      });
  }

  async #levelAll(actor: Actor, signal: AbortSignal): Promise<void> {
    for (const lacking of this.#watch.lacking) {
      for (const folder of lacking.open) {
        // A room that is switched on needs the disks for itself; the rest comes at the next turn.
        if (signal.aborted || this.#needs.recording()) return;
        await this.#level(lacking, folder, actor, signal);
      }
      for (const missing of lacking.missing) {
        if (signal.aborted || this.#needs.recording()) return;
        await this.#levelCopy(lacking, missing, actor, signal);
      }
    }
    if (!signal.aborted) await this.#watch.look();
  }

  async #level(lacking: Lacking, folder: string, actor: Actor, signal: AbortSignal): Promise<void> {
    const { number, folders: known } = lacking.exhibit;
    const { db, custody } = this.#needs;
    const folders = known.includes(folder) ? known : [...known, folder];
    const target = folders.indexOf(folder);
    try {
      const done = await levelExhibit({
        ...{ exhibit: number, folder, stated: lacking.stated, signal, disk: this.#disk },
        apart: lacking.derived.known.map(pathOfCopy),
        sources: await this.#sourcesOf(lacking, folder),
        onProgress: this.#progressOf(number),
      });
      db.transaction(() => {
        setFolders(db, number, folders);
        const files = done.files.map((file) => ({ ...file }));
        const details = { target, copied: done.copied, set_aside: done.setAside, files };
        custody.append({ action: 'exhibit.levelled', actor, subject: { type: 'exhibit', id: number }, details });
      })();
    } catch (error) {
      if (!signal.aborted) this.#failed(number, target, actor, error);
    }
  }

  /** A derived copy that was made while this disk was away. Nothing is said of one that is deleted meanwhile. */
  async #levelCopy(
    { exhibit, derived }: Lacking,
    { folder, copy, sources }: MissingCopy,
    actor: Actor,
    signal: AbortSignal,
  ): Promise<void> {
    const { db, custody } = this.#needs;
    const { number, folders: known } = exhibit;
    const folders = known.includes(folder) ? known : [...known, folder];
    const target = folders.indexOf(folder);
    try {
      const done = await levelDerived({
        ...{ exhibit: number, folder, stated: copy.files, sources, signal, disk: this.#disk },
        apart: derived.known.map(pathOfCopy),
        onProgress: this.#progressOf(number),
      });
      db.transaction(() => {
        if (!isMade(db, number, copy.id)) return;
        standsIn(db, number, copy.id, folder, folders);
        const files = done.files.map((file) => ({ ...file }));
        const details = { copy: copy.id, target, copied: done.copied, set_aside: done.setAside, files };
        custody.append({ action: 'copy.levelled', actor, subject: { type: 'exhibit', id: number }, details });
      })();
    } catch (error) {
      if (!signal.aborted && isMade(db, number, copy.id)) this.#failed(number, target, actor, error);
    }
    if (!isMade(db, number, copy.id)) await this.#remove(number, copy.id, folder);
  }

  /** Takes copies that are gone from disks that were away when they were deleted. */
  async #takeAway(): Promise<void> {
    for (const { exhibit, copy, folder } of this.#watch.left) await this.#remove(exhibit, copy, folder);
  }

  async #remove(exhibit: string, copy: string, folder: string): Promise<void> {
    const { log } = this.#needs;
    try {
      await rm(join(folder, pathOfCopy(copy)), { recursive: true, force: true });
      await this.#disk.syncFolder(join(folder, 'copies'));
      log.info({ exhibit, copy }, 'a copy that is gone was taken away from a disk that had missed it');
    } catch (error) {
      log.warn({ exhibit, copy, err: error }, 'a copy that is gone could not be taken away');
    }
  }

  #progressOf(exhibit: string): (progress: number) => void {
    this.#running = { exhibit, progress: 0 };
    return (progress) => {
      this.#running = { exhibit, progress };
      if (this.#needs.recording()) this.#abort?.abort(new Refusal('LEVELLING_WAITS'));
    };
  }

  /** Copies that answer, best first: one whose indexes are those of the record, and that looks whole. */
  async #sourcesOf({ exhibit, copies }: Lacking, folder: string): Promise<string[]> {
    const there = copies.filter(({ state }) => state === 'whole' || state === 'partial');
    const sorted = there
      .filter((copy) => copy.folder !== folder)
      .toSorted((a, b) => Number(b.state === 'whole') - Number(a.state === 'whole'));
    for (const [i, source] of sorted.entries()) {
      if (!(await indexesRight(this.#needs.db, exhibit.number, source.folder))) continue;
      return [source, ...sorted.toSpliced(i, 1)].map((copy) => copy.folder);
    }
    throw new Refusal('LEVELLING_SOURCE_DAMAGED', { exhibit: exhibit.number, file: 'tracks' });
  }

  #failed(exhibit: string, target: number, actor: Actor, error: unknown): void {
    const { custody, log } = this.#needs;
    const code = isRefusal(error) ? error.code : 'INTERNAL';
    const params: Record<string, string | number> = isRefusal(error) ? { ...error.params } : { at: 'levelling' };
    log.warn({ exhibit, err: error }, 'an exhibit could not be brought level');
    this.#problem = { exhibit, code, params };
    const key = `${exhibit} ${target} ${code}`;
    // Once is enough for the log; it is tried again every few minutes.
    if (this.#told.has(key)) return;
    this.#told.add(key);
    const subject = { type: 'exhibit', id: exhibit } as const;
    const details = { target, code, file: params['file'] ?? null, reason: params['reason'] ?? null };
    custody.append({ action: 'exhibit.levelling-failed', actor, subject, details });
  }
}

const bytesOf = (files: readonly { readonly bytes: number | null }[]): number =>
  files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
