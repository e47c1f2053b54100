import { join } from 'node:path';
import { readFacts, relationsTo, type Sessions } from './accounts/index.ts';
import { composeClosing } from './composition/closing.ts';
import { composeEvidence, type EvidenceOptions } from './composition/evidence.ts';
import type { Ground } from './composition/ground.ts';
import { composePeople, type PeopleOptions } from './composition/people.ts';
import { composeRooms, type RoomsOptions } from './composition/rooms.ts';
import { screenSubjects } from './composition/screenSubjects.ts';
import { witnessOf } from './custody/index.ts';
import { migrate, migrations, openDatabase } from './database/index.ts';
import { type Machine, NetworkService, PairedRows, PairingCodes, PairingTries } from './network/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Log } from './platform/log.ts';
import { productVersion } from './platform/product.ts';
import { openStationFolder, type StationFolder } from './platform/stationFolder.ts';
import {
  implementer,
  Jobs,
  Observers,
  Pairing,
  ScreenRegistry,
  StationBeside,
  StationMedia,
  type StationRouter,
  stationRouter,
} from './server/index.ts';
import type { Voices } from './tablet/index.ts';
import { cryptoSelfTest } from './vault/index.ts';

export interface ComposeOptions extends Omit<PeopleOptions, 'begun'>, RoomsOptions, EvidenceOptions {
  readonly folder: string;
  /** Makes a station of a folder that is not there or empty. */
  readonly create: boolean;
  readonly log: Log;
  readonly clock?: Clock;
  /** Addresses and name of this machine; the true ones where nothing is given. */
  readonly machine?: Machine;
}

/** How often idle sessions are looked for, so that keys do not outlive their person's attention. */
const SWEEP_MS = 5_000;

/** A station, put together and holding its folder. */
export interface Station {
  readonly folder: string;
  /** What the HTTP application needs of it. */
  readonly http: {
    readonly router: StationRouter;
    readonly screens: ScreenRegistry;
    readonly sessions: Sessions;
    readonly pairing: Pairing;
    readonly media: StationMedia;
    readonly beside: StationBeside;
    readonly voices: Voices;
    readonly version: string;
  };
  /** The court's network; the one who serves the station gives it what its door serves. */
  readonly network: NetworkService;
  readonly clock: Clock;
  /** Settles what a crash left; then the station may answer. */
  start(): Promise<void>;
  /** Whether its first run is behind it. */
  configured(): boolean;
  /** True while something is prepared, recorded, played or worked on. */
  busy(): boolean;
  roots(): { stationRootPem: string; chain: readonly string[] };
  /** What was recorded and is not sealed: ended and waiting for keys, or secured after a crash. */
  unsealed(): { readonly exhibit: string; readonly interview: string; readonly state: 'ended' | 'secured' }[];
  /** Lets go of everything; a recording that is under way goes on in its recorder. */
  stop(): Promise<void>;
}

/**
 * Puts the station together, floor by floor (`composition/`), and opens its door.
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
  const folder = held.path;
  const db = openMigrated(folder, clock.now());
  const ground: Ground = { db, folder, clock, log, software: productVersion() };
  const people = composePeople(ground, { ...options, begun: () => begin() });
  const floor = composeRooms(ground, people, options);
  const evidence = composeEvidence(ground, people, floor, options);
  const closing = composeClosing(ground, people, floor, evidence);
  const { custody, facts, stationKeys, sessions, restored, destruction } = people;
  const { interviews, targets, timestamps, recording, crashes, attachments } = floor;
  const { levelling, archive, copies, supplements, hearings, playback, rotation } = evidence;

  const jobs = new Jobs(log);
  const screens = new ScreenRegistry(clock, new PairedRows(db));
  const codes = new PairingCodes(clock);
  const observers = new Observers({
    ...{ clock, screens, codes, custody },
    view: (interview) => recording.views.view(interview),
  });
  const subjectOf = screenSubjects({ hearings, interviews });
  const network = new NetworkService({
    ...{ db, clock, log, custody, facts },
    identity: () => (stationKeys.isOpen ? stationKeys.get().identity : null),
    screens: () => screens.onNetwork,
    ...(options.machine === undefined ? {} : { machine: options.machine }),
  });
  const pairing = new Pairing({
    ...{ log, screens, codes, custody, tries: new PairingTries(clock), subject: subjectOf },
    stationId: () => facts().id,
    reach: () => network.reach(),
  });
  const os = implementer({ relations: (person, to, id) => relationsTo(db, person, to, id), log });
  const router = stationRouter(os, {
    ...people,
    ...floor,
    ...evidence,
    ...closing,
    ...{ jobs, screens, observers, pairing, network },
    exhibitOf: (interview) => interviews.get(interview).exhibit,
    logKeys: {
      vkey: () => facts().log.vkey,
      signer: people.logSigner,
      witness: () => witnessOf(stationKeys.get().logKey),
      open: () => stationKeys.isOpen,
    },
    recipient: () => facts().vaultRecipient,
    today: () => clock.now(),
    releaseRoom: (interview) => recording.rooms.letGo(interview),
  });
  const media = new StationMedia({
    recording,
    playback,
    reviews: closing.reviews,
    copies,
    relations: (person, id) => relationsTo(db, person, 'interview', id),
  });

  const beside = new StationBeside({
    ...{ attachments, supplements, custody },
    relations: (person, id) => relationsTo(db, person, 'exhibit', id),
  });

  const begin = async (): Promise<void> => {
    levelling.start();
    timestamps.start();
    if (readFacts(db) === null) return;
    await crashes.settle();
    await attachments.settle();
    await rotation.settle();
    await destruction.settle();
    playback.settle();
    await archive.settle();
    await copies.settle();
    await supplements.settle();
  };
  let sweeping: NodeJS.Timeout | undefined;
  return {
    folder,
    http: { router, screens, sessions, pairing, media, beside, voices: floor.voices, version: ground.software.version },
    ...{ network, clock },
    start: async () => {
      await cryptoSelfTest();
      screens.start();
      sweeping = setInterval(() => {
        sessions.sweep();
        screens.sweep(({ kind, of }) => of === null || subjectOf({ kind, of }) === null);
      }, SWEEP_MS).unref();
      if (readFacts(db) !== null) await targets.prepare();
      // A station that was restored begins when somebody has opened its keys.
      if (!restored.waits) await begin();
    },
    configured: () => readFacts(db) !== null,
    busy: () => recording.rooms.busy || playback.busy || copies.busy || jobs.running,
    roots: () => people.accounts.roots(),
    unsealed: () =>
      (['ended', 'secured'] as const).flatMap((state) =>
        interviews.inStates([state]).map(({ id, exhibit }) => ({ exhibit, interview: id, state })),
      ),
    stop: async () => {
      clearInterval(sweeping);
      await network.stop();
      jobs.stop();
      await timestamps.stop();
      await levelling.stop();
      await recording.leave();
      await playback.stop();
      await closing.reviews.stop();
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
