import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seat } from '../../../src/main/cli/seat.ts';
import { SelfTestDone } from '../../../src/shared/contract/selfTest.ts';
import type { RoomTest } from '../../../src/shared/domain/selfTest.ts';
import { codeOf } from '../../support/contractTable.ts';
import { type JourneyStation, peopledStation, plannedInterview } from '../../support/journey.ts';
import { until } from '../../support/until.ts';

const LONG = 240_000;
let journey: JourneyStation;
let room: string;
let operator: Seat['client'];
beforeAll(async () => {
  journey = await peopledStation();
  operator = journey.seats.operator.client;
  room = (await plannedInterview(journey)).room.id;
}, LONG);
afterAll(() => journey?.end(), LONG);

/** Ends with the job, whatever becomes of it. */
async function ended(job: string) {
  let state = await operator.jobs.state({ job });
  await until(
    'the check is over',
    async () => {
      state = await operator.jobs.state({ job });
      return state.state !== 'running';
    },
    { withinMs: 200_000, everyMs: 300 },
  );
  return state;
}

async function tested(): Promise<RoomTest> {
  const { job } = await operator.selfTest.run({ room });
  const state = await ended(job);
  expect(state.error).toBe(null);
  const { test } = SelfTestDone.parse(state.result);
  const newest = (await operator.selfTest.history({ room }))[0]?.test;
  expect(newest?.id).toBe(test);
  if (newest === undefined) throw new Error('no test was kept');
  return newest;
}

/** What was found of a source, but for what only says that this machine is slow at the moment. */
const codes = (test: RoomTest, source: string) =>
  test.sources
    .find((one) => one.source === source)
    ?.findings.map(({ code }) => code)
    .filter((code) => code !== 'too-little' && code !== 'few-pictures');
const events = async (action: string) =>
  (await journey.seats.auditor.client.custody.list({ before: null, count: 200 })).events.filter(
    (event) => event.action === action,
  );

/** No list offers the faulty simulations and no operation takes them: they are written where the room is kept. */
function makeFaulty(from: string, to: string): void {
  const db = new BetterSqlite3(join(journey.folder, 'station.db'));
  db.prepare('UPDATE rooms SET sources = replace(sources, ?, ?)').run(`"address":"${from}"`, `"address":"${to}"`);
  db.close();
}

describe('the morning self-test', () => {
  it('begins with a room that was never checked', async () => {
    expect(await operator.selfTest.last()).toEqual([{ room, newest: null, today: false, baselineAt: null }]);
    expect(await codeOf(() => operator.selfTest.run({ room: 'nowhere' }))).toBe('ROOM_UNKNOWN');
    expect(await codeOf(() => operator.selfTest.setBaseline({ test: 'none' }))).toBe('SELF_TEST_UNKNOWN');
  });

  it(
    'plays every source back, keeps figures and no picture, and lets the room go',
    async () => {
      const test = await tested();
      expect(test).toMatchObject({ room, simulated: true });
      expect(codes(test, 'room')).toEqual([]);
      expect(codes(test, 'mic1')).toEqual([]);
      const [camera, microphone] = test.sources;
      expect(camera).toMatchObject({ simulated: true, compared: false, sound: null });
      expect(camera?.picture).toMatchObject({ width: 1280, height: 720 });
      expect(camera?.picture?.frames).toBeGreaterThan(10);
      expect(microphone?.sound?.rms).toBeGreaterThan(-60);
      const [stands] = await operator.selfTest.last();
      expect(stands).toMatchObject({ today: true, baselineAt: null });
      const [event] = await events('room.tested');
      expect(event?.subject).toEqual({ type: 'room', id: room });

      expect(await journey.seats.investigator.client.selfTest.stills({ test: test.id })).toEqual([]);
      const stills = await operator.selfTest.stills({ test: test.id });
      expect(stills.map(({ source }) => source)).toEqual(['room']);
      expect(
        Buffer.from(stills[0]?.jpeg ?? '', 'base64')
          .subarray(0, 2)
          .toString('hex'),
      ).toBe('ffd8');
      expect(await operator.selfTest.stills({ test: test.id })).toEqual([]);
    },
    LONG,
  );

  it(
    'holds later tests to the base line that a person set',
    async () => {
      const first = (await operator.selfTest.history({ room }))[0]?.test;
      const check = await operator.selfTest.setBaseline({ test: first?.id ?? '' });
      expect(check.baselineAt).not.toBe(null);
      expect(await events('room.baseline-set')).toHaveLength(1);
      const test = await tested();
      expect(test.sources.map(({ compared }) => compared)).toEqual([true, true]);
      expect([...(codes(test, 'room') ?? []), ...(codes(test, 'mic1') ?? [])]).toEqual([]);
      // No longer the newest: a later test knows better.
      expect(await codeOf(() => operator.selfTest.setBaseline({ test: first?.id ?? '' }))).toBe('SELF_TEST_OUTDATED');
    },
    LONG,
  );

  it(
    'finds a covered lens and a muted microphone, which are no base line',
    async () => {
      makeFaulty('room', 'dark-room');
      makeFaulty('mic1', 'mute-mic1');
      const test = await tested();
      expect(test.light).toBe('red');
      expect(codes(test, 'room')).toEqual(['black']);
      expect(codes(test, 'mic1')).toEqual(['silent']);
      expect(test.sources.every(({ compared }) => !compared)).toBe(true);
      expect(await codeOf(() => operator.selfTest.setBaseline({ test: test.id }))).toBe('BASELINE_UNSUITABLE');
      makeFaulty('dark-room', 'room');
      makeFaulty('mute-mic1', 'mic1');
    },
    LONG,
  );

  it(
    'can be cancelled, and runs once at a time',
    async () => {
      const { job } = await operator.selfTest.run({ room });
      expect(await codeOf(() => operator.selfTest.run({ room }))).toBe('SELF_TEST_RUNNING');
      await operator.jobs.cancel({ job });
      expect((await ended(job)).state).toBe('cancelled');
    },
    LONG,
  );

  it(
    'gives way to an interview, and never touches a room that has one',
    async () => {
      const { client } = journey.seats.investigator;
      const { id: interview } = await plannedInterview(journey);
      const { job } = await operator.selfTest.run({ room });
      await until('the sources run', async () => ((await operator.jobs.state({ job })).progress ?? 0) > 0, {
        withinMs: 60_000,
      });
      await client.recording.prepare({ interview });
      expect((await ended(job)).error?.code).toBe('SELF_TEST_INTERRUPTED');
      expect(await codeOf(() => operator.selfTest.run({ room }))).toBe('SELF_TEST_WHILE_READY');
      expect((await client.recording.view({ interview })).recorder?.phase).toBe('ready');
      await client.recording.release({ interview });
      expect((await tested()).light).not.toBe('red');
    },
    LONG,
  );
});
