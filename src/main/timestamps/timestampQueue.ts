import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type {
  TimestampAuthority,
  TimestampItem,
  TimestampProblem,
  TimestampQueue,
} from '../../shared/contract/timestamps.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import type { Log } from '../platform/log.ts';
import { Serial } from '../platform/serial.ts';
import { Authorities } from './authorities.ts';
import { backOff, NEVER_LONGER_MS } from './backOff.ts';
import type { CheckedToken } from './checkToken.ts';
import { type ObtainNeeds, obtainToken } from './obtainToken.ts';
import { placeToken } from './placeToken.ts';
import { itemView, type TimestampRow, TimestampRows, type ToStamp } from './timestampRows.ts';

export interface QueueNeeds extends ObtainNeeds {
  readonly db: Database;
  readonly log: Log;
  readonly custody: () => CustodyLog;
  /** Null while nobody's key has opened the station's own; the head of the day then waits. */
  readonly logSigner: () => NoteSigner | null;
  /** From 0 to 1, for the back-off. */
  readonly jitter: () => number;
}

/** The newest outside time-stamp that was held at a moment, as `record.anchor` quotes it, with its two files. */
export interface Anchor {
  readonly checkpoint: string;
  readonly tsr: Uint8Array;
  /** What the token says. */
  readonly time: string;
}

const DAY_MS = 24 * 3_600_000;
/** How often it is looked whether something is due, a target came back, or a day has gone by. */
const LOOK_MS = 30_000;
const STATION = { id: 'station', role: 'station' } as const;

/**
 * What is to be time-stamped, until it is: each signature, the head after each seal, the head of each day. It stands in the
 * database, so that nothing is forgotten; nobody waits for it.
 */
export class Timestamps {
  readonly #needs: QueueNeeds;
  readonly #rows: TimestampRows;
  readonly #authorities: Authorities;
  readonly #turn = new Serial();
  #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(needs: QueueNeeds) {
    this.#needs = needs;
    this.#rows = new TimestampRows(needs.db);
    this.#authorities = new Authorities(needs.db);
  }

  start(): void {
    this.#ending = new AbortController();
    this.#timer = setInterval(() => this.nudge(), LOOK_MS).unref();
    this.nudge();
  }

  /** Ends an exchange that is under way; what waited goes on waiting. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#ending.abort(new Error('the station stops'));
    await this.#turn.run(async () => undefined);
  }

  /** Why a new seal has no token yet, as `timestamp.deferred` says it. */
  whyDeferred(): 'queued' | 'no-authority-configured' {
    return this.#authorities.list().length === 0 ? 'no-authority-configured' : 'queued';
  }

  /** Notes something to be stamped; to be called inside the transaction that makes it. Once for the same bytes. */
  add(one: ToStamp): void {
    this.#rows.add(one, this.#now());
  }

  /** The newest stamped checkpoint that was held before `at`; null where there was none. */
  anchorBefore(at: string): Anchor | null {
    const row = this.#rows.anchorBefore(at);
    if (row === null || row.note === null || row.tsr === null || row.time === null) return null;
    return { checkpoint: row.note, tsr: row.tsr, time: row.time };
  }

  ofExhibit(exhibit: string): TimestampItem[] {
    return this.#rows.ofExhibit(exhibit).map(itemView);
  }

  view(): TimestampQueue {
    const newest = this.#rows.newest();
    return {
      authorities: this.#authorities.list().length,
      waiting: this.#rows.waiting().map(itemView),
      newest: newest === null ? null : itemView(newest),
      running: this.#running,
    };
  }

  /** Everything that waits is tried now, behind the answer. */
  tryNow(): void {
    this.#rows.allDue(this.#now());
    this.nudge();
  }

  /** Looks now, behind the caller's back. Failures of the network are part of the queue; others are logged. */
  nudge(): void {
    if (this.#ending.signal.aborted) return;
    void this.round().catch((error: unknown) => {
      if (!this.#ending.signal.aborted) this.#needs.log.error({ err: error }, 'the time-stamp queue failed');
    });
  }

  /**
   * One look: puts tokens beside their files where that is still to be done, asks for the head of the day, and tries what is
   * due, one after another. The first failure ends it, because the rest would fail likewise; the first success makes
   * everything due. Never two at once.
   */
  round(): Promise<void> {
    return this.#turn.run(async () => {
      const { signal } = this.#ending;
      if (signal.aborted) return;
      await this.#placeAll();
      const authorities = this.#authorities.list();
      if (authorities.length === 0) return;
      this.#askForHead();
      this.#running = true;
      try {
        await this.#stampDue(authorities, signal);
      } finally {
        this.#running = false;
      }
    });
  }

  async #stampDue(authorities: readonly TimestampAuthority[], signal: AbortSignal): Promise<void> {
    let answered = false;
    for (let row = this.#firstDue(); row !== undefined; row = this.#firstDue()) {
      const obtained = await obtainToken(authorities, Buffer.from(row.sha256, 'hex'), this.#needs, signal);
      if (obtained.token === null) {
        this.#failed(row, obtained.problems);
        return;
      }
      this.#keep(row, obtained.token, obtained.authority);
      await this.#placeAll();
      if (!answered) this.#rows.allDue(this.#now());
      answered = true;
    }
  }

  #firstDue(): TimestampRow | undefined {
    const now = this.#needs.clock.now();
    return this.#rows.due(now.toISOString(), new Date(now.getTime() + NEVER_LONGER_MS).toISOString())[0];
  }

  #failed(row: TimestampRow, problems: readonly TimestampProblem[]): void {
    const { clock, jitter, db, log } = this.#needs;
    const now = clock.now();
    const next = new Date(now.getTime() + backOff(row.attempts + 1, jitter())).toISOString();
    db.transaction(() => {
      this.#rows.failed(row.id, now.toISOString(), next, problems);
      this.#rows.postponeDue(now.toISOString(), next);
    })();
    log.info({ codes: problems.map(({ code }) => code), next }, 'no time-stamp yet');
  }

  /** The token, its event and, for a checkpoint, the kept head: one transaction. */
  #keep(row: TimestampRow, token: CheckedToken, { address, rootPem }: TimestampAuthority): void {
    const { db, custody, log } = this.#needs;
    const time = token.time.toISOString();
    db.transaction(() => {
      const { tsr } = token;
      if (!this.#rows.obtained(row.id, { tsr, time, authority: address, rootPem, at: this.#now() })) return;
      const own = custody();
      if (row.note !== null) own.keepHead(row.note, tsr);
      own.append({
        action: 'timestamp.obtained',
        actor: STATION,
        subject: row.exhibit === null ? { type: 'log', id: own.origin } : { type: 'exhibit', id: row.exhibit },
        details: {
          file: row.file,
          sha256: row.sha256,
          tsr_sha256: createHash('sha256').update(tsr).digest('hex'),
          authority: address,
          gen_time: time,
        },
      });
    })();
    log.info({ exhibit: row.exhibit, file: row.file }, 'time-stamp obtained');
  }

  async #placeAll(): Promise<void> {
    for (const row of this.#rows.toPlace()) {
      if (row.exhibit === null) continue;
      if (await placeToken(row, this.#rows.foldersOf(row.exhibit))) this.#rows.placed(row.id);
    }
  }

  /** Once a day the head of the log is to be stamped, whether something was sealed or not: recordings quote it as anchor. */
  #askForHead(): void {
    const { clock, custody, logSigner } = this.#needs;
    const last = this.#rows.lastCheckpointAt();
    const age = last === null ? Number.POSITIVE_INFINITY : clock.now().getTime() - Date.parse(last);
    if (age >= 0 && age < DAY_MS) return;
    const signer = logSigner();
    if (signer === null) return;
    const note = custody().checkpoint(signer);
    const sha256 = createHash('sha256').update(note).digest('hex');
    this.add({ kind: 'head', exhibit: null, file: `checkpoint-${custody().size()}`, sha256, note });
  }

  #now(): string {
    return this.#needs.clock.now().toISOString();
  }
}
