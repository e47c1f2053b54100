import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeSeat } from '../../../src/main/cli/seat.ts';
import { composeStation, type Station } from '../../../src/main/composition.ts';
import { newLog } from '../../../src/main/platform/log.ts';
import { childIdentity } from '../../support/testCases.ts';
import { cheapCost, passwords, StillClock, setUpInput } from '../../support/testStation.ts';
import { until } from '../../support/until.ts';

let folder: string;
let station: Station;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'birret-earlier-'));
  const log = newLog('test', 'silent');
  station = await composeStation({
    ...{ folder: join(folder, 's'), create: true, log, clock: new StillClock(), cost: cheapCost },
  });
  await takeSeat(station).client.station.setUp(setUpInput);
});
afterEach(async () => {
  await station.stop();
  rmSync(folder, { recursive: true, force: true });
});

const seatOf = async (login: string, password: string) => {
  const seat = takeSeat(station);
  await seat.client.session.signIn({ login, password });
  return seat;
};

/** The signs of names as they stand; `forget` takes them away, as where children were added before there were any. */
function signs({ forget }: { readonly forget: boolean }): unknown[] {
  const db = new BetterSqlite3(join(station.folder, 'station.db'));
  try {
    if (forget) db.prepare('DELETE FROM child_signs').run();
    return db.prepare('SELECT * FROM child_signs ORDER BY child_id, kind, mark').all();
  } finally {
    db.close();
  }
}

it('children from before signs of names get them once somebody is there who may read the names, and are counted until then', async () => {
  const { client } = await seatOf('daniyar', passwords.keyHolder);
  const caseId = (await client.cases.create({ number: '26-0001', court: 'Court' })).id;
  const child = await client.cases.addChild({ caseId, status: 'victim', identity: childIdentity });
  const asked = { childId: child.id, kind: 'deposition', plannedAt: '2026-11-22T09:00:00.000Z' } as const;
  const uncompared = async () => (await client.planning.expected(asked)).uncompared;
  expect(await uncompared()).toBe(0);
  const before = signs({ forget: false });
  expect(before.length).toBeGreaterThan(2);

  signs({ forget: true });
  expect(await uncompared()).toBe(1);
  expect(await client.cases.mentions({ caseId, text: 'Айшамен' })).toBe(false);
  // An administrator has no key of the vault: nothing is made, and the sign-in is not disturbed.
  await seatOf('aigerim', passwords.administrator);
  expect(await uncompared()).toBe(1);

  await seatOf('daniyar', passwords.keyHolder);
  await until('the signs are made', async () => (await uncompared()) === 0);
  expect(signs({ forget: false })).toEqual(before);
  expect(await client.cases.mentions({ caseId, text: 'Айшамен' })).toBe(true);

  // The same at the unlocking of a session.
  signs({ forget: true });
  await client.session.lock();
  await client.session.unlock({ password: passwords.keyHolder });
  await until('the signs are made again', async () => (await uncompared()) === 0);
  expect(signs({ forget: false })).toEqual(before);
});
