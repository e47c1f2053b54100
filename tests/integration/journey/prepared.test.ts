import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allRunning, makeRoom, planNow, recordAndSeal } from '../../../src/main/cli/journey.ts';
import { jobResult, type Seat } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { processesIn } from '../../support/cli.ts';
import { until } from '../../support/until.ts';
import { failedInPlace, newStation, openStation, signIn } from './seats.ts';

let folder: string;
let station: Station;
let seats: Record<'investigator' | 'clerk' | 'administrator', Seat>;
let passwords: ReadonlyMap<string, string>;
let room: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-prepared-'));
  const made = await newStation(join(folder, 'station'));
  station = made.station;
  seats = made.people.seats;
  passwords = new Map(made.people.accounts.map(({ role, password }) => [role, password]));
  room = await makeRoom(seats.administrator);
});

afterAll(async () => {
  await station.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As a letter of a party brings it. */
const question = {
  id: 'question-of-the-test',
  by: 'prosecutor',
  text: 'Қай күні?',
  priority: 'normal',
  letter: null,
} as const;

/** An interview of whose checklist one item is answered. */
async function prepared() {
  const { client } = seats.investigator;
  const interview = await planNow(seats.investigator, room, 5, new Date());
  const answer = { about: 'wellbeing', of: 'tired', state: 'no' } as const;
  await client.preparation.answer({ interview: interview.id, answer, words: null });
  return interview;
}

/** Damages what the station keeps of an interview. */
function changed(sql: string, interview: string): void {
  const db = new BetterSqlite3(join(station.folder, 'station.db'));
  expect(db.prepare(sql).run(interview).changes).toBe(1);
  db.close();
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
  changed(`UPDATE preparation_answers SET answer = '{"about":"nothing"}' WHERE interview_id = ?`, interview.id);
  const { told, failed } = await recorded(interview);
  expect(told).toEqual([
    { at_ms: expect.any(Number), type: 'note', label: 'preparation-not-kept', reason: 'INTERNAL' },
  ]);
  expect(told[0]?.at_ms).toBeGreaterThan(2_000);
  expect(failed).toEqual([]);
}, 120_000);

it('a cut-off interview goes on without questions that cannot be read, and its checklist is sealed with what was recovered', async () => {
  const { client } = seats.investigator;
  const { id, exhibit } = await prepared();
  await client.questions.send({ interview: id, ...question });
  await client.recording.prepare({ interview: id });
  await allRunning(seats.investigator, id);
  await client.recording.begin({ interview: id, singleTargetConfirmed: false });
  const elapsed = async () => (await client.recording.view({ interview: id })).elapsedMs ?? 0;
  await until('some of it is kept', async () => (await elapsed()) > 3_000, { withinMs: 60_000, everyMs: 100 });
  for (const pid of processesIn(folder)) process.kill(pid, 'SIGKILL');
  const state = async () => (await client.interviews.get({ interview: id })).state;
  await until('it is secured', async () => (await state()) === 'secured', { withinMs: 120_000, everyMs: 100 });
  changed(`UPDATE question_changes SET entry = '{"at_ms":"never"}' WHERE interview_id = ?`, id);
  const next = await client.interviews.goOn({ interview: id });
  expect(next).toMatchObject({ continues: exhibit, state: 'planned' });
  await client.interviews.cancel({ interview: next.id, reason: 'it was only seen that it could go on' });
  const { job } = await client.exhibits.recover({ exhibit });
  await jobResult(client, job);
  const { timeline } = await client.recording.view({ interview: id });
  expect(timeline).toContainEqual(
    expect.objectContaining({ label: 'preparation', attachment: 'attachments/preparation.json' }),
  );
}, 180_000);

it('a beginning that the station did not see to its end has what was asked and prepared before it', async () => {
  const { client } = seats.investigator;
  const plan = await prepared();
  const { id } = plan;
  const [absent] = plan.participants;
  if (absent === undefined) throw new Error('nobody is planned');
  const away = { about: 'person', code: absent.code, state: 'absent' } as const;
  await client.preparation.answer({ interview: id, answer: away, words: null });
  await client.questions.send({ interview: id, ...question });
  await client.recording.prepare({ interview: id });
  await allRunning(seats.investigator, id);
  await client.recording.begin({ interview: id, singleTargetConfirmed: false });
  const before = (await client.recording.view({ interview: id })).timeline;
  expect(before.map(({ type }) => type).sort()).toEqual(['question', 'roster']);
  // As if the station had ended between the recorder's answer and its own note of it.
  await station.stop();
  const db = new BetterSqlite3(join(station.folder, 'station.db'));
  db.prepare("UPDATE interviews SET state = 'ready' WHERE id = ?").run(id);
  db.prepare("UPDATE exhibits SET state = 'planned', started_at = NULL WHERE interview_id = ?").run(id);
  db.prepare('DELETE FROM timeline WHERE interview_id = ?').run(id);
  db.close();
  station = await openStation(station.folder);
  const again = await signIn(station, 'investigator', passwords.get('investigator') ?? '');
  const view = await again.client.recording.view({ interview: id });
  expect(view).toMatchObject({ interview: { state: 'recording' }, timeline: before });
  expect((await again.client.recording.stop({ interview: id, confirmed: true })).state).toBe('sealed');
}, 180_000);
