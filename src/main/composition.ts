import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expectedRate } from '../shared/domain/expectedRate.ts';
import {
  AccountStanding,
  AccountStore,
  AccountsService,
  Invitations,
  KeyDestruction,
  KeyRing,
  KeyRotation,
  OwnCertificates,
  type PasswordCost,
  RevocationLists,
  readFacts,
  relationsTo,
  renewLogKey,
  requireFacts,
  Sessions,
  StationKeys,
  setUpStation,
} from './accounts/index.ts';
import { StationAdministration, Targets } from './administration/index.ts';
import {
  ArchiveService,
  CertificateService,
  Exhibits,
  handOverSink,
  Levelling,
  signaturesValid,
} from './archive/index.ts';
import { BackupService, RestoredLog } from './backup/index.ts';
import { CasesService, InterviewsService } from './cases/index.ts';
import { CopiesService } from './copies/index.ts';
import { type CustodyLog, newWitnesses, openLog, parseSkey, witnessOf } from './custody/index.ts';
import { migrate, migrations, openDatabase } from './database/index.ts';
import { JurisdictionService } from './jurisdiction/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Log } from './platform/log.ts';
import { productVersion } from './platform/product.ts';
import { readReferenceClock } from './platform/referenceClock.ts';
import { openStationFolder, type StationFolder } from './platform/stationFolder.ts';
import { Hearings, OpenExhibit, PlaybackService } from './playback/index.ts';
import { Crashes, newExhibitKey, openExhibitKey, type RecordingNeeds, RecordingService } from './recording/index.ts';
import { discoverDevices, ffmpegOnce, findClockFont, findNetworkCameras, RoomsService } from './rooms/index.ts';
import { SelfTestService } from './selfTest/index.ts';
import {
  implementer,
  Jobs,
  Observers,
  ScreenRegistry,
  StationMedia,
  type StationRouter,
  stationRouter,
} from './server/index.ts';
import { type Fetch, TimestampSettings, Timestamps } from './timestamps/index.ts';
import { cryptoSelfTest, systemDisk } from './vault/index.ts';

export interface ComposeOptions {
  readonly folder: string;
  /** Makes a station of a folder that is not there or empty. */
  readonly create: boolean;
  readonly log: Log;
  readonly clock?: Clock;
  readonly cost?: PasswordCost;
  readonly locksAfter?: number;
  /** Milliseconds that a change of the vault's identity waits for what was being closed to the old one. */
  readonly keysSettleMs?: number;
  /** How time-stamping authorities are reached; Node's own where none is given. */
  readonly fetch?: Fetch;
}

/** How often idle sessions are looked for, so that keys do not outlive their person's attention. */
const SWEEP_MS = 5_000;
/** How long a time-stamping authority may take. */
const AUTHORITY_MS = 15_000;

/** A station, put together and holding its folder. */
export interface Station {
  readonly folder: string;
  /** What the HTTP application needs of it. */
  readonly http: {
    readonly router: StationRouter;
    readonly screens: ScreenRegistry;
    readonly sessions: Sessions;
    readonly media: StationMedia;
    readonly version: string;
  };
  /** Settles what a crash left; then the station may answer. */
  start(): Promise<void>;
  /** True while something is prepared, recorded, played or worked on. */
  busy(): boolean;
  roots(): { stationRootPem: string; chain: readonly string[] };
  /** What was recorded and is not sealed: ended and waiting for keys, or secured after a crash. */
  unsealed(): { readonly exhibit: string; readonly interview: string; readonly state: 'ended' | 'secured' }[];
  /** Lets go of everything; a recording that is under way goes on in its recorder. */
  stop(): Promise<void>;
}

/**
 * Every `new` of the station, to be read from top to bottom.
 * @throws Refusal STATION_NOT_A_STATION, STATION_FROM_THE_FUTURE, STATION_IN_USE, STATION_READ_ONLY
 */
export async function composeStation(options: ComposeOptions): Promise<Station> {
  const held = await openStationFolder(options.folder, { create: options.create });
  try {
    return compose(options, held);
  } catch (error) {
    held.release();
    throw error;
  }
}

function compose(options: ComposeOptions, held: StationFolder): Station {
  const { log, clock = systemClock } = options;
  const cost = options.cost === undefined ? {} : { cost: options.cost };
  const folder = held.path;
  const db = openMigrated(folder, clock.now());
  const software = productVersion();

  // The log begins with the set-up; until then whatever needs it says STATION_NOT_SET_UP.
  let openedLog: CustodyLog | null = null;
  const custody = (): CustodyLog => {
    restored.requireBegun();
    openedLog ??= openLog({ db, origin: requireFacts(db).log.origin, clock });
    return openedLog;
  };
  const facts = () => requireFacts(db);

  const stationKeys = new StationKeys();
  const accountStore = new AccountStore(db);
  const restored = new RestoredLog({
    db,
    clock,
    facts,
    logKey: () => stationKeys.get().logKey,
    renewLogKey: (key, change) => renewLogKey(key, change, { db, ring, stationKeys, clock }),
    begun: () => begin(),
  });
  const ring = new KeyRing({ db, accounts: accountStore, stationKeys, clock });
  const lock = options.locksAfter === undefined ? {} : { locksAfter: options.locksAfter };
  const sessions = new Sessions({
    db,
    accounts: accountStore,
    ring,
    stationKeys,
    log: custody,
    clock,
    keysOpened: ({ code, role }) => restored.keysOpened({ id: code, role }),
    ...cost,
    ...lock,
  });
  const invitations = new Invitations({ db, accounts: accountStore, log: custody, clock, ...cost });
  const accounts = new AccountsService({
    db,
    accounts: accountStore,
    ring,
    stationKeys,
    sessions,
    invitations,
    log: custody,
    clock,
  });
  const standing = new AccountStanding({
    db,
    accounts: accountStore,
    ring,
    sessions,
    invitations,
    log: custody,
    clock,
  });
  const certificates = new OwnCertificates({ db, accounts: accountStore, log: custody, clock });
  const revocation = new RevocationLists(db);
  const logSigner = () => parseSkey(stationKeys.get().logKey);
  const witnesses = newWitnesses({ db, log: custody, clock });

  const jurisdiction = new JurisdictionService({ db, clock, custody, stationId: () => facts().id });
  const casesNeeds = { db, clock, log: custody, facts, stationKeys: () => stationKeys.get(), rules: jurisdiction };
  const cases = new CasesService(casesNeeds);
  const interviews = new InterviewsService(casesNeeds);
  const { ffmpeg, encoders } = ffmpegOnce(process.env, ({ encoder, tests }) => {
    log.info({ encoder, tests }, 'the encoder of this machine was chosen');
  });
  const rooms = new RoomsService({
    db,
    clock,
    log: custody,
    stationRecipient: () => facts().stationRecipient,
    stationIdentity: () => stationKeys.get().identity,
    discover: async () => discoverDevices({ ffmpeg: (await ffmpeg()).path }),
    encoder: encoders,
    network: () => findNetworkCameras(),
  });
  const targets = new Targets(db, folder, () =>
    Math.max(0, ...rooms.list().map(({ sources }) => expectedRate(sources))),
  );
  const administration = new StationAdministration({
    db,
    version: software.version,
    custody,
    facts: () => readFacts(db),
    setUp: async (input) => (await setUpStation(input, { db, clock, ring, stationKeys, ...cost })).result,
    targets,
  });

  const obtaining = {
    clock,
    fetch: options.fetch ?? ((address: string, init: RequestInit) => globalThis.fetch(address, init)),
    nonce: () => randomBytes(16),
    timeoutMs: AUTHORITY_MS,
  };
  const timestamps = new Timestamps({
    ...obtaining,
    db,
    log,
    custody,
    logSigner: () => (stationKeys.isOpen ? logSigner() : null),
    jitter: Math.random,
  });
  const timestampSettings = new TimestampSettings({
    ...obtaining,
    db,
    custody,
    station: () => facts().id,
    ownRoots: () => [facts().rootPem],
    changed: () => timestamps.tryNow(),
  });

  const recordingNeeds: RecordingNeeds = {
    db,
    clock,
    log,
    get custody() {
      return custody();
    },
    software,
    recorderFolder: join(folder, 'recorder'),
    interviews,
    rooms: { sourcesFor: (room) => rooms.sourcesFor(room) },
    baseLines: (room, sources) => selfTest.baseLines(room, sources),
    recipients: () => ({ vault: facts().vaultRecipient, recovery: facts().recoveryRecipient }),
    stationKeys: {
      signer: () => {
        const { certPem, rootPem } = facts();
        return { code: 'station', certPem, chainPem: [rootPem], privateKey: stationKeys.get().signingKey };
      },
      logSigner,
    },
    targets: () => targets.paths(),
    timestamps,
    ffmpeg,
    referenceClock: () => readReferenceClock({ clock }),
    onRecorderGone: (interview) => crashes.recorderGone(interview),
  };
  const recording = new RecordingService(recordingNeeds);
  const crashes = new Crashes(recordingNeeds, recording);

  const selfTest = new SelfTestService({
    db,
    clock,
    log: custody,
    rooms,
    interviewIn: (room) => {
      const busy = interviews.inStates(['ready', 'recording']).find((one) => one.room.id === room)?.state;
      return busy === 'ready' || busy === 'recording' ? busy : null;
    },
    recorderFolder: (room) => recording.rooms.folder(room),
    settleEarlier: (client) => recording.rooms.acknowledgeEarlier(client),
    ffmpeg,
    disks: () => targets.states(),
    clockFact: async () => {
      const { source, offset_ms } = await readReferenceClock({ clock });
      return { source, offsetMs: offset_ms };
    },
  });

  const levelling = new Levelling({
    db,
    clock,
    log,
    get custody() {
      return custody();
    },
    targets: () => targets.paths(),
    recording: () => recording.rooms.busy,
  });
  const exhibits = new Exhibits(db, (exhibit) => levelling.copiesOf(exhibit));
  const archive = new ArchiveService({
    db,
    clock,
    get custody() {
      return custody();
    },
    exhibits,
    logSigner,
    targets: () => targets.paths(),
    court: () => facts().court,
    ownRoots: () => [facts().rootPem],
    ownLists: () => {
      const newest = revocation.newest();
      return newest === null ? [] : [newest.der];
    },
    newExhibitKey: () => newExhibitKey(recordingNeeds.recipients()),
    openKey: openExhibitKey,
    tsaRoots: () => timestampSettings.list().flatMap(({ rootPem }) => rootPem ?? []),
    copiesOf: (stored, identity) => copies.filesForBag(stored, identity),
    adoptCopies: (exhibit, folders) => copies.adopt(exhibit, folders),
  });
  const authenticity = new CertificateService({
    db,
    archive,
    get custody() {
      return custody();
    },
    clock,
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    software,
    station: () => ({ name: facts().name, court: facts().court }),
    logSigner,
    witnesses: () =>
      witnesses.keys.all().flatMap(({ kind, vkey, title }) => (kind === 'witness' ? [{ vkey, name: title }] : [])),
  });
  const nameOf = (code: string) => accountStore.all().find((account) => account.code === code)?.name ?? code;
  const copies = new CopiesService({
    db,
    clock,
    log,
    get custody() {
      return custody();
    },
    software,
    ffmpeg,
    font: findClockFont,
    stored: (number) => archive.stored(number),
    exhibit: (number) => exhibits.get(number),
    openKey: openExhibitKey,
    signaturesValid,
    openMasters: async (stored, identity, onDamage) => {
      const masters = new OpenExhibit(stored.statement, stored.folders, identity, onDamage);
      await masters.start();
      return masters;
    },
    sink: handOverSink,
    nameOf,
  });
  const hearings = new Hearings({
    db,
    clock,
    get custody() {
      return custody();
    },
    exhibits,
    isJudge: (account) =>
      accountStore.all().some((one) => one.id === account && one.role === 'judge' && one.state === 'active'),
  });
  const playback = new PlaybackService({
    db,
    clock,
    get custody() {
      return custody();
    },
    hearings,
    stored: (number) => archive.stored(number),
    openKey: openExhibitKey,
    signaturesValid: (_, record, folders) => signaturesValid(record, folders),
    nameOf,
  });

  const backups = new BackupService({
    db,
    clock,
    custody,
    facts,
    software,
    own: () => [folder, ...targets.paths()],
    logSigner: () => (stationKeys.isOpen ? logSigner() : null),
    recording: () => recording.rooms.busy,
    disk: systemDisk,
  });

  const destruction = new KeyDestruction({
    db,
    log: custody,
    clock,
    personOf: (account) => accountStore.get(account),
  });
  const settles = options.keysSettleMs === undefined ? {} : { settlesMs: options.keysSettleMs };
  const rotation = new KeyRotation({ db, ring, log: custody, clock, busy: () => recording.rooms.busy, ...settles });
  const jobs = new Jobs(log);
  const screens = new ScreenRegistry(clock);
  const observers = new Observers({ clock, screens, custody, view: (interview) => recording.views.view(interview) });
  const os = implementer({ relations: (person, to, id) => relationsTo(db, person, to, id), log });
  const router = stationRouter(os, {
    administration,
    levelling,
    jobs,
    sessions,
    accounts,
    standing,
    destruction,
    rotation,
    certificates,
    cases,
    interviews,
    rooms,
    recording,
    selfTest,
    observers,
    crashes,
    exhibits,
    archive,
    authenticity,
    copies,
    hearings,
    playback,
    screens,
    custody,
    witnesses,
    logKeys: {
      vkey: () => facts().log.vkey,
      signer: logSigner,
      witness: () => witnessOf(stationKeys.get().logKey),
      open: () => stationKeys.isOpen,
    },
    timestamps,
    timestampSettings,
    jurisdiction,
    backups,
    recipient: () => facts().vaultRecipient,
    nameOf,
    today: () => clock.now(),
    releaseRoom: (interview) => recording.rooms.letGo(interview),
  });
  const media = new StationMedia({
    recording,
    playback,
    copies,
    relations: (person, id) => relationsTo(db, person, 'interview', id),
  });

  const begin = async (): Promise<void> => {
    levelling.start();
    timestamps.start();
    if (readFacts(db) === null) return;
    await crashes.settle();
    await rotation.settle();
    await destruction.settle();
    playback.settle();
    await archive.settle();
    await copies.settle();
  };
  let sweeping: NodeJS.Timeout | undefined;
  return {
    folder,
    http: { router, screens, sessions, media, version: software.version },
    start: async () => {
      await cryptoSelfTest();
      sweeping = setInterval(() => sessions.sweep(), SWEEP_MS).unref();
      if (readFacts(db) !== null) await targets.prepare();
      // A station that was restored begins when somebody has opened its keys.
      if (!restored.waits) await begin();
    },
    busy: () => recording.rooms.busy || playback.busy || copies.busy || jobs.running,
    roots: () => accounts.roots(),
    unsealed: () =>
      (['ended', 'secured'] as const).flatMap((state) =>
        interviews.inStates([state]).map(({ id, exhibit }) => ({ exhibit, interview: id, state })),
      ),
    stop: async () => {
      clearInterval(sweeping);
      jobs.stop();
      await timestamps.stop();
      await levelling.stop();
      await recording.leave();
      await playback.stop();
      await copies.stop();
      sessions.stop();
      stationKeys.forget();
      db.close();
      held.release();
    },
  };
}

/** The station's database, brought to this version. A database from the future is left as it is. */
function openMigrated(folder: string, now: Date) {
  const db = openDatabase(join(folder, 'station.db'));
  try {
    migrate(db, migrations, { backupTo: folder, now });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
