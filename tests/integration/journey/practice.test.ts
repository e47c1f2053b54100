import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBagTo } from '../../../src/main/cli/export.ts';
import { recordAndSeal } from '../../../src/main/cli/journey.ts';
import { jobResult, type Seat, takeSeat } from '../../../src/main/cli/seat.ts';
import { composeStation, type Station } from '../../../src/main/composition.ts';
import { newLog } from '../../../src/main/platform/log.ts';
import { preparePractice } from '../../../src/main/practice/index.ts';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import type { Role } from '../../../src/shared/domain/roles.ts';
import { cheapCost } from '../../support/testStation.ts';
import { newStation } from './seats.ts';

const probe = promisify(execFile);

let folder: string;
let practice: Station;
let exhibit: string;
let bag: string;

/** A seat of the practice station, entered as its door offers it. */
async function practising(role: Role): Promise<Seat> {
  const seat = takeSeat(practice);
  const people = await seat.client.station.practicePeople();
  const { login = '', password = '' } = people.find((one) => one.role === role) ?? {};
  await seat.client.session.signIn({ login, password });
  return seat;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-practice-'));
  const log = newLog('test', 'silent');
  practice = await composeStation({ folder: join(folder, 'a'), create: true, log, cost: cheapCost, practice: true });
  await practice.start();
  await preparePractice(practice, new Date());
  const investigator = await practising('investigator');
  const [plan] = await investigator.client.interviews.list();
  if (plan === undefined) throw new Error('no interview to begin with');
  await recordAndSeal(investigator, plan.id, { seconds: 3, onRecording: () => undefined });
  ({ exhibit } = plan);
  const clerk = await practising('clerk');
  await investigator.client.archive.handOver({ exhibit });
  await jobResult(clerk.client, (await clerk.client.archive.accept({ exhibit })).job);
  bag = await writeBagTo(clerk, { exhibit, out: join(folder, 'bag'), to: 'nobody', recipient: null });
});

afterAll(async () => {
  await practice.stop();
  await rm(folder, { recursive: true, force: true });
});

it('bears its name in every number, and has accounts on its door', async () => {
  expect(exhibit).toMatch(/^practice-\d{4}-000001$/);
  const info = await takeSeat(practice).client.station.info();
  expect(info).toMatchObject({ practice: true, id: 'practice' });
  expect((await takeSeat(practice).client.station.practicePeople()).map(({ role }) => role).sort()).toEqual(
    ['administrator', 'auditor', 'clerk', 'investigator', 'judge', 'operator'].sort(),
  );
});

it('is evidence for nobody, and only for that reason', async () => {
  const source = await openBag(bag);
  const result = await verifyBag(source, { trust: [practice.roots().stationRootPem] });
  await source.close();
  expect(result.outcome).toBe('failed');
  expect(result.checks.filter(({ status }) => status === 'fail').map(({ name }) => name)).toEqual(['record.practice']);
});

it('says so in every media file', async () => {
  const files = (await readdir(join(bag, 'data/tracks'))).filter((name) => name.endsWith('.mp4'));
  expect(files.length).toBe(4);
  for (const name of files) {
    const { stdout } = await probe('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'format_tags=title',
      '-of',
      'csv=p=0',
      join(bag, 'data/tracks', name),
    ]);
    expect(stdout.trim(), name).toBe('PRACTICE. NOT EVIDENCE.');
  }
});

it('says so on the first page of its bags', async () => {
  const page = await readFile(join(bag, 'data/READ-ME.html'), 'utf8');
  for (const words of ['A practice recording', 'Учебная запись', 'Жаттығу жазбасы']) expect(page).toContain(words);
});

it('has practice devices alone', async () => {
  const { client } = await practising('administrator');
  const { devices } = await client.rooms.discover();
  expect(devices.every(({ address }) => address.startsWith('practice-'))).toBe(true);
  const real = { kind: 'camera', backend: 'v4l2', address: '/dev/video0', label: 'Camera', simulated: false } as const;
  const microphone = devices.find(({ kind }) => kind === 'microphone');
  if (microphone === undefined) throw new Error('no microphone');
  const sources = [
    { place: 'room', device: real, credentials: null } as const,
    { place: 'mic1', device: microphone, credentials: null } as const,
  ];
  const refused = client.rooms.save({ id: null, name: 'Real', sources });
  await expect(refused).rejects.toMatchObject({ code: 'PRACTICE_DEVICES_ONLY' });
});

it('gets no certificate of authenticity, and no other station takes it in', async () => {
  const clerk = await practising('clerk');
  const { job } = await clerk.client.archive.certify({ exhibit, language: 'en', folder, name: null });
  await expect(jobResult(clerk.client, job)).rejects.toMatchObject({ code: 'PRACTICE_NO_EVIDENCE' });
  const other = await newStation(join(folder, 'b'), 'court');
  try {
    const { seats } = other.people;
    const taken = await seats.clerk.client.archive.import({ path: bag, trust: [], unestablishedAccepted: true });
    await expect(jobResult(seats.clerk.client, taken.job)).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      params: { check: 'record.practice' },
    });
    expect(await takeSeat(other.station).client.station.practicePeople()).toEqual([]);
  } finally {
    await other.station.stop();
  }
});

it('no other station can bear its name, and it bears no other', async () => {
  await expect(newStation(join(folder, 'c'), 'practice')).rejects.toMatchObject({ code: 'PRACTICE_ID_TAKEN' });
});
