import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expectedRate } from '../../shared/domain/expectedRate.ts';
import { PRACTICE_STATION } from '../../shared/domain/practice.ts';
import { type PasswordCost, readFacts, setUpStation } from '../accounts/index.ts';
import { readPracticePeople, StationAdministration, Targets } from '../administration/index.ts';
import { Attachments } from '../attachments/index.ts';
import { type CasesNeeds, CasesService, InterviewsService, PlanningService } from '../cases/index.ts';
import { JurisdictionService } from '../jurisdiction/index.ts';
import { readReferenceClock } from '../platform/referenceClock.ts';
import { PreparationService } from '../preparation/index.ts';
import { QuestionsService } from '../questions/index.ts';
import {
  Crashes,
  ensureExhibitKey,
  OwnNotes,
  openExhibitKey,
  type RecordingNeeds,
  RecordingService,
  storeKey,
} from '../recording/index.ts';
import { discoverDevices, ffmpegOnce, findNetworkCameras, practiceDevices, RoomsService } from '../rooms/index.ts';
import { SelfTestService } from '../selfTest/index.ts';
import { Voices, Wishes } from '../tablet/index.ts';
import { type Fetch, TimestampSettings, Timestamps } from '../timestamps/index.ts';
import type { Ground } from './ground.ts';
import type { People } from './people.ts';

export interface RoomsOptions {
  readonly cost?: PasswordCost;
  /** How time-stamping authorities are reached; Node's own where none is given. */
  readonly fetch?: Fetch;
  /** A station that is not set up yet becomes a practice station. */
  readonly practice?: boolean;
}

export type Rooms = ReturnType<typeof composeRooms>;

/** How long a time-stamping authority may take. */
const AUTHORITY_MS = 15_000;

/** Cases and planning, rooms and their devices, the way of an interview, and trusted time for what it ends in. */
export function composeRooms(ground: Ground, people: People, options: RoomsOptions) {
  const { db, folder, clock, log, software } = ground;
  const { custody, facts, ring, stationKeys, logSigner, nameOf } = people;
  const jurisdiction = new JurisdictionService({ db, clock, custody, stationId: () => facts().id });
  const casesNeeds: CasesNeeds = {
    ...{ db, clock, log: custody, facts, stationKeys: () => stationKeys.get(), rules: jurisdiction },
    goesOn: (which) => {
      try {
        return db.transaction(() => questions.carry(which))();
      } catch (error) {
        // The child is in the room: an interview goes on also where its open questions cannot be read.
        log.error({ err: error }, 'questions were not carried into the interview that goes on');
        return [];
      }
    },
  };
  const interviews = new InterviewsService(casesNeeds);
  const planning = new PlanningService({ ...casesNeeds, visibleTo: (by) => interviews.list(by) });
  const practice = () => facts().id === PRACTICE_STATION;
  const { ffmpeg, encoders } = ffmpegOnce(process.env, ({ encoder, tests }) => {
    log.info({ encoder, tests }, 'the encoder of this machine was chosen');
  });
  const rooms = new RoomsService({
    db,
    clock,
    log: custody,
    stationRecipient: () => facts().stationRecipient,
    stationIdentity: () => stationKeys.get().identity,
    discover: async () =>
      practice()
        ? { devices: [...practiceDevices], unavailable: [] }
        : await discoverDevices({ ffmpeg: (await ffmpeg()).path }),
    practice,
    encoder: encoders,
    network: async () => (practice() ? [] : await findNetworkCameras()),
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
    setUp: async (input) =>
      (await setUpStation(input, { db, clock, ring, stationKeys, practice: options.practice === true, ...cost }))
        .result,
    targets,
    practicePeople: () => readPracticePeople(folder),
  });
  const { timestamps, timestampSettings } = trustedTime(ground, people, options);
  const recipients = () => ({ vault: facts().vaultRecipient, recovery: facts().recoveryRecipient });
  const stationSigner = () => {
    const { certPem, rootPem } = facts();
    return { code: 'station', certPem, chainPem: [rootPem], privateKey: stationKeys.get().signingKey };
  };
  const attachments = new Attachments({
    db,
    clock,
    log,
    get custody() {
      return custody();
    },
    ensureKey: async (exhibit) => {
      const key = await ensureExhibitKey({ db, recipients, targets: () => targets.paths() }, exhibit);
      return { ...key, usable: await storeKey(key.folders, key.keyAge, true) };
    },
    openKey: openExhibitKey,
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
    phases: (instant) => jurisdiction.phasesAt(instant),
    questionsAtBegin: (interview) => questions.entriesAtBegin(interview),
    rules: (instant) => jurisdiction.readableAt(instant),
    rooms: { sourcesFor: (room) => rooms.sourcesFor(room) },
    baseLines: (room, sources) => selfTest.baseLines(room, sources),
    recipients,
    stationKeys: { signer: stationSigner, logSigner },
    targets: () => targets.paths(),
    timestamps,
    attachments,
    ffmpeg,
    referenceClock: () => readReferenceClock({ clock }),
    onRecorderGone: (interview) => crashes.recorderGone(interview),
    preparation: {
      absentAtBegin: (interview) => preparation.absentAtBegin(interview),
      keep: (interview, actor) => preparation.keep(interview, actor),
    },
  };
  const recording = new RecordingService(recordingNeeds);
  const crashes = new Crashes(recordingNeeds, recording);
  const questions = new QuestionsService({
    ...{ db, clock, custody },
    interview: (id) => interviews.get(id),
    timeline: (id) => interviews.timeline(id),
    elapsedMs: (id) => recording.views.elapsedMs(id),
    addEntry: (id, entry) => interviews.addEntry(id, entry),
    timelineChanged: (id) => recording.views.changedIn(id),
  });
  const voices = new Voices({ ...{ db, clock, custody }, stationId: () => facts().id });
  const wishes = new Wishes({
    ...{ db, voices },
    interview: (id) => interviews.get(id),
    timeline: (id) => interviews.timeline(id),
    elapsedMs: (id) => recording.views.elapsedMs(id),
    addEntry: (id, entry) => interviews.addEntry(id, entry),
    timelineChanged: (id) => recording.views.changedIn(id),
  });
  const ownNotes = new OwnNotes({ db, clock });
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
  const preparation = new PreparationService({
    db,
    clock,
    custody,
    interviews,
    rulesAt: (instant) => jurisdiction.readableAt(instant) ?? jurisdiction.inForce(),
    plannedReasons: (interview) =>
      planning.facts(interview).missing.flatMap(({ anyOf, reason }) => (reason === null ? [] : [{ anyOf, reason }])),
    cameras: (room) =>
      rooms
        .list()
        .flatMap(({ id, sources }) =>
          id === room
            ? sources.filter(({ kind }) => kind === 'video').map(({ id: source, place }) => ({ source, place }))
            : [],
        ),
    test: (room) => {
      const check = selfTest.last().find((one) => one.room === room);
      const newest = check?.newest ?? null;
      return newest === null ? null : { ...newest, newest: newest.test, today: check?.today ?? false };
    },
    preview: (interview, source) => recording.preview(interview, source),
    stationRecipient: () => facts().stationRecipient,
    stationIdentity: () => stationKeys.get().identity,
    vaultRecipient: () => facts().vaultRecipient,
    nameOf,
    attachments,
  });
  const cases = new CasesService(casesNeeds);
  return {
    questions,
    ...{ voices, wishes },
    ...{ jurisdiction, cases, interviews, planning, preparation, ffmpeg, rooms, targets, administration },
    ...{
      timestamps,
      timestampSettings,
      recording,
      crashes,
      ownNotes,
      selfTest,
      attachments,
      recipients,
      stationSigner,
    },
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
