import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobResult, type Seat, takeSeat } from '../../../src/main/cli/seat.ts';
import { composeStation, type Station } from '../../../src/main/composition.ts';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import { DerivedCopy } from '../../../src/shared/contract/copies.ts';
import { endAllIn } from '../../support/cli.ts';
import { makeDemoStation } from '../../support/demoStation.ts';
import { HeardLog, peopledStation } from '../../support/journey.ts';

let folder: string;
let station: Station;
let exhibit: string;
let officer: Seat;
let judge: Seat;
const log = new HeardLog();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-copies-'));
  const demo = await makeDemoStation(join(folder, 'station'), 4);
  exhibit = demo.exhibit;
  station = await composeStation({ folder: join(folder, 'station'), create: false, log });
  await station.start();
  const seat = async (role: string) => {
    const taken = takeSeat(station);
    const { login, password } = demo.account(role);
    await taken.client.session.signIn({ login, password });
    return taken;
  };
  officer = await seat('investigator');
  judge = await seat('judge');
}, 300_000);
afterAll(async () => {
  await station?.stop();
  await endAllIn(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

it('a recorded interview’s copy is made, played by whoever opened it alone, and goes with the bag', {
  timeout: 300_000,
}, async () => {
  const { client } = officer;
  const { estimate } = await client.copies.list({ exhibit });
  expect(estimate).toMatchObject({ pictures: 2, microphones: 2 });
  const { job } = await client.copies.make({ exhibit, recipient: 'Defence, Bar of Aktau' });
  const copy = DerivedCopy.parse(await jobResult(client, job));
  expect(copy).toMatchObject({ id: 'copy-1', targets: 2, recipient: 'Defence, Bar of Aktau' });

  const playback = await client.copies.open({ exhibit, copy: copy.id });
  expect(playback.tracks).toHaveLength(1);
  const viewer = ({ screen, token }: Seat) => ({
    screen,
    session: station.http.sessions.find(token(), { touch: true }),
  });
  const list = await station.http.media.playlist(viewer(officer), exhibit, copy.id);
  const segments = list.split('\n').filter((line) => line.endsWith('.mp4')).length;
  expect(segments).toBeGreaterThan(3);
  expect((await station.http.media.segment(viewer(officer), exhibit, copy.id, 1, 1)).length).toBeGreaterThan(1000);
  await expect(station.http.media.playlist(viewer(judge), exhibit, copy.id)).rejects.toThrow('COPY_NOT_OPEN');
  await client.copies.close({ exhibit, copy: copy.id });

  const outside = join(folder, 'outside');
  await mkdir(outside, { recursive: true });
  const exported = await client.archive.export({ exhibit, folder: outside, name: 'bag', to: 'x', recipient: null });
  await jobResult(client, exported.job);
  const bag = join(outside, 'bag');
  const result = await verifyBag(await openBag(bag, {}), { trust: [station.roots().stationRootPem] });
  expect(result.checks.find(({ name }) => name === 'copies.copy-1')).toMatchObject({ status: 'pass' });
  expect(result.outcome).toBe('trusted');
  const checker = join(import.meta.dirname, '../../support/check_bag.py');
  expect(JSON.parse(execFileSync('python3', [checker, bag], { encoding: 'utf8' }))).toMatchObject({
    copies: [{ id: 'copy-1', kind: 'picture-in-picture' }],
    problems: [],
  });

  const altered = join(outside, 'altered');
  await cp(bag, altered, { recursive: true });
  const media = join(altered, 'data/copies/copy-1/picture-in-picture.mp4');
  const bytes = await readFile(media);
  bytes[5000] = (bytes[5000] ?? 0) ^ 1;
  await writeFile(media, bytes);
  const wrong = await verifyBag(await openBag(altered, {}), { trust: [station.roots().stationRootPem] });
  expect(wrong.checks.find(({ name }) => name === 'copies.copy-1')).toMatchObject({ status: 'fail' });

  await client.copies.delete({ exhibit, copy: copy.id, confirmed: true });
  expect((await client.copies.list({ exhibit })).copies).toEqual([]);
  expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});

it('another court takes the bag in with its copy, encrypted, and plays it', { timeout: 300_000 }, async () => {
  const other = await peopledStation();
  try {
    const { client } = other.seats.clerk;
    const root = join(folder, 'root.pem');
    await writeFile(root, station.roots().stationRootPem);
    const path = join(folder, 'outside/bag');
    const { job } = await client.archive.import({ path, trust: [root], unestablishedAccepted: false });
    await jobResult(client, job);
    const { copies } = await client.copies.list({ exhibit });
    expect(copies).toMatchObject([
      { id: 'copy-1', n: 1, recipient: 'Defence, Bar of Aktau', targets: 2, ofTargets: 2 },
    ]);
    for (const target of ['a', 'b']) {
      const names = await readdir(join(other.folder, 'targets', target, exhibit, 'copies/copy-1'));
      expect(names.filter((name) => name.includes('.mp4'))).toEqual(['picture-in-picture.mp4.age']);
    }
    await client.copies.open({ exhibit, copy: 'copy-1' });
    const { screen, token } = other.seats.clerk;
    const viewer = { screen, session: other.station.http.sessions.find(token(), { touch: true }) };
    const given = await readFile(join(path, 'data/copies/copy-1/picture-in-picture.mp4'));
    const init = await other.station.http.media.segment(viewer, exhibit, 'copy-1', 1, 0);
    expect(given.subarray(0, init.length).equals(init)).toBe(true);
  } finally {
    await other.end();
  }
});
