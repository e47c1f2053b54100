import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeRoom, planNow, recordAndSeal } from '../../../src/main/cli/journey.ts';
import { jobResult, type Seat } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { newStation, openStation } from './seats.ts';

let folder: string;
let station: Station;
let seats: Record<'investigator' | 'clerk' | 'judge' | 'administrator' | 'auditor', Seat>;
let exhibit: string;
let hearing: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-shown-'));
  const made = await newStation(join(folder, 'station'));
  station = made.station;
  seats = made.people.seats;
  const room = await makeRoom(seats.administrator);
  const plan = await planNow(seats.investigator, room, 5, new Date());
  ({ exhibit } = await recordAndSeal(seats.investigator, plan.id, { seconds: 3, onRecording: () => undefined }));
  await seats.investigator.client.archive.handOver({ exhibit });
  await jobResult(seats.clerk.client, (await seats.clerk.client.archive.accept({ exhibit })).job);
  const people = await seats.clerk.client.accounts.people();
  const judge = people.find((person) => person.role === 'judge')?.id ?? '';
  const plannedAt = new Date().toISOString();
  const scheduled = { caseId: plan.caseId, number: '1', judge, plannedAt, exhibits: [exhibit] };
  hearing = (await seats.clerk.client.hearings.schedule(scheduled)).id;
  await seats.judge.client.hearings.open({ hearing });
  await seats.judge.client.playback.open({ hearing, exhibit });
});

afterAll(async () => {
  await station.stop();
  await rm(folder, { recursive: true, force: true });
});

/** How many events of the log say that something was played, and who said so. */
async function playedEvents(): Promise<string[]> {
  const { events } = await seats.auditor.client.custody.list({ before: null, count: 200 });
  return events.filter((event) => event.action === 'playback.played').map((event) => event.role);
}

async function present(playing: boolean, from: number, to: number) {
  const presented = { exhibit, atMs: to, playing, rate: 1, view: 'both' } as const;
  return await seats.judge.client.playback.present({ hearing, presented, shown: [[from, to]] });
}

it('the courtroom has a screen of its own by a code, which the judge sees and sends away', async () => {
  const { client: judge } = seats.judge;
  const before = await judge.pairing.courtroomScreens({ hearing });
  const { code } = await judge.pairing.offerCourtroom({ hearing });
  const arriving = { address: '127.0.0.1', label: 'Wall', door: 'local' } as const;
  expect(station.http.pairing.enter(code, arriving).screen).toMatchObject({ kind: 'courtroom', of: hearing });
  expect(() => station.http.pairing.enter(code, arriving)).toThrow('PAIRING_CODE_USED');
  const [wall] = await judge.pairing.courtroomScreens({ hearing });
  expect(wall).toMatchObject({ kind: 'courtroom', label: 'Wall', network: false });
  await judge.pairing.endCourtroom({ hearing, screen: wall?.id ?? '' });
  expect(await judge.pairing.courtroomScreens({ hearing })).toEqual(before);
  const { events } = await seats.auditor.client.custody.list({ before: null, count: 10 });
  const actions = events.map(({ action }) => action).filter((action) => action.startsWith('screen.'));
  expect(actions.sort()).toEqual(['screen.connected', 'screen.ended', 'screen.offered']);
});

it('keeps every stretch at once and logs them merged at the pause', async () => {
  await present(true, 0, 500);
  const { played } = await present(true, 500, 1000);
  expect(played).toEqual([{ exhibit, ranges: [[0, 1000]] }]);
  expect(await playedEvents()).toEqual([]);
  await present(false, 1000, 1200);
  expect(await playedEvents()).toEqual(['judge']);
});

it('logs after the next start what a station that ended had only kept', async () => {
  await present(true, 1200, 1500);
  await station.stop();
  station = await openStation(join(folder, 'station'));
  const db = new Database(join(folder, 'station', 'station.db'), { readonly: true });
  const last = db.prepare('SELECT bytes FROM custody_events ORDER BY idx DESC LIMIT 1').pluck().get();
  db.close();
  expect(JSON.parse(String(last))).toMatchObject({
    action: 'playback.played',
    actor: { role: 'station' },
    details: { hearing, ranges: [[1200, 1500]] },
  });
});
