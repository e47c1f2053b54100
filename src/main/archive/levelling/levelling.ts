import type { Database } from 'better-sqlite3';
import type { Levelling as LevellingView } from '../../../shared/contract/station.ts';
import { isRefusal, Refusal } from '../../../shared/errors.ts';
import type { CustodyLog } from '../../custody/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { type Disk, systemDisk } from '../../vault/index.ts';
import { CopyWatch, type Lacking } from './copyWatch.ts';
import { indexesRight, setFolders } from './knownExhibits.ts';
import { levelExhibit } from './levelExhibit.ts';

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
 * Watches that every sealed exhibit stands on two disks, and brings it there where one of them was away: by itself every
 * few minutes while nothing is recorded, and at once when somebody asks. One exhibit at a time, in the background.
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
      exhibits: this.#watch.lacking.map(({ exhibit, count, stated, open }) => ({
        exhibit: exhibit.number,
        ...count,
        bytes: stated.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
        can: open.length > 0,
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
    if (this.#abort !== null || this.#watch.lacking.every(({ open }) => open.length === 0)) return;
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
    }
    if (!signal.aborted) await this.#watch.look();
  }

  async #level(lacking: Lacking, folder: string, actor: Actor, signal: AbortSignal): Promise<void> {
    const { number, folders: known } = lacking.exhibit;
    const { db, custody, recording } = this.#needs;
    this.#running = { exhibit: number, progress: 0 };
    const folders = known.includes(folder) ? known : [...known, folder];
    const target = folders.indexOf(folder);
    try {
      const done = await levelExhibit({
        ...{ exhibit: number, folder, stated: lacking.stated, signal, disk: this.#disk },
        sources: await this.#sourcesOf(lacking, folder),
        onProgress: (progress) => {
          this.#running = { exhibit: number, progress };
          if (recording()) this.#abort?.abort(new Refusal('LEVELLING_WAITS'));
        },
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
