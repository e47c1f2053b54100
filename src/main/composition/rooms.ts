import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expectedRate } from '../../shared/domain/expectedRate.ts';
import { type PasswordCost, readFacts, setUpStation } from '../accounts/index.ts';
import { StationAdministration, Targets } from '../administration/index.ts';
import { CasesService, InterviewsService } from '../cases/index.ts';
import { JurisdictionService } from '../jurisdiction/index.ts';
import { readReferenceClock } from '../platform/referenceClock.ts';
import { Crashes, type RecordingNeeds, RecordingService } from '../recording/index.ts';
import { discoverDevices, ffmpegOnce, findNetworkCameras, RoomsService } from '../rooms/index.ts';
import { SelfTestService } from '../selfTest/index.ts';
import { type Fetch, TimestampSettings, Timestamps } from '../timestamps/index.ts';
import type { Ground } from './ground.ts';
import type { People } from './people.ts';

export interface RoomsOptions {
  readonly cost?: PasswordCost;
  /** How time-stamping authorities are reached; Node's own where none is given. */
  readonly fetch?: Fetch;
}

export type Rooms = ReturnType<typeof composeRooms>;

/** How long a time-stamping authority may take. */
const AUTHORITY_MS = 15_000;

/** Cases and planning, rooms and their devices, the way of an interview, and trusted time for what it ends in. */
export function composeRooms(ground: Ground, people: People, options: RoomsOptions) {
  const { db, folder, clock, log, software } = ground;
  const { custody, facts, ring, stationKeys, logSigner } = people;
  const jurisdiction = new JurisdictionService({ db, clock, custody, stationId: () => facts().id });
  const casesNeeds = { db, clock, log: custody, facts, stationKeys: () => stationKeys.get(), rules: jurisdiction };
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
  const cost = options.cost === undefined ? {} : { cost: options.cost };
  const administration = new StationAdministration({
    db,
    version: software.version,
    custody,
    facts: () => readFacts(db),
    setUp: async (input) => (await setUpStation(input, { db, clock, ring, stationKeys, ...cost })).result,
    targets,
  });
  const { timestamps, timestampSettings } = trustedTime(ground, people, options);
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
    phases: (instant) => jurisdiction.phasesAt(instant),
    rules: (instant) => jurisdiction.readableAt(instant),
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
  const cases = new CasesService(casesNeeds);
  return {
    ...{ jurisdiction, cases, interviews, ffmpeg, rooms, targets, administration },
    ...{ timestamps, timestampSettings, recording, crashes, selfTest, recipients: recordingNeeds.recipients },
  };
}

function trustedTime({ db, clock, log }: Ground, { custody, facts, openLogSigner }: People, options: RoomsOptions) {
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
    logSigner: openLogSigner,
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
  return { timestamps, timestampSettings };
}
