import BetterSqlite3, { type Database } from 'better-sqlite3';
import {
  AccountStanding,
  AccountStore,
  AccountsService,
  Invitations,
  KeyRing,
  type PasswordCost,
  RecoveryEntry,
  Sessions,
  type SetUpOutcome,
  StationKeys,
  StationOpening,
  setUpStation,
} from '../../src/main/accounts/index.ts';
import { type CustodyLog, openLog } from '../../src/main/custody/index.ts';
import { migrate, migrations, openDatabase } from '../../src/main/database/index.ts';
import type { Clock } from '../../src/main/platform/clock.ts';
import type { Role } from '../../src/shared/domain/roles.ts';
import { Refusal } from '../../src/shared/errors.ts';

/** A clock that stands still until it is moved. Both kinds of time move together. */
export class StillClock implements Clock {
  #ms: number;
  #ns = 0n;

  constructor(start = '2026-11-21T10:14:00.000Z') {
    this.#ms = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#ms);
  }

  monotonicNs(): bigint {
    return this.#ns;
  }

  forward(seconds: number): void {
    this.#ms += seconds * 1000;
    this.#ns += BigInt(Math.round(seconds * 1000)) * 1_000_000n;
  }
}

/** Cheap enough for tests; what the real cost is stands in its own test. */
export const cheapCost: PasswordCost = { memoryKib: 64, passes: 1, lanes: 1 };

export const passwords = {
  administrator: 'steppe-wind-over-grass',
  keyHolder: 'saffron-kettle-morning',
  other: 'four-birches-by-water',
} as const;

/** The accounts of a station over a database in memory, without server or recorder. */
export class TestStation {
  readonly clock: StillClock;
  readonly db: Database;
  readonly accountStore: AccountStore;
  readonly stationKeys = new StationKeys();
  readonly ring: KeyRing;
  readonly sessions: Sessions;
  readonly accounts: AccountsService;
  readonly standing: AccountStanding;
  readonly recovery: RecoveryEntry;
  #log: CustodyLog | null = null;
  #failing: { action: string | null } | null = null;

  /** `beside` is an existing station: the same database after a restart, with nobody signed in. */
  constructor(beside?: Pick<TestStation, 'clock' | 'db' | 'log'>) {
    this.clock = beside?.clock ?? new StillClock();
    this.db = beside?.db ?? openDatabase(':memory:');
    migrate(this.db, migrations, { backupTo: null, now: this.clock.now() });
    const { db, clock, stationKeys } = this;
    const accounts = new AccountStore(db);
    const log = () => this.appender;
    this.accountStore = accounts;
    this.ring = new KeyRing({ db, accounts, stationKeys, clock });
    const { ring } = this;
    const opening = new StationOpening({ ring, stationKeys });
    this.sessions = new Sessions({ db, accounts, ring, stationKeys, opening, log, clock, cost: cheapCost });
    const invitations = new Invitations({ db, accounts, log, clock, cost: cheapCost });
    this.accounts = new AccountsService({
      db,
      accounts,
      ring,
      opening,
      sessions: this.sessions,
      invitations,
      log,
      clock,
    });
    const { sessions } = this;
    this.recovery = new RecoveryEntry({ db, opening, invitations, log });
    this.standing = new AccountStanding({ db, accounts, ring, sessions, invitations, log, clock });
    if (beside !== undefined) this.#log = openLog({ db, clock, origin: beside.log.origin });
  }

  /** A station that was set up before, its keys open, nobody signed in: a copy of one that this process made once. */
  static async ready(): Promise<TestStation & { readonly outcome: SetUpOutcome }> {
    made ??= makeOnce();
    const { bytes, plain, outcome } = await made;
    const db = new BetterSqlite3(bytes);
    db.pragma('foreign_keys = ON');
    const clock = new StillClock();
    const station = new TestStation({ db, clock, log: openLog({ db, clock, origin: outcome.facts.log.origin }) });
    station.stationKeys.load(plain);
    return Object.assign(station, { outcome });
  }

  /** The log as services get it: its next event can be made to fail. */
  get appender(): Pick<CustodyLog, 'append'> {
    const failing = this.#failing;
    if (failing === null) return this.log;
    return {
      append: (draft) => {
        this.#failing = null;
        failing.action = draft.action;
        throw new Error('the disk is full');
      },
    };
  }

  /** The next event is refused as by a full disk; the answer then tells which it was. */
  failNextAppend(): { action: string | null } {
    this.#failing = { action: null };
    return this.#failing;
  }

  get log(): CustodyLog {
    if (this.#log === null) throw new Refusal('STATION_NOT_SET_UP');
    return this.#log;
  }

  async setUp() {
    const outcome = await setUpStation(setUpInput, {
      db: this.db,
      clock: this.clock,
      ring: this.ring,
      stationKeys: this.stationKeys,
      cost: cheapCost,
    });
    this.#log = outcome.log;
    return outcome;
  }

  /** Invites and accepts a person; gives their account. */
  async person(role: Role, login: string, name = `Person ${login}`) {
    const administrator = this.accountStore.all().find((row) => row.role === 'administrator');
    if (administrator === undefined) throw new Error('no administrator');
    const { code } = this.accounts.invite({ name, login, role }, administrator);
    return await this.accounts.accept(code, passwords.other);
  }

  /** Signs in on a screen of their own; gives token and session with keys. */
  async signIn(login: string, password: string = passwords.other, screen = `screen-${login}`) {
    const { token, session } = await this.sessions.signIn(login, password, screen);
    if (session.keys === null) throw new Error('signed in and locked');
    return { token, person: session.person, keys: session.keys };
  }

  /** Actions in the log, oldest first. */
  actions(): string[] {
    return this.log.list({ count: 10_000 }).map(({ event }) => event.action);
  }

  stop(): void {
    this.sessions.stop();
    this.db.close();
  }
}

let made: Promise<{ bytes: Buffer; plain: Buffer; outcome: SetUpOutcome }> | undefined;

async function makeOnce(): Promise<{ bytes: Buffer; plain: Buffer; outcome: SetUpOutcome }> {
  const station = new TestStation();
  const outcome = await station.setUp();
  const plain = Buffer.from(station.stationKeys.plain() ?? []);
  const bytes = station.db.serialize();
  station.stop();
  return { bytes, plain, outcome };
}

export const setUpInput = {
  id: 'almaty1',
  name: 'Almaty, room 1',
  court: 'Specialised inter-district juvenile court of Almaty',
  languages: ['kk', 'ru'] as ('kk' | 'ru' | 'en')[],
  administrator: { name: 'Aigerim Admin', login: 'aigerim', password: passwords.administrator },
  keyHolder: {
    name: 'Daniyar Investigator',
    login: 'Daniyar',
    role: 'investigator' as const,
    password: passwords.keyHolder,
  },
};

/** The code of the refusal that `work` ends in; fails the test where there is none. */
export async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  throw new Error('was not refused');
}
