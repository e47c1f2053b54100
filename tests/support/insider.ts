import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { z } from 'zod';
import { joinRecoveryKey } from '../../src/main/accounts/recoveryKey.ts';
import { storedExhibit } from '../../src/main/archive/storedExhibit.ts';
import { verifyStored } from '../../src/main/archive/verifyStored.ts';
import { type CustodyLog, type NoteSigner, openLog, parseSkey } from '../../src/main/custody/index.ts';
import { systemClock } from '../../src/main/platform/clock.ts';
import { openSecret } from '../../src/main/vault/index.ts';
import { Gate } from '../../src/main/verification/index.ts';
import { CustodyEvent } from '../../src/shared/evidence/event.ts';
import type { VerificationResult } from '../../src/shared/evidence/verification.ts';
import { endAllIn } from './cli.ts';
import { beginRecording, type JourneyStation, peopledStation, plannedInterview, recordedFor } from './journey.ts';
import { TsaServer } from './tsaServer.ts';
import { until } from './until.ts';

/** A station that was stopped, with all that somebody with root and every key can do to its disks and its database. */
export interface Insider {
  /** Exhibit numbers, in the order in which they were recorded. */
  readonly exhibits: readonly [string, string];
  readonly origin: string;
  /** The folder of an exhibit on target 1 or 2. */
  folderOf(exhibit: string, target: 1 | 2): string;
  /** The database with its triggers taken away, open while `work` runs. */
  database<T>(work: (db: Database, log: CustodyLog) => T): T;
  /** The station's own log key: whoever has it is believed to be the station. */
  readonly signer: NoteSigner;
  /** The station's own key of signatures. */
  readonly stationKey: Buffer;
  readonly tsa: TsaServer;
  /** The database as it was when only the first exhibit was there, in the place of today's. */
  rollBack(): Promise<void>;
  /** The station's own verification of a stored exhibit: what its screen and its command line show. */
  verified(exhibit: string): Promise<VerificationResult>;
  /** Everything as it was before any change. */
  restore(): Promise<void>;
  end(): Promise<void>;
}

const Secrets = z.looseObject({ logKey: z.string(), signingKeyPkcs8: z.base64() });

/** What is done with the first interview besides: before it is recorded, and once it is sealed. */
export interface Besides {
  readonly before?: (journey: JourneyStation, exhibit: string) => Promise<void>;
  readonly after?: (journey: JourneyStation, exhibit: string) => Promise<void>;
}

/** Records two short interviews at a station with a time-stamping authority, and stops it. */
export async function insiderStation({ before, after }: Besides = {}): Promise<Insider> {
  const outside = await mkdtemp(join(tmpdir(), 'birret-insider-'));
  const tsa = await TsaServer.start(outside);
  const journey = await peopledStation();
  const { station, seats, recovery } = journey;
  const place = dirname(station.folder);
  const path = join(station.folder, 'station.db');
  const yesterday = join(outside, 'yesterday.db');
  const authority = { address: tsa.address, policy: null, rootPem: tsa.rootPem };
  await seats.administrator.client.timestamps.setAuthorities({ authorities: [authority] });
  const recorded = async (besides: Besides = {}): Promise<string> => {
    const { id, exhibit } = await plannedInterview(journey);
    await besides.before?.(journey, exhibit);
    await beginRecording(journey, id);
    await recordedFor(journey, id, 2_000);
    await seats.investigator.client.recording.stop({ interview: id, confirmed: true });
    await besides.after?.(journey, exhibit);
    await until(
      'every token has come and lies in its place',
      () => {
        const db = new BetterSqlite3(path, { readonly: true });
        const waiting = db.prepare('SELECT count(*) FROM timestamps WHERE exhibit IS NOT NULL AND placed = 0').pluck();
        const none = waiting.get() === 0;
        db.close();
        return none;
      },
      { withinMs: 90_000, everyMs: 200 },
    );
    return exhibit;
  };
  const first = await recorded({ ...(before && { before }), ...(after && { after }) });
  const copied = new BetterSqlite3(path, { readonly: true });
  copied.prepare('VACUUM INTO ?').run(yesterday);
  copied.close();
  const exhibits = [first, await recorded()] as const;
  const roots = [station.roots().stationRootPem];
  const recoveryIdentity = joinRecoveryKey(recovery);
  await station.stop();

  const pristine = join(outside, 'pristine');
  await cp(station.folder, pristine, { recursive: true });
  const opened = new BetterSqlite3(path);
  const blob = opened.prepare<[string], Buffer>('SELECT sealed FROM key_blobs WHERE name = ?').pluck();
  const vaultIdentity = (await openSecret(blob.get('vault') ?? Buffer.alloc(0), recoveryIdentity)).toString('utf8');
  const secrets = (await openSecret(blob.get('station') ?? Buffer.alloc(0), recoveryIdentity)).toString('utf8');
  const { logKey, signingKeyPkcs8 } = Secrets.parse(JSON.parse(secrets));
  const signer = parseSkey(logKey);
  opened.close();

  return {
    exhibits,
    origin: signer.name,
    signer,
    stationKey: Buffer.from(signingKeyPkcs8, 'base64'),
    tsa,
    folderOf: (exhibit, target) => join(station.folder, 'targets', target === 1 ? 'a' : 'b', exhibit),
    database(work) {
      const db = new BetterSqlite3(path);
      try {
        const triggers = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
        for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
        return work(db, openLog({ db, origin: signer.name, clock: systemClock }));
      } finally {
        db.close();
      }
    },
    async rollBack() {
      for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true });
      await cp(yesterday, path);
    },
    async verified(exhibit) {
      const db = new BetterSqlite3(path);
      try {
        const stored = storedExhibit(db, exhibit);
        return await verifyStored({
          log: openLog({ db, origin: signer.name, clock: systemClock }),
          database: path,
          stored,
          identity: (await openSecret(stored.keyAge, vaultIdentity)).toString('utf8').trim(),
          ownRoots: roots,
          tsaRoots: [tsa.rootPem],
          ownLists: [],
          signal: new AbortController().signal,
          gate: new Gate(),
          onProgress: () => undefined,
        });
      } finally {
        db.close();
      }
    },
    async restore() {
      await rm(station.folder, { recursive: true });
      await mkdir(station.folder);
      await cp(pristine, station.folder, { recursive: true });
    },
    async end() {
      await tsa.stop();
      await endAllIn(place);
      await rm(place, { recursive: true, force: true });
      await rm(outside, { recursive: true, force: true });
    },
  };
}

/**
 * Writes the log of `db` anew from what `change` makes of its events: chains, sequences and tree are all right again. The
 * heads that were kept stay as they are; `resign` makes new ones, with the log's key.
 */
export function writeAnew(db: Database, origin: string, change: (event: CustodyEvent) => CustodyEvent | null): void {
  const rows = db.prepare<[], Buffer>('SELECT bytes FROM custody_events ORDER BY idx').pluck().all();
  db.exec('DELETE FROM custody_events; DELETE FROM custody_nodes;');
  let [at, salt] = [new Date(), Buffer.alloc(0)];
  const clock = { ...systemClock, now: () => at };
  const log = openLog({ db, origin, clock, salt: () => salt });
  for (const row of rows) {
    const event = change(CustodyEvent.parse(JSON.parse(row.toString('utf8'))));
    if (event === null) continue;
    [at, salt] = [new Date(event.at), Buffer.from(event.salt, 'hex')];
    const { action, actor, details } = event;
    log.append({ action, actor, details, subject: { type: event.subject.type, id: event.subject.id } });
  }
}

/** New heads for every seal and for now, in the database; gives each exhibit's, for its disks. */
export function resign(db: Database, signer: NoteSigner): ReadonlyMap<string, string> {
  const log = openLog({ db, origin: signer.name, clock: systemClock });
  db.exec('DELETE FROM custody_heads');
  const notes = new Map<string, string>();
  for (const number of db.prepare<[], string>('SELECT number FROM exhibits WHERE record IS NOT NULL').pluck().all()) {
    const events = log.eventsOf({ type: 'exhibit', id: number });
    const sealed = events.find(({ event }) => event.action === 'exhibit.sealed')?.index ?? 0;
    // The seal's transaction has one event more.
    const note = log.checkpoint(signer, sealed + 2);
    log.keepHead(note, null);
    db.prepare('UPDATE exhibits SET seal_checkpoint = ? WHERE number = ?').run(note, number);
    notes.set(number, note);
  }
  log.keepHead(log.checkpoint(signer), null);
  return notes;
}
