import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup } from '../../../src/main/backup/index.ts';
import { jobResult, type Seat, takeSeat } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { BackupResult } from '../../../src/shared/contract/backup.ts';
import { passwords, setUpInput } from '../../support/testStation.ts';
import { openStation, signIn } from '../journey/seats.ts';

const control = { signal: new AbortController().signal, onFile: () => undefined };

let folder: string;
let sheets: { part1: string; part2: string };
/** What was restored, before anybody came to it: each test begins with a copy. */
let fresh: string;
let station: Station | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-nobody-'));
  const original = await openStation(join(folder, 'first'), { create: true });
  const { recovery } = await takeSeat(original).client.station.setUp(setUpInput);
  sheets = { part1: recovery.part1, part2: recovery.part2 };
  const { client } = await signIn(original, 'aigerim', passwords.administrator);
  const { job } = await client.backup.make({ folder: join(folder, 'disk'), media: true });
  const backup = BackupResult.parse(await jobResult(client, job));
  await original.stop();
  await rm(join(folder, 'first'), { recursive: true });
  fresh = join(folder, 'fresh');
  await restoreBackup({ folder: backup.path, into: fresh, targets: [], clock: systemClock, ...control });
}, 120_000);
afterAll(async () => {
  await station?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A station that was just restored and that nobody has come to. */
async function restoredAnew(name: string): Promise<Seat> {
  await station?.stop();
  await cp(fresh, join(folder, name), { recursive: true });
  station = await openStation(join(folder, name));
  return takeSeat(station);
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error instanceof ORPCError ? error.code : String(error)),
  );

/** Gives the key holder a new beginning and has them let in by the sheets; their seat. */
async function holderBack(administrator: Seat): Promise<Seat> {
  if (station === null) throw new Error('no station');
  const accounts = await administrator.client.accounts.list();
  const account = accounts.find(({ role }) => role === 'investigator')?.id ?? '';
  expect(await codeOf(administrator.client.accounts.reset({ account }))).toBe('LAST_KEY_HOLDER');
  const { code } = await administrator.client.accounts.reset({ account, aloneAccepted: true });
  const holder = takeSeat(station);
  await holder.client.session.acceptInvitation({ code, password: passwords.other });
  expect((await holder.client.accounts.grantByRecovery(sheets)).keys).toBe('granted');
  return holder;
}

const events = async (seat: Seat) =>
  (await seat.client.custody.list({ before: null, count: 50 })).events.map(({ action }) => action).reverse();

describe('a restored station on which no officer knows a password', () => {
  it('is opened by the printed sheets: its log goes on, the administrator begins an officer anew', async () => {
    const seat = await restoredAnew('administrator-left');
    const enter = () => codeOf(seat.client.session.signIn({ login: 'aigerim', password: passwords.administrator }));
    expect(await enter()).toBe('RESTORED_WAITS_FOR_KEYS');
    const wrong = { ...sheets, part1: sheets.part2 };
    expect(await codeOf(seat.client.keyRing.openByRecovery(wrong))).toBe('RECOVERY_KEY_WRONG');
    expect(await enter()).toBe('RESTORED_WAITS_FOR_KEYS');
    await seat.client.keyRing.openByRecovery(sheets);
    expect((await seat.client.session.me()).account).toBeNull();
    expect(await enter()).toBe('ok');
    const holder = await holderBack(seat);
    await seat.client.accounts.certify({
      account: (await holder.client.session.me()).account?.id ?? '',
    });
    expect((await events(seat)).slice(0, 3)).toEqual([
      'log.continued',
      'station.opened-by-recovery',
      'account.signed-in',
    ]);
    expect(await seat.client.custody.check()).toMatchObject({ whole: true, problem: null, earlier: [{}] });
    expect(await holder.client.keyRing.state()).toMatchObject({ vault: { rotation: null } });
  }, 60_000);

  it('gets a new administrator from the sheets where not even the administrator knows theirs', async () => {
    const seat = await restoredAnew('nobody-left');
    const { code } = await seat.client.keyRing.inviteByRecovery({ ...sheets, name: 'Saule', login: 'saule' });
    expect((await seat.client.session.me()).account).toBeNull();
    await seat.client.session.acceptInvitation({ code, password: passwords.other });
    expect((await seat.client.session.me()).account).toMatchObject({ role: 'administrator', login: 'saule' });
    const holder = await holderBack(seat);
    expect((await events(seat)).slice(0, 3)).toEqual([
      'log.continued',
      'account.invited-by-recovery',
      'account.accepted',
    ]);
    const account = (await holder.client.session.me()).account?.id ?? '';
    expect(await codeOf(seat.client.accounts.certify({ account }))).toBe('AUTHORITY_CLOSED');
    // Who kept the old administrator's account is seen, and ended: the station asks, since the authority goes with it.
    const former = (await seat.client.accounts.list()).find(({ login }) => login === 'aigerim')?.id ?? '';
    expect(await codeOf(seat.client.accounts.revoke({ account: former }))).toBe('LAST_ADMINISTRATOR');
    expect((await seat.client.accounts.revoke({ account: former, aloneAccepted: true })).state).toBe('revoked');
  }, 60_000);

  it('opens to two at once and has one log', async () => {
    const seat = await restoredAnew('both-at-once');
    const officer = station === null ? seat : takeSeat(station);
    await Promise.all([
      seat.client.keyRing.openByRecovery(sheets),
      officer.client.session.signIn({ login: 'daniyar', password: passwords.keyHolder }),
    ]);
    await seat.client.session.signIn({ login: 'aigerim', password: passwords.administrator });
    const written = await events(seat);
    expect(written.filter((action) => action === 'log.continued')).toEqual(['log.continued']);
    expect(await seat.client.custody.check()).toMatchObject({ whole: true, earlier: [{}] });
  }, 60_000);
});
