import { setTimeout as delay } from 'node:timers/promises';
import type { Interview } from '../../shared/contract/cases.ts';
import type { RecordingView, SealCard } from '../../shared/contract/recording.ts';
import { simulationOf } from '../../shared/domain/practice.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Seat } from './seat.ts';

/** Makes the demo's room with the simulated devices, unless the station has a room already; gives a room's id. */
export async function makeRoom(keeper: Seat, name = 'Room 1'): Promise<string> {
  const [room] = await keeper.client.rooms.list();
  if (room !== undefined) return room.id;
  const { devices } = await keeper.client.rooms.discover();
  const simulated = (['room', 'face', 'mic1', 'mic2'] as const).flatMap((place) => {
    const device = devices.find((one) => one.simulated && simulationOf(one.address) === place);
    return device === undefined ? [] : [{ place, device, credentials: null }];
  });
  if (simulated.length < 4) throw new Refusal('DEVICE_MISSING');
  return (await keeper.client.rooms.save({ id: null, name, sources: simulated })).id;
}

/** Plans an interview for now, of a new child in a new case. Every name is of the demo. */
export async function planNow(investigator: Seat, room: string, minutes: number, now: Date): Promise<Interview> {
  const { client } = investigator;
  const stamp = now.toISOString().replaceAll(/\D/g, '').slice(2, 17);
  const { id: caseId } = await client.cases.create({ number: `DEMO-${stamp}`, court: 'Demo court (simulated)' });
  const child = await client.cases.addChild({
    caseId,
    status: 'witness',
    identity: {
      surname: 'Demo',
      givenName: `Child ${stamp}`,
      birthDate: `${now.getUTCFullYear() - 9}-03-14`,
      // A number of their own: without one, children of one surname and one birth date are perhaps the same.
      iin: stamp.slice(-12),
    },
  });
  return await client.interviews.plan({
    caseId,
    childId: child.id,
    kind: 'deposition',
    language: 'kk',
    room,
    plannedAt: now.toISOString(),
    plannedMinutes: minutes,
    participants: [
      { capacity: 'psychologist', place: 'interview', name: 'Demo psychologist' },
      { capacity: 'investigating-judge', place: 'interview', name: 'Demo investigating judge' },
      { capacity: 'prosecutor', place: 'observation', name: 'Demo prosecutor' },
      { capacity: 'defence', place: 'observation', name: 'Demo defence' },
    ],
    further: null,
  });
}

/** How often a running recording is looked at. */
const LOOK_MS = 500;

export interface RecordOptions {
  readonly seconds: number;
  /** Called as soon as every track grows. */
  readonly onRecording: (view: RecordingView) => void;
}

/** Prepares, records for `seconds`, stops and seals one planned interview, with chapters and markers on the way. */
export async function recordAndSeal(investigator: Seat, interview: string, options: RecordOptions): Promise<SealCard> {
  const { client } = investigator;
  options.onRecording(await begin(investigator, interview));
  const began = performance.now();
  const until = (share: number) => recordedUntil(investigator, interview, began + options.seconds * 1000 * share);
  const { phases } = await client.recording.view({ interview });
  const chapter = async (phase: string | undefined) => {
    if (phase !== undefined) await client.recording.mark({ interview, type: 'chapter', phase });
  };
  await chapter(phases[0]?.id);
  await until(0.3);
  await chapter(phases[Math.floor(phases.length / 2)]?.id);
  await until(0.5);
  await client.recording.mark({ interview, type: 'marker', label: '' });
  await until(0.8);
  await chapter(phases.at(-1)?.id);
  await until(1);
  const stopped = await client.recording.stop({ interview, confirmed: true });
  if (stopped.state !== 'sealed') throw new Refusal('STATION_KEYS_LOCKED');
  return stopped.card;
}

/** Begins, or calls the interview off: what could not begin shall not keep its room from others. */
async function begin(seat: Seat, interview: string): Promise<RecordingView> {
  const { client } = seat;
  try {
    await client.recording.prepare({ interview });
    await allRunning(seat, interview);
    return await client.recording.begin({ interview, singleTargetConfirmed: false });
  } catch (error) {
    // Why it did not begin is what counts; a plan that cannot be called off either stays, and says so itself.
    await client.interviews.cancel({ interview, reason: 'The recording did not begin.' }).catch(() => undefined);
    throw error;
  }
}

/**
 * Waits until `deadline` (of `performance.now()`) with an eye on the recording, as a person at the screen has.
 * @throws Refusal RECORDER_LOST as soon as it is no longer recorded: what was recorded has been secured then
 */
async function recordedUntil(seat: Seat, interview: string, deadline: number): Promise<void> {
  for (let left = deadline - performance.now(); left > 0; left = deadline - performance.now()) {
    await delay(Math.min(left, LOOK_MS));
    const view = await seat.client.recording.view({ interview });
    if (view.interview.state !== 'recording') throw new Refusal('RECORDER_LOST');
  }
}

/** Waits, as a person at the screen would, until every source shows that it runs. */
export async function allRunning(seat: Seat, interview: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const { recorder } = await seat.client.recording.view({ interview });
    if (recorder?.sources.every((source) => source.state === 'running') === true) return;
    await delay(100);
  }
}
