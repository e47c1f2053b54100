import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ObserverView } from '../../src/shared/contract/observers.ts';
import { loggedRows } from '../support/eventWatch.ts';
import { applicationOf, HttpDesk, said } from '../support/httpDesk.ts';
import {
  beginRecording,
  type JourneyStation,
  loginOf,
  type PersonKey,
  passwordOf,
  peopledStation,
  personKeys,
  plannedInterview,
  told,
} from '../support/journey.ts';
import { until } from '../support/until.ts';

let journey: JourneyStation;
let app: Hono;
let outside: string;
/** The one that is recorded, and another one of the same officer. */
let id: string;
let other: string;
let exhibit: string;
const desks = new Map<PersonKey, HttpDesk>();

const deskOf = (key: PersonKey): HttpDesk => {
  const desk = desks.get(key);
  if (desk === undefined) throw new Error(key);
  return desk;
};
const playlist = (of = id, track = 'room') => `/media/live/${of}/${track}/index.m3u8`;
const Admitted = z.object({ json: z.object({ code: z.string(), path: z.literal('/observe') }) });

/** A screen that `key` admits to `of`. */
async function observersOf(key: PersonKey, of = id): Promise<HttpDesk> {
  const { code } = Admitted.parse((await deskOf(key).rpc('observers.admit', { interview: of })).json).json;
  const screen = new HttpDesk(app);
  expect(await (await screen.enter(code)).text()).toContain('url=/observe');
  return screen;
}

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'birret-live-'));
  await mkdir(join(outside, 'assets'));
  await writeFile(join(outside, 'index.html'), '<!doctype html>');
  journey = await peopledStation();
  app = applicationOf(journey.station, journey.log, outside);
  for (const key of personKeys) {
    const desk = new HttpDesk(app);
    await desk.enter();
    expect((await desk.rpc('session.signIn', { login: loginOf(key), password: passwordOf(key) })).status).toBe(200);
    desks.set(key, desk);
  }
  const planned = await plannedInterview(journey);
  ({ id, exhibit } = planned);
  other = (await plannedInterview(journey)).id;
}, 180_000);
afterAll(async () => {
  await journey?.end();
  await rm(outside, { recursive: true, force: true });
});

it('before anything is recorded there is nothing to see, for anybody', async () => {
  expect((await said(await deskOf('investigator').request(playlist()))).code).toBe('RECORDER_NOT_RUNNING');
  for (const key of personKeys.filter((one) => one !== 'investigator')) {
    expect(await said(await deskOf(key).request(playlist())), key).toMatchObject({ status: 403, code: 'TIE_REFUSED' });
  }
  const screen = await observersOf('investigator');
  expect((await said(await screen.request(playlist()))).code).toBe('RECORDER_NOT_RUNNING');
  const view = z.object({ json: ObserverView }).parse((await screen.rpc('observers.watch', { interview: id })).json);
  const nothing = { elapsedMs: null, phase: null, phases: [], pause: false, wish: null, present: [] };
  expect(view.json).toMatchObject({ state: 'before', tracks: [], ...nothing });
});

it('the live view is for the officer, the operator and the admitted screens of this interview', async () => {
  await beginRecording(journey, id);
  const desk = deskOf('investigator');
  const answer = await until('the first second is there', async () => {
    const got = await desk.request(playlist());
    return got.status === 200 ? got : null;
  });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
  const newest = () =>
    desk
      .request(playlist())
      .then(async (got) => `/media/live/${id}/room/${(await got.text()).trim().split('\n').at(-1)}`);
  const map = `/media/live/${id}/room/1/0.mp4`;

  const observers = await observersOf('operator');
  const officers = await observersOf('investigator');
  for (const [name, viewer] of [
    ['officer', desk],
    ['operator', deskOf('operator')],
    ['observers of the operator', observers],
    ['observers of the officer', officers],
  ] as const) {
    for (const path of [playlist(), playlist(id, 'mic1'), map, await newest()]) {
      await until(`${name} ${path}`, async () => (await viewer.request(path)).status === 200);
      expect((await viewer.request(path)).headers.get('cache-control'), `${name} ${path}`).toBe('no-store');
    }
  }
  const bytes = Buffer.from(await (await observers.request(map)).arrayBuffer());
  expect(bytes.subarray(4, 8).toString('latin1')).toBe('ftyp');
  expect(bytes.length).toBe(Number((await observers.request(map)).headers.get('content-length')));

  const strangers: readonly (readonly [string, HttpDesk, string])[] = [
    ...personKeys
      .filter((key) => key !== 'investigator' && key !== 'operator')
      .map((key) => [key, deskOf(key), 'TIE_REFUSED'] as const),
    ['no screen', new HttpDesk(app), 'NOT_FROM_A_KNOWN_SCREEN'],
    ['nobody signed in', await bare(), 'SESSION_MISSING'],
    ['observers of another interview', await observersOf('investigator', other), 'TIE_REFUSED'],
    ['a courtroom', await paired('courtroom', id), 'SESSION_MISSING'],
    ['a child’s screen', await paired('child', id), 'SESSION_MISSING'],
  ];
  for (const [name, viewer, code] of strangers) {
    for (const path of [playlist(), map, await newest(), playlist(id, 'nothing')]) {
      expect(await said(await viewer.request(path)), `${name} ${path}`).toMatchObject({ status: 403, code });
    }
  }
}, 180_000);

it('an observers’ screen may watch, and nothing else', async () => {
  const screen = await observersOf('investigator');
  const view = await screen.rpc('observers.watch', { interview: id });
  expect(z.object({ json: ObserverView }).parse(view.json).json.state).toBe('recording');
  const said1 = JSON.stringify(view.json);
  for (const secret of [exhibit, 'SEC-', told.childSurname, told.psychologist, 'Officer']) {
    expect(said1).not.toContain(secret);
  }
  // Even with a person's session beside it: a paired screen is nobody's.
  for (const [name, value] of deskOf('investigator').cookies) {
    if (!screen.cookies.has(name)) screen.cookies.set(name, value);
  }
  expect((await screen.rpc('observers.watch', { interview: other })).code).toBe('TIE_REFUSED');
  for (const operation of [
    'observers.admit',
    'observers.screens',
    'observers.dismiss',
    'recording.view',
    'recording.stop',
  ]) {
    expect((await screen.rpc(operation, { interview: id, confirmed: true })).code, operation).toBe('ROLE_REFUSED');
  }
  expect((await said(await screen.request(`/preview/${id}/room.jpg`))).code).toBe('SESSION_MISSING');
  expect((await said(await screen.request(`/media/${exhibit}/room/index.m3u8`))).status).toBe(403);
});

it('a code works once, and addresses cannot be bent', async () => {
  const { code } = Admitted.parse((await deskOf('investigator').rpc('observers.admit', { interview: id })).json).json;
  expect((await new HttpDesk(app).enter(code)).status).toBe(200);
  expect((await said(await new HttpDesk(app).enter(code))).code).toBe('CODE_INVALID');
  const desk = deskOf('investigator');
  for (const path of [
    playlist(id, 'nothing'),
    playlist(id, '..%2froom'),
    playlist(id, 'a'.repeat(5_000)),
    `/media/live/${id}/room/1/99999999999999999999.mp4`,
    `/media/live/${id}/room/0/1.mp4`,
    `/media/live/${id}/room/1/-1.mp4`,
    `/media/live/${id}/room/1/0.mp4.json`,
    `/media/live//room/index.m3u8`,
  ]) {
    expect([403, 404], path).toContain((await desk.request(path)).status);
  }
});

it('goes on while the desk is locked, as the recording’s own view does', async () => {
  const desk = new HttpDesk(app);
  await desk.enter();
  await desk.rpc('session.signIn', { login: loginOf('operator'), password: passwordOf('operator') });
  await desk.rpc('session.lock');
  expect((await desk.request(playlist())).status).toBe(200);
  expect((await desk.rpc('observers.admit', { interview: id })).code).toBe('SESSION_LOCKED');
});

it('ends with the dismissal and with the recording, and all of it is on record', async () => {
  const screen = await observersOf('investigator');
  expect((await screen.request(playlist())).status).toBe(200);
  expect((await deskOf('operator').rpc('observers.dismiss', { interview: id })).status).toBe(200);
  expect((await said(await screen.request(playlist()))).code).toBe('NOT_FROM_A_KNOWN_SCREEN');
  const next = await observersOf('investigator');
  expect((await next.rpc('observers.watch', { interview: id })).status).toBe(200);
  expect((await next.rpc('observers.watch', { interview: id })).status).toBe(200);
  const { client } = journey.seats.investigator;
  expect((await client.recording.stop({ interview: id, confirmed: true })).state).toBe('sealed');
  expect((await said(await next.request(playlist()))).code).toBe('RECORDER_NOT_RUNNING');
  const view = z.object({ json: ObserverView }).parse((await next.rpc('observers.watch', { interview: id })).json);
  expect(view.json).toMatchObject({ state: 'over', tracks: [], elapsedMs: null, phase: null, present: [] });
  expect((await deskOf('investigator').rpc('observers.admit', { interview: id })).code).toBe('OBSERVERS_NOT_NOW');
  const rows = loggedRows(journey.folder).filter(({ action }) => action.startsWith('observers.'));
  const count = (action: string) => rows.filter((row) => row.action === `observers.${action}`).length;
  // Admitted: eight, one of them to the other interview. Connected: the three that asked what to show.
  expect([count('admitted'), count('connected'), count('dismissed')]).toEqual([8, 3, 1]);
}, 120_000);

async function bare(): Promise<HttpDesk> {
  const desk = new HttpDesk(app);
  await desk.enter();
  return desk;
}

async function paired(kind: 'courtroom' | 'child', of: string): Promise<HttpDesk> {
  const screen = new HttpDesk(app);
  await screen.enter(journey.station.http.screens.newCode(kind, of));
  return screen;
}
