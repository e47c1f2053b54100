import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Seat } from '../../src/main/cli/seat.ts';
import { jobResult, takeSeat } from '../../src/main/cli/seat.ts';
import { composeStation, type Station } from '../../src/main/composition.ts';
import type { Machine } from '../../src/main/network/index.ts';
import type { Clock } from '../../src/main/platform/clock.ts';
import type { Log } from '../../src/main/platform/log.ts';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { Hearing } from '../../src/shared/contract/hearings.ts';
import type { Role } from '../../src/shared/domain/roles.ts';
import { endAllIn } from './cli.ts';
import { copyOfPrepared } from './prepared.ts';
import { absences } from './testCases.ts';
import { cheapCost } from './testStation.ts';
import { until } from './until.ts';

/** Names and words that occur nowhere else, so that a search for them on the disk means something. */
export const told = {
  childSurname: 'Құралайбекұзақова',
  childGivenName: 'Ақмаржанжібек',
  childIin: '170314699127',
  psychologist: 'Zhuldyz Psychologistova-Quokka',
  prosecutor: 'Prokhor Prosecutorenko-Quagga',
  adminPassword: 'xylophone-tundra-admin-7741',
  cameraPassword: 'camera-pass-zz81-okapi',
  keyFilePassword: 'winter-apples-of-Verny',
  latePassword: 'willow-engine-late-6650',
  laterPassword: 'bramble-lantern-later-2098',
} as const;

/** One person a key: the second ones of a role have no tie to the first one's cases. */
const people = {
  administrator: { role: 'administrator', name: 'Admin Narwhalova', password: told.adminPassword },
  clerk: { role: 'clerk', name: 'Clerk Ibexova', password: 'pelican-orchard-clerk-5523' },
  investigator: { role: 'investigator', name: 'Officer Saigakov', password: 'walnut-drizzle-officer-9034' },
  judge: { role: 'judge', name: 'Judge Marmotova', password: 'cinnamon-glacier-judge-6412' },
  operator: { role: 'operator', name: 'Operator Jerboav', password: 'thistle-harbour-operator-3387' },
  auditor: { role: 'auditor', name: 'Auditor Corsakova', password: 'juniper-anvil-auditor-1296' },
  otherInvestigator: { role: 'investigator', name: 'Other Kulanov', password: 'sorrel-bridge-other-4450' },
  otherJudge: { role: 'judge', name: 'Judge Bustardova', password: 'hazel-comet-other-8871' },
} as const satisfies Record<string, { role: Role; name: string; password: string }>;
export type PersonKey = keyof typeof people;
export const personKeys = Object.keys(people) as PersonKey[];
export const loginOf = (key: PersonKey) => key.toLowerCase();
export const passwordOf = (key: PersonKey) => people[key].password;
/** Names and passwords of everybody. */
export const everySecret = personKeys.map(passwordOf);
export const everyName = personKeys.map((key) => people[key].name);

/** What the station logged, as JSON and not struck out: what may not stand here may not be handed to the log at all. */
export class HeardLog implements Log {
  readonly lines: string[] = [];
  info = (facts: object, sentence: string) => this.#keep('info', facts, sentence);
  warn = (facts: object, sentence: string) => this.#keep('warn', facts, sentence);
  error = (facts: object, sentence: string) => this.#keep('error', facts, sentence);

  #keep(level: string, facts: object, sentence: string): void {
    const plain = JSON.stringify(facts, (_key, value: unknown) =>
      value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
    );
    this.lines.push(`${level} ${sentence} ${plain}`);
  }
}

/** A station in this process in a folder of its own, with its people signed in where it was peopled. */
export interface JourneyStation {
  readonly folder: string;
  readonly station: Station;
  readonly log: HeardLog;
  readonly seats: Readonly<Record<PersonKey, Seat>>;
  /** What the set-up gave: the recovery key stands nowhere else. */
  readonly recovery: { readonly part1: string; readonly part2: string };
  /** Lets go of the station and removes its folder with whatever still runs in it. */
  end(): Promise<void>;
}

/** Calls made through a watched seat: which operation, and what the log grew by while it ran. */
export interface Watch {
  around<T>(operation: string, call: () => Promise<T>): Promise<T>;
}

export interface JourneyOptions {
  readonly clock?: Clock;
  readonly locksAfter?: number;
  readonly machine?: Machine;
  /** Stands around every call of every seat. */
  readonly watch?: (station: Station) => Watch;
}

/** What the set-up gives once. */
const Recovery = z.object({ part1: z.string(), part2: z.string() });
type Recovery = z.infer<typeof Recovery>;

/** A station's people, each on a seat. */
type Seats = JourneyStation['seats'];

/**
 * A station with everybody; certificates and access are given. It is a copy of one that the run made once, unless a clock is
 * given or its calls are watched: then it is set up here.
 */
export async function peopledStation(options: JourneyOptions = {}): Promise<JourneyStation> {
  const { watch: watching, ...composing } = options;
  const folder = await mkdtemp(join(tmpdir(), 'birret-security-'));
  const log = new HeardLog();
  const path = join(folder, 'station');
  const anew = watching !== undefined || composing.clock !== undefined;
  let station: Station | null = null;
  const end = async () => {
    await station?.stop();
    await endAllIn(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const told = anew ? null : await copyOfPrepared(path, { name: 'journey', make: setUpAt, told: Recovery });
    const opened = await openAt(path, log, composing);
    station = opened;
    const watch = watching?.(opened);
    const seat = (): Seat => (watch === undefined ? takeSeat(opened) : watched(takeSeat(opened), watch));
    if (told === null) return { folder: path, station, log, end, ...(await setUp(seat)) };
    return { folder: path, station, log, end, recovery: told, seats: await everybody(signedIn(seat)) };
  } catch (error) {
    await end();
    throw error;
  }
}

async function openAt(folder: string, log: Log, more: Omit<JourneyOptions, 'watch'> = {}): Promise<Station> {
  const station = await composeStation({ folder, create: true, log, cost: cheapCost, keysSettleMs: 0, ...more });
  try {
    await station.start();
    return station;
  } catch (error) {
    await station.stop();
    throw error;
  }
}

async function setUpAt(folder: string): Promise<Recovery> {
  const station = await openAt(folder, new HeardLog());
  try {
    const { part1, part2 } = (await setUp(() => takeSeat(station))).recovery;
    return { part1, part2 };
  } finally {
    await station.stop();
  }
}

/** The first run, and everybody by invitation. */
async function setUp(seat: () => Seat): Promise<{ seats: Seats; recovery: Recovery }> {
  const { administrator, clerk } = people;
  const { recovery } = await seat().client.station.setUp({
    id: 'sec',
    name: 'Security room',
    court: 'Test court',
    languages: ['kk', 'ru', 'en'],
    administrator: { name: administrator.name, login: 'administrator', password: administrator.password },
    keyHolder: { name: clerk.name, login: 'clerk', role: 'clerk', password: clerk.password },
  });
  const comes = signedIn(seat);
  const first = { clerk: await comes('clerk'), administrator: await comes('administrator') };
  const joined = async (key: PersonKey): Promise<Seat> => {
    if (key === 'administrator' || key === 'clerk') return first[key];
    const { name, role, password } = people[key];
    const { code } = await first.administrator.client.accounts.invite({ name, role, login: loginOf(key) });
    const own = seat();
    const { account } = await own.client.session.acceptInvitation({ code, password });
    if (account === null) throw new Error(`${key} did not join`);
    if (account.certificate === 'requested') await first.administrator.client.accounts.certify({ account: account.id });
    if (account.keys === 'waits') await first.clerk.client.accounts.grant({ account: account.id });
    return own;
  };
  return { recovery, seats: await everybody(joined) };
}

/** Takes a seat for a person and signs them in. */
const signedIn =
  (seat: () => Seat) =>
  async (key: PersonKey): Promise<Seat> => {
    const own = seat();
    await own.client.session.signIn({ login: loginOf(key), password: passwordOf(key) });
    return own;
  };

/** One after another: the clerk opens the station's keys. */
async function everybody(comes: (key: PersonKey) => Promise<Seat>): Promise<Seats> {
  const clerk = await comes('clerk');
  return {
    clerk,
    administrator: await comes('administrator'),
    investigator: await comes('investigator'),
    judge: await comes('judge'),
    operator: await comes('operator'),
    auditor: await comes('auditor'),
    otherInvestigator: await comes('otherInvestigator'),
    otherJudge: await comes('otherJudge'),
  };
}

/** One after another in the room's calendar; when each is held is the test's to say. */
let planned = 0;

/** A planned interview of a child with a name, in a room of simulated devices. */
export async function plannedInterview(journey: JourneyStation): Promise<Interview> {
  const { seats } = journey;
  const [there] = await seats.administrator.client.rooms.list();
  const room = there?.id ?? (await simulatedRoom(seats.administrator));
  const { client } = seats.investigator;
  const { id: caseId } = await client.cases.create({ number: `SEC-${Date.now()}`, court: 'Test court' });
  const child = await client.cases.addChild({
    caseId,
    status: 'victim',
    identity: {
      surname: told.childSurname,
      givenName: told.childGivenName,
      birthDate: '2017-03-14',
      iin: told.childIin,
    },
  });
  return await client.interviews.plan({
    caseId,
    childId: child.id,
    kind: 'deposition',
    language: 'kk',
    room,
    plannedAt: new Date(Date.now() + 600_000 * planned++).toISOString(),
    plannedMinutes: 5,
    participants: [
      { capacity: 'psychologist', place: 'interview', name: told.psychologist },
      { capacity: 'prosecutor', place: 'observation', name: told.prosecutor },
    ],
    further: { reason: 'Another one of the test of security', authority: 'Ruling 1' },
    missing: absences,
  });
}

/** The fewest simulated sources that make a room: easy on the machine. */
async function simulatedRoom(seat: Seat): Promise<string> {
  const { devices } = await seat.client.rooms.discover();
  const sources = (['room', 'mic1'] as const).flatMap((place) => {
    const device = devices.find((one) => one.simulated && one.address === place);
    return device === undefined ? [] : [{ place, device, credentials: null }];
  });
  return (await seat.client.rooms.save({ id: null, name: 'Room S', sources })).id;
}

/** Prepares, with one answer on the checklist, and begins; resolves while it records. */
export async function beginRecording({ seats }: JourneyStation, interview: string): Promise<void> {
  const { client } = seats.investigator;
  const rested = { about: 'wellbeing', of: 'tired', state: 'no' } as const;
  await client.preparation.answer({ interview, answer: rested, words: null });
  await client.recording.prepare({ interview });
  await until(
    'every source runs',
    async () =>
      (await client.recording.view({ interview })).recorder?.sources.every((source) => source.state === 'running'),
    { withinMs: 60_000, everyMs: 200 },
  );
  await client.recording.begin({ interview, singleTargetConfirmed: false });
}

/** Waits until so many milliseconds have been recorded. */
export async function recordedFor({ seats }: JourneyStation, interview: string, ms: number): Promise<void> {
  await until(
    `${ms} ms are recorded`,
    async () => ((await seats.investigator.client.recording.view({ interview })).elapsedMs ?? 0) >= ms,
    { withinMs: 60_000, everyMs: 200 },
  );
}

/** The officer hands over, the clerk accepts. */
export async function handOver({ seats }: JourneyStation, exhibit: string): Promise<void> {
  await seats.investigator.client.archive.handOver({ exhibit });
  const { job } = await seats.clerk.client.archive.accept({ exhibit });
  await jobResult(seats.clerk.client, job);
}

/** The clerk schedules a hearing with the judge. */
export async function scheduledHearing({ seats }: JourneyStation, caseId: string, exhibit: string): Promise<Hearing> {
  const { account } = await seats.judge.client.session.me();
  return await seats.clerk.client.hearings.schedule({
    caseId,
    number: 'H-1',
    judge: account?.id ?? '',
    plannedAt: new Date().toISOString(),
    exhibits: [exhibit],
  });
}

/** A seat whose every call goes through `watch`, under its path in the contract: `recording.begin`. */
function watched(seat: Seat, watch: Watch): Seat {
  const areas = new Map<string, unknown>();
  const client = new Proxy(seat.client, {
    get: (target, area) => {
      const of: unknown = Reflect.get(target, area);
      if (typeof area !== 'string' || (typeof of !== 'object' && typeof of !== 'function') || of === null) return of;
      const known = areas.get(area) ?? new Proxy(of, watchedArea(area, watch));
      areas.set(area, known);
      return known;
    },
  });
  return { ...seat, client };
}

const watchedArea = (area: string, watch: Watch): ProxyHandler<object> => ({
  get: (target, name) => {
    const call: unknown = Reflect.get(target, name);
    if (typeof name !== 'string' || typeof call !== 'function') return call;
    return (...given: unknown[]) =>
      watch.around(`${area}.${name}`, async () => (await Reflect.apply(call, undefined, given)) as unknown);
  },
});
