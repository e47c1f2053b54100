import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBagTo } from '../../../src/main/cli/export.ts';
import { makeRoom, planNow, recordAndSeal } from '../../../src/main/cli/journey.ts';
import { jobResult, type Seat } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { newStation } from './seats.ts';

let folder: string;
let station: Station;
let seats: Record<'investigator' | 'clerk' | 'administrator', Seat>;
let exhibit: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-revoked-'));
  const made = await newStation(join(folder, 'station'));
  station = made.station;
  seats = made.people.seats;
  const room = await makeRoom(seats.administrator);
  const plan = await planNow(seats.investigator, room, 5, new Date());
  ({ exhibit } = await recordAndSeal(seats.investigator, plan.id, { seconds: 3, onRecording: () => undefined }));
  await seats.investigator.client.archive.handOver({ exhibit });
  await jobResult(seats.clerk.client, (await seats.clerk.client.archive.accept({ exhibit })).job);
});

afterAll(async () => {
  await station.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What is said of the signatures' signers, by role. */
const trusted = ({ checks }: VerificationResult) =>
  checks
    .filter(({ name }) => name.startsWith('signature.record.json.') && name.endsWith('.trusted'))
    .map(({ name, status, reason }) => [name.includes('.station.') ? 'station' : 'officer', status, reason.code])
    .sort();

async function inTheStation(): Promise<VerificationResult> {
  const { client } = seats.clerk;
  return VerificationResult.parse(await jobResult(client, (await client.archive.verify({ exhibit })).job));
}

it('an officer whose account has ended is said to have signed without outside proof of when, here and in a bag', async () => {
  expect(trusted(await inTheStation()).map(([role, status]) => [role, status])).toEqual([
    ['officer', 'pass'],
    ['station', 'pass'],
  ]);
  const { client } = seats.administrator;
  const officer = (await client.accounts.list()).find(({ role }) => role === 'investigator');
  await client.accounts.revoke({ account: officer?.id ?? '', aloneAccepted: false });

  const expected = [
    ['officer', 'not-checked', 'revoked-unproven'],
    ['station', 'pass', expect.any(String)],
  ];
  expect(trusted(await inTheStation())).toEqual(expected);

  const bag = await writeBagTo(seats.clerk, { exhibit, out: join(folder, 'bag'), to: 'Court', recipient: null });
  expect((await readdir(join(bag, 'data/signatures/revocation'))).filter((name) => name.endsWith('.crl'))).toHaveLength(
    1,
  );
  const source = await openBag(bag);
  const result = await verifyBag(source, { trust: [station.roots().stationRootPem] });
  await source.close();
  expect(trusted(result)).toEqual(expected);
  expect(result.outcome).toBe('unestablished');
});
