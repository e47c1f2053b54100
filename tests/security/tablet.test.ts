import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/main/database/index.ts';
import { TabletView } from '../../src/shared/contract/tablet.ts';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { loggedRows } from '../support/eventWatch.ts';
import {
  beginRecording,
  type JourneyStation,
  peopledStation,
  plannedInterview,
  recordedFor,
  told,
} from '../support/journey.ts';
import { type Answer, freePort, NetworkBrowser, openToNetwork } from '../support/networkDoor.ts';

let journey: JourneyStation;
let outside: string;
let port: number;
let id: string;
let exhibit: string;
let other: string;
let child: NetworkBrowser;

const client = () => journey.seats.investigator.client;
const json = ({ json: said }: Answer): unknown =>
  typeof said === 'object' && said !== null && 'json' in said ? said.json : said;
const code = (answer: Answer) => {
  const said = json(answer);
  return typeof said === 'object' && said !== null && 'code' in said ? said.code : null;
};
const wish = (press: string, what = 'break', interview = id) =>
  child.rpc('tablet.wish', { interview, wish: what, id: press });
const paired = async (kind: 'child' | 'observer') => {
  const screen = new NetworkBrowser(port, journey.station.roots().stationRootPem);
  const { code: typed } = await client().pairing.offer({ interview: id, kind });
  expect((await screen.pair(typed)).json).toEqual({ path: kind === 'child' ? '/child' : '/observe' });
  return screen;
};

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'birret-tablet-'));
  journey = await peopledStation({ machine: { addresses: () => [], name: () => 'room-1' } });
  ({ id, exhibit } = await plannedInterview(journey));
  ({ id: other } = await plannedInterview(journey));
  port = await freePort();
  await openToNetwork(journey.station, journey.log, outside);
  const settings = { enabled: true, listen: '127.0.0.1', port, names: [] };
  await journey.seats.administrator.client.network.set(settings);
  child = await paired('child');
}, 180_000);
afterAll(async () => {
  await journey?.end();
  await rm(outside, { recursive: true, force: true });
});

it('before the recording the tablet is told little, and a press is kept nowhere', async () => {
  const answer = await child.rpc('tablet.watch', { interview: id });
  const view = TabletView.parse(json(answer));
  expect(view).toMatchObject({ state: 'before', language: 'kk' });
  expect(view.sounds).toHaveLength(7);
  for (const secret of [exhibit, 'SEC-', told.childSurname, told.psychologist])
    expect(answer.text).not.toContain(secret);
  expect(json(await wish('early'))).toEqual({ told: false });
  expect((await client().recording.view({ interview: id })).timeline).toEqual([]);
});

it('a press stands on the timeline once, with whose voice it was, and at last in the signed record', async () => {
  const { client: administrator } = journey.seats.administrator;
  const sound = new File([`RIFF....WAVE${'.'.repeat(40)}`], 'draw.wav');
  await administrator.tablet.setVoice({ language: 'kk', said: 'draw', content: sound });
  await beginRecording(journey, id);
  const answers = [await wish('p-1'), await wish('p-1'), await wish('p-2'), await wish('p-3', 'draw')];
  expect(answers.map(json)).toEqual(answers.map(() => ({ told: true })));
  await client().tablet.wish({ interview: id, wish: 'rather-not', id: 'said-aloud' });
  const entries = (await client().recording.view({ interview: id })).timeline.filter(({ label }) => label === 'child');
  expect(entries).toMatchObject([
    { type: 'marker', wish: 'break', press: 'p-1', by: 'child', voice: 'synthetic' },
    { type: 'marker', wish: 'draw', press: 'p-3', by: 'child', voice: 'recorded' },
    { type: 'marker', wish: 'rather-not', by: expect.not.stringMatching(/^child$/) },
  ]);
  expect(entries[2]).not.toHaveProperty('voice');
  expect((await client().conducting.watch({ interview: id })).wish).toMatchObject({ wish: 'rather-not' });
  expect((await client().observers.watch({ interview: id })).wish).toMatchObject({ wish: 'rather-not' });
  const logged = loggedRows(journey.folder).filter(({ action }) => action === 'voice.changed');
  expect(logged).toHaveLength(1);
}, 120_000);

it('the tablet hears its own words, and nothing else of the station', async () => {
  const sound = await child.ask('/voice/kk/draw?v=1');
  expect([sound.status, sound.headers['content-type']]).toEqual([200, 'audio/wav']);
  expect((await child.ask('/voice/ru/break')).headers['content-type']).toBe('audio/mpeg');
  for (const path of ['/voice/kk/secret', '/voice/de/break', '/voice/kk/..%2f..%2fstation.db']) {
    expect((await child.ask(path)).status, path).toBe(404);
  }
  const observer = await paired('observer');
  const stranger = new NetworkBrowser(port, journey.station.roots().stationRootPem);
  expect((await observer.ask('/voice/kk/break')).status).toBe(403);
  expect((await stranger.ask('/voice/kk/break')).status).toBe(403);
  // What is recorded at this moment, in every way that other screens have.
  for (const path of [
    `/media/live/${id}/room/index.m3u8`,
    `/media/live/${id}/room/1/0.mp4`,
    `/preview/${id}/room.jpg`,
    `/media/${exhibit}/room/index.m3u8`,
    `/media/attachments/${exhibit}/plan.pdf`,
    `/media/supplements/${exhibit}/1/protocol.pdf`,
  ]) {
    expect((await child.ask(path)).status, path).toBe(403);
  }
  expect(code(await wish('p-9', 'break', other))).toBe('TIE_REFUSED');
  expect(code(await child.rpc('tablet.watch', { interview: other }))).toBe('TIE_REFUSED');
  for (const bent of [{ wish: 'cry' }, { id: '' }, { id: 'x'.repeat(100) }, { more: 1 }]) {
    const sent = { interview: id, wish: 'break', id: 'p-10', ...bent };
    expect(code(await child.rpc('tablet.wish', sent)), JSON.stringify(bent)).toBe('REQUEST_MALFORMED');
  }
  expect(code(await observer.rpc('tablet.wish', { interview: id, wish: 'break', id: 'p-11' }))).toBe('ROLE_REFUSED');
});

it('the record says what the child said, and afterwards a press is kept nowhere', async () => {
  await recordedFor(journey, id, 2_500);
  expect((await client().recording.stop({ interview: id, confirmed: true })).state).toBe('sealed');
  expect(json(await wish('late'))).toEqual({ told: false });
  expect(json(await child.rpc('tablet.watch', { interview: id }))).toMatchObject({ state: 'over' });
  const db = openDatabase(join(journey.folder, 'station.db'));
  const bytes = db.prepare('SELECT record FROM exhibits WHERE number = ?').pluck().get(exhibit);
  db.close();
  const { timeline } = EvidenceRecord.parse(JSON.parse(Buffer.from(bytes as Uint8Array).toString('utf8')));
  expect(timeline.flatMap((entry) => (entry.label === 'child' ? [entry['wish']] : []))).toEqual([
    ...['break', 'draw', 'rather-not'],
  ]);
}, 120_000);
