import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeRoom, planNow, recordAndSeal } from '../../../src/main/cli/journey.ts';
import type { Seat } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { failedInPlace, newStation } from './seats.ts';

let folder: string;
let station: Station;
let seats: Record<'investigator' | 'clerk' | 'administrator', Seat>;
let room: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-prepared-'));
  const made = await newStation(join(folder, 'station'));
  station = made.station;
  seats = made.people.seats;
  room = await makeRoom(seats.administrator);
});

afterAll(async () => {
  await station.stop();
  await rm(folder, { recursive: true, force: true });
});

/** An interview of whose checklist one item is answered. */
async function prepared() {
  const { client } = seats.investigator;
  const interview = await planNow(seats.investigator, room, 5, new Date());
  const answer = { about: 'wellbeing', of: 'tired', state: 'no' } as const;
  await client.preparation.answer({ interview: interview.id, answer, words: null });
  return interview;
}

/** Records and seals it; what its timeline says of the checklist, and which checks of its exhibit failed. */
async function recorded({ id, exhibit }: { id: string; exhibit: string }) {
  const { client } = seats.investigator;
  await recordAndSeal(seats.investigator, id, { seconds: 3, onRecording: () => undefined });
  const { timeline } = await client.recording.view({ interview: id });
  const told = timeline.filter(({ label }) => label?.startsWith('preparation') === true);
  await client.archive.handOver({ exhibit });
  return { told, failed: await failedInPlace(seats.clerk, exhibit) };
}

it('the checklist is part of what is sealed', async () => {
  const { told, failed } = await recorded(await prepared());
  expect(told).toEqual([{ at_ms: 0, type: 'note', label: 'preparation', attachment: 'attachments/preparation.json' }]);
  expect(failed).toEqual([]);
}, 120_000);

it('a checklist that cannot be read neither stops a recording nor keeps it from being sealed, and the record says so', async () => {
  const interview = await prepared();
  const db = new BetterSqlite3(join(station.folder, 'station.db'));
  db.prepare(`UPDATE preparation_answers SET answer = '{"about":"nothing"}' WHERE interview_id = ?`).run(interview.id);
  db.close();
  const { told, failed } = await recorded(interview);
  expect(told).toEqual([
    { at_ms: expect.any(Number), type: 'note', label: 'preparation-not-kept', reason: 'INTERNAL' },
  ]);
  expect(told[0]?.at_ms).toBeGreaterThan(2_000);
  expect(failed).toEqual([]);
}, 120_000);
