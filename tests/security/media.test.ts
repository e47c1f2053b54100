import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Interview } from '../../src/shared/contract/cases.ts';
import { Hearing } from '../../src/shared/contract/hearings.ts';
import { loggedRows } from '../support/eventWatch.ts';
import { applicationOf, HttpDesk, said } from '../support/httpDesk.ts';
import {
  beginRecording,
  handOver,
  type JourneyStation,
  loginOf,
  type PersonKey,
  passwordOf,
  peopledStation,
  personKeys,
  plannedInterview,
  recordedFor,
  scheduledHearing,
} from '../support/journey.ts';

let journey: JourneyStation;
let app: Hono;
let outside: string;
let interview: Interview;
let exhibit: string;
let hearing: Hearing;
const desks = new Map<PersonKey, HttpDesk>();

async function signedIn(key: PersonKey): Promise<HttpDesk> {
  const desk = new HttpDesk(app);
  await desk.enter();
  const { status } = await desk.rpc('session.signIn', { login: loginOf(key), password: passwordOf(key) });
  expect(status).toBe(200);
  return desk;
}
const deskOf = (key: PersonKey): HttpDesk => {
  const desk = desks.get(key);
  if (desk === undefined) throw new Error(key);
  return desk;
};
const playlist = () => `/media/${exhibit}/room/index.m3u8`;
const segment = (line: number) => `/media/${exhibit}/room/1/${line}.mp4`;
const actions = () => loggedRows(journey.folder).map((row) => row.action);

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'birret-media-'));
  await mkdir(join(outside, 'assets'));
  await writeFile(join(outside, 'index.html'), '<!doctype html>');
  journey = await peopledStation();
  app = applicationOf(journey.station, journey.log, outside);
  for (const key of personKeys) desks.set(key, await signedIn(key));
  interview = await plannedInterview(journey);
  exhibit = interview.exhibit;
}, 180_000);
afterAll(async () => {
  await journey?.end();
  await rm(outside, { recursive: true, force: true });
});

describe('previews', () => {
  it('are for the officer and the operator of this interview, while it is prepared or recorded', async () => {
    const path = `/preview/${interview.id}/room.jpg`;
    expect((await said(await deskOf('operator').request(path))).code).toBe('TIE_REFUSED');
    await beginRecording(journey, interview.id);
    await recordedFor(journey, interview.id, 6_000);
    for (const key of personKeys) {
      const answer = await deskOf(key).request(path);
      if (key === 'investigator' || key === 'operator') {
        expect([200, 204], key).toContain(answer.status);
        continue;
      }
      expect(await said(answer), key).toMatchObject({ status: 403, code: 'TIE_REFUSED' });
    }
    const nobody = new HttpDesk(app);
    expect((await said(await nobody.request(path))).code).toBe('NOT_FROM_A_KNOWN_SCREEN');
    await nobody.enter();
    expect((await said(await nobody.request(path))).code).toBe('SESSION_MISSING');
    // A screen that was paired for a courtroom is nobody's, even with somebody's session beside it.
    const courtroom = await pairedBeside('investigator');
    expect((await said(await courtroom.request(path))).code).toBe('SESSION_MISSING');
    expect((await deskOf('investigator').request(`/preview/${interview.id}/nothing.jpg`)).status).toBe(204);
    for (const bad of [
      `/preview/${interview.id}/..%2froom.jpg`,
      '/preview/none/room.jpg',
      `/preview/${'a'.repeat(5_000)}/room.jpg`,
    ]) {
      expect((await deskOf('investigator').request(bad)).status, bad).not.toBe(200);
    }
    const { client } = journey.seats.investigator;
    expect((await client.recording.stop({ interview: interview.id, confirmed: true })).state).toBe('sealed');
    expect((await deskOf('investigator').request(path)).status).toBe(403);
    await handOver(journey, exhibit);
    hearing = await scheduledHearing(journey, interview.caseId, exhibit);
  }, 180_000);
});

/** A screen paired for the courtroom that also sends a person's session: both cookies of one browser. */
async function pairedBeside(key: PersonKey, of = 'some-hearing'): Promise<HttpDesk> {
  const screen = new HttpDesk(app);
  await screen.enter(journey.station.http.screens.newCode('courtroom', of));
  for (const [name, value] of deskOf(key).cookies) if (!screen.cookies.has(name)) screen.cookies.set(name, value);
  return screen;
}

describe('a recording', () => {
  const refusedToAll = async (except: readonly PersonKey[] = []) => {
    for (const key of personKeys.filter((one) => !except.includes(one))) {
      for (const path of [playlist(), segment(0), segment(1)]) {
        const answer = await said(await deskOf(key).request(path));
        expect(answer, `${key} ${path}`).toMatchObject({ status: 403, code: 'EXHIBIT_NOT_ADMITTED' });
      }
    }
  };

  it('is served to nobody before the hearing is open and the exhibit opened in it', async () => {
    await refusedToAll();
    const judge = deskOf('judge');
    const open = { hearing: hearing.id, exhibit };
    expect((await judge.rpc('playback.open', open)).code).toBe('HEARING_WRONG_STATE');
    for (const operation of ['hearings.get', 'hearings.open', 'hearings.screen', 'playback.open', 'playback.follow']) {
      expect((await deskOf('otherJudge').rpc(operation, open)).code, operation).toBe('TIE_REFUSED');
    }
    expect((await judge.rpc('hearings.open', { hearing: hearing.id })).status).toBe(200);
    await refusedToAll();
    expect((await judge.rpc('playback.open', { hearing: hearing.id, exhibit: 'sec-2026-000999' })).code).toBe(
      'EXHIBIT_NOT_ADMITTED',
    );
    expect((await judge.rpc('playback.open', open)).status).toBe(200);
  });

  it('then to its judge, whole and verified, and to nobody else', async () => {
    const judge = deskOf('judge');
    const text = await (await judge.request(playlist())).text();
    expect(text).toContain('#EXTM3U');
    for (const line of [0, 1]) {
      const answer = await judge.request(segment(line));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('video/mp4');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const bytes = await answer.arrayBuffer();
      expect(String(bytes.byteLength)).toBe(answer.headers.get('content-length'));
    }
    await refusedToAll(['judge']);
    const nobody = new HttpDesk(app);
    expect((await said(await nobody.request(segment(1)))).code).toBe('NOT_FROM_A_KNOWN_SCREEN');
    await nobody.enter();
    expect((await said(await nobody.request(segment(1)))).code).toBe('SESSION_MISSING');
  });

  it.each([
    ['a foreign exhibit', '/media/sec-2026-000999/room/1/1.mp4'],
    ['no such track', 'TRACK/none/1/1.mp4'],
    ['a prototype for a track', 'TRACK/__proto__/1/1.mp4'],
    ['a path for a track', 'TRACK/..%2froom/1/1.mp4'],
    ['part 0', 'TRACK/room/0/1.mp4'],
    ['part 2', 'TRACK/room/2/1.mp4'],
    ['a huge part', `TRACK/room/${'9'.repeat(400)}/1.mp4`],
    ['a line past the end', 'TRACK/room/1/99999.mp4'],
    ['a huge line', `TRACK/room/1/${'9'.repeat(400)}.mp4`],
    ['a line below zero', 'TRACK/room/1/-1.mp4'],
    ['a broken line', 'TRACK/room/1/1.5.mp4'],
    ['another file', 'TRACK/room/1/record.json'],
    ['the stored file', 'TRACK/room.mp4.age'],
    ['the key', 'TRACK/exhibit.key.age'],
  ])('refuses %s', async (_, template) => {
    const path = template.replace('TRACK', `/media/${exhibit}`);
    const answer = await deskOf('judge').request(path);
    expect([403, 404], path).toContain(answer.status);
    expect(answer.headers.get('content-type') ?? '').not.toMatch(/video|mp4/);
  });

  it('stays closed to a judge whose screen is locked', async () => {
    const second = await signedIn('judge');
    expect((await second.request(segment(1))).status).toBe(200);
    expect((await second.rpc('session.lock')).status).toBe(200);
    expect((await said(await second.request(segment(1)))).code).toBe('SESSION_LOCKED');
    expect((await said(await second.request(playlist()))).code).toBe('SESSION_LOCKED');
    expect((await second.rpc('session.signOut')).status).toBe(200);
    expect((await said(await second.request(segment(1)))).code).toBe('SESSION_MISSING');
  });

  it('is shown on the screen that was paired for this hearing, on no other', async () => {
    const other = await pairedBeside('judge', 'another-hearing');
    expect((await said(await other.request(segment(1)))).code).toBe('EXHIBIT_NOT_ADMITTED');
    const pairing = await deskOf('judge').rpc('hearings.screen', { hearing: hearing.id });
    const { code } = (pairing.json as { json: { code: string } }).json;
    const screen = new HttpDesk(app);
    expect((await screen.enter(code)).status).toBe(200);
    expect((await new HttpDesk(app).enter(code)).status).toBe(403);
    expect((await screen.request(segment(1))).status).toBe(200);
    expect((await screen.rpc('playback.follow', { hearing: hearing.id })).status).toBe(200);
    expect((await screen.rpc('playback.follow', { hearing: 'another-hearing' })).code).toBe('TIE_REFUSED');
    expect((await screen.rpc('hearings.close', { hearing: hearing.id })).code).toBe('ROLE_REFUSED');
    expect((await screen.rpc('session.signIn', { login: 'judge', password: passwordOf('judge') })).code).toBe(
      'ROLE_REFUSED',
    );
    expect((await screen.request(`/preview/${interview.id}/room.jpg`)).status).toBe(403);
  });
});

describe('damage on the disks', () => {
  const stored = (target: 'a' | 'b') => join(journey.folder, 'targets', target, exhibit, 'tracks', 'room.mp4.age');
  const whole = new Map<string, Buffer>();
  const reopen = async () => {
    const judge = deskOf('judge');
    await judge.rpc('playback.close', { hearing: hearing.id, exhibit });
    expect((await judge.rpc('playback.open', { hearing: hearing.id, exhibit })).status).toBe(200);
  };
  /** Flips a bit in the middle of the stored file, where segments lie. */
  const flip = async (target: 'a' | 'b') => {
    const bytes = Buffer.from(whole.get(stored(target)) ?? []);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(stored(target), bytes);
  };
  const walk = async (): Promise<Map<number, { status: number; code: string | null; bytes: Buffer }>> => {
    const judge = deskOf('judge');
    const lines = new Map<number, { status: number; code: string | null; bytes: Buffer }>();
    const text = await (await judge.request(playlist())).text();
    for (const [, line = ''] of text.matchAll(/1\/(\d+)\.mp4/g)) {
      const answer = await judge.request(segment(Number(line)));
      const bytes = Buffer.from(await answer.clone().arrayBuffer());
      lines.set(Number(line), {
        status: answer.status,
        code: answer.status === 200 ? null : (await said(answer)).code,
        bytes,
      });
    }
    return lines;
  };
  let sound: Awaited<ReturnType<typeof walk>>;

  beforeAll(async () => {
    for (const target of ['a', 'b'] as const) whole.set(stored(target), await readFile(stored(target)));
    sound = await walk();
    expect(sound.size).toBeGreaterThan(2);
    expect([...sound.values()].every(({ status }) => status === 200)).toBe(true);
  });
  beforeEach(async () => {
    for (const [path, bytes] of whole) await writeFile(path, bytes);
  });
  const damagedTold = () => actions().filter((action) => action === 'playback.segment-damaged').length;

  it('on one target: the other’s copy is served, the same to the byte, and the log says so', async () => {
    const before = damagedTold();
    await flip('a');
    await reopen();
    const served = await walk();
    for (const [line, { status, bytes }] of sound) {
      expect(served.get(line)?.status, `${line}: ${status}`).toBe(200);
      expect(served.get(line)?.bytes.equals(bytes), String(line)).toBe(true);
    }
    expect(damagedTold()).toBeGreaterThan(before);
    // Once, not once a request.
    const after = damagedTold();
    await walk();
    expect(damagedTold()).toBe(after);
  });

  it('on both: what is damaged is refused and never served, the rest plays on', async () => {
    const before = damagedTold();
    await flip('a');
    await flip('b');
    await reopen();
    const served = await walk();
    const refused = [...served].filter(([, { status }]) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    // A bit spoils its piece of 64 KiB: in a recording of several pieces the rest plays on.
    const pieces = (whole.get(stored('a'))?.length ?? 0) / 65_536;
    if (pieces > 6) expect(refused.length).toBeLessThan(served.size);
    for (const [line, { status, code, bytes }] of refused) {
      expect({ line, status, code }).toEqual({ line, status: 403, code: 'SEGMENT_DAMAGED' });
      expect(bytes.length).toBeLessThan(1_000);
    }
    for (const [line, { status, bytes }] of served) {
      if (status === 200) expect(bytes.equals(sound.get(line)?.bytes ?? Buffer.alloc(0)), String(line)).toBe(true);
    }
    expect(damagedTold()).toBeGreaterThanOrEqual(before + 2);
  });

  it('one target gone: the other plays', async () => {
    await rm(stored('a'));
    await reopen();
    expect([...(await walk()).values()].every(({ status }) => status === 200)).toBe(true);
    await rm(stored('b'));
    await reopen();
    expect([...(await walk()).values()].every(({ status, code }) => status === 403 && code === 'SEGMENT_DAMAGED')).toBe(
      true,
    );
  });

  it('another recording’s file in its place does not pass for it', async () => {
    const microphone = stored('a').replace('room.mp4.age', 'mic1.mp4.age');
    for (const target of ['a', 'b'] as const) await writeFile(stored(target), await readFile(microphone));
    await reopen();
    expect([...(await walk()).values()].map(({ code }) => code)).toEqual([...sound].map(() => 'SEGMENT_DAMAGED'));
    // On one target only, the other's copy is served.
    const b = whole.get(stored('b'));
    if (b !== undefined) await writeFile(stored('b'), b);
    await reopen();
    expect([...(await walk()).values()].every(({ status }) => status === 200)).toBe(true);
  });
});

describe('after the hearing', () => {
  it('everything is closed again: exhibit, hearing, the courtroom’s screen', async () => {
    const judge = deskOf('judge');
    const pairing = await judge.rpc('hearings.screen', { hearing: hearing.id });
    const screen = new HttpDesk(app);
    await screen.enter((pairing.json as { json: { code: string } }).json.code);
    await judge.rpc('playback.close', { hearing: hearing.id, exhibit });
    expect((await said(await judge.request(segment(1)))).code).toBe('EXHIBIT_NOT_ADMITTED');
    expect((await said(await screen.request(segment(1)))).code).toBe('EXHIBIT_NOT_ADMITTED');
    expect((await judge.rpc('playback.open', { hearing: hearing.id, exhibit })).status).toBe(200);
    expect((await judge.rpc('hearings.close', { hearing: hearing.id })).status).toBe(200);
    expect((await said(await judge.request(segment(1)))).code).toBe('EXHIBIT_NOT_ADMITTED');
    expect((await said(await screen.request(segment(1)))).code).toBe('NOT_FROM_A_KNOWN_SCREEN');
    expect((await judge.rpc('playback.open', { hearing: hearing.id, exhibit })).code).toBe('HEARING_WRONG_STATE');
    const told = (await judge.rpc('hearings.get', { hearing: hearing.id })).json as { json: unknown };
    expect(Hearing.parse(told.json).state).toBe('closed');
  });
});
