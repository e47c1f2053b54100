import { tmpdir } from 'node:os';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationOf, HttpDesk } from '../support/httpDesk.ts';
import { type JourneyStation, passwordOf, peopledStation } from '../support/journey.ts';
import { StillClock } from '../support/testStation.ts';

const clock = new StillClock();
const LOCKS_AFTER = 600;
let journey: JourneyStation;
let app: Hono;

beforeAll(async () => {
  journey = await peopledStation({ clock, locksAfter: LOCKS_AFTER });
  app = applicationOf(journey.station, journey.log, tmpdir());
}, 180_000);
afterAll(() => journey?.end());

async function investigator(): Promise<HttpDesk> {
  const desk = new HttpDesk(app);
  await desk.enter();
  const { status } = await desk.rpc('session.signIn', {
    login: 'investigator',
    password: passwordOf('investigator'),
  });
  expect(status).toBe(200);
  return desk;
}
const locked = async (desk: HttpDesk) => {
  const { json } = await desk.rpc('session.me');
  return (json as { json: { locked: boolean; account: unknown } }).json;
};

describe('a session that nobody attends', () => {
  it('locks, however often its screen asks by itself', async () => {
    const desk = await investigator();
    for (let second = 0; second < LOCKS_AFTER; second += 60) {
      clock.forward(60);
      for (const asked of ['session.me', 'station.info', 'station.capabilities']) await desk.rpc(asked);
      await desk.rpc('jobs.state', { job: 'none' });
      await desk.rpc('recording.view', { interview: 'none' });
      await desk.request('/media/e/t/index.m3u8');
      await desk.request('/preview/i/room.jpg');
    }
    expect(await locked(desk)).toMatchObject({ locked: true });
    expect((await desk.rpc('cases.list')).code).toBe('SESSION_LOCKED');
    const session = journey.station.http.sessions.find([...desk.cookies.values()].at(-1), { touch: true });
    expect(session?.keys ?? null).toBeNull();
  });

  it('stays open while a person acts', async () => {
    const desk = await investigator();
    for (let second = 0; second < LOCKS_AFTER * 2; second += 300) {
      clock.forward(300);
      expect((await desk.rpc('cases.list')).status).toBe(200);
    }
    expect(await locked(desk)).toMatchObject({ locked: false });
  });

  it('is over after half a day, and ended at once by signing out', async () => {
    const desk = await investigator();
    const taken = new Map(desk.cookies);
    clock.forward(LOCKS_AFTER + 12 * 3600);
    expect(await locked(desk)).toMatchObject({ account: null });
    expect((await desk.rpc('session.unlock', { password: passwordOf('investigator') })).code).toBe('SESSION_MISSING');

    const other = await investigator();
    for (const [name, value] of other.cookies) taken.set(name, value);
    expect((await other.rpc('session.signOut')).status).toBe(200);
    const thief = new HttpDesk(app);
    for (const [name, value] of taken) thief.cookies.set(name, value);
    expect((await thief.rpc('cases.list')).code).toBe('SESSION_MISSING');
  });
});
