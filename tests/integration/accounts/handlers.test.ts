import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobResult, type Seat, takeSeat } from '../../../src/main/cli/seat.ts';
import { composeStation, type Station } from '../../../src/main/composition.ts';
import { newLog } from '../../../src/main/platform/log.ts';
import { absences, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { cheapCost, passwords, StillClock, setUpInput } from '../../support/testStation.ts';

const clock = new StillClock();
let folder: string;
let station: Station;
let recovery: { part1: string; part2: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'birret-handlers-'));
  const log = newLog('test', 'silent');
  station = await composeStation({
    folder: join(folder, 's'),
    create: true,
    log,
    clock,
    cost: cheapCost,
    keysSettleMs: 0,
  });
  const { part1, part2 } = (await takeSeat(station).client.station.setUp(setUpInput)).recovery;
  recovery = { part1, part2 };
});
afterAll(async () => {
  await station.stop();
  rmSync(folder, { recursive: true, force: true });
});

const seatOf = async (login: string, password: string = passwords.other): Promise<Seat> => {
  const seat = takeSeat(station);
  await seat.client.session.signIn({ login, password });
  return seat;
};
/** The code with which a call through the contract was refused. */
const codeOf = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ORPCError) return error.code;
  throw error;
};

describe('the journey through the contract', () => {
  it('invites, accepts, certifies and grants', async () => {
    const admin = await seatOf('aigerim', passwords.administrator);
    const invitation = await admin.client.accounts.invite({ name: 'Zarina', login: 'zarina', role: 'judge' });
    const judge = takeSeat(station);
    const accept = (password: string) => judge.client.session.acceptInvitation({ code: invitation.code, password });
    expect(await codeOf(accept('zarina'))).toBe('PASSWORD_TOO_WEAK');
    const session = await accept(passwords.other);
    expect(session.account).toMatchObject({ state: 'active', keys: 'waits', certificate: 'requested' });
    expect(await codeOf(accept(passwords.other))).toBe('INVITATION_INVALID');
    const account = invitation.account.id;
    expect((await admin.client.accounts.certify({ account })).certificate).toBe('issued');
    const holder = await seatOf('daniyar', passwords.keyHolder);
    expect((await holder.client.accounts.waiting()).map(({ id }) => id)).toEqual([account]);
    expect((await holder.client.accounts.grant({ account })).keys).toBe('granted');
    expect((await judge.client.session.me()).account?.keys).toBe('granted');
    expect((await holder.client.accounts.people()).length).toBe(3);
    expect((await admin.client.accounts.suspend({ account })).state).toBe('suspended');
    expect(await codeOf(judge.client.accounts.people())).toBe('SESSION_MISSING');
    expect((await admin.client.accounts.restore({ account })).keys).toBe('waits');
    await judge.client.session.signIn({ login: 'zarina', password: passwords.other });
    expect((await judge.client.accounts.grantByRecovery(recovery)).keys).toBe('granted');
  });

  it('changes the court’s keys, and goes on where it was left', async () => {
    const { client } = await seatOf('daniyar', passwords.keyHolder);
    const { vault } = await client.keyRing.state();
    const rotated = await jobResult(client, (await client.keyRing.rotateVault()).job);
    expect(rotated).toEqual({ left: 0, away: [] });
    const after = await client.keyRing.state();
    expect(after.vault).toEqual({ recipient: expect.not.stringMatching(vault.recipient), rotation: null });
    expect((await client.archive.recipient()).recipient).toBe(after.vault.recipient);
    const { job } = await client.keyRing.goOn({ withoutAway: false });
    expect(await jobResult(client, job)).toEqual({ left: 0, away: [] });
    const admin = await seatOf('aigerim', passwords.administrator);
    expect(await codeOf(admin.client.keyRing.rotateVault())).toBe('ROLE_REFUSED');
  });

  it('plans an interview in a room, and calls it off', async () => {
    const { client } = await seatOf('daniyar', passwords.keyHolder);
    const admin = await seatOf('aigerim', passwords.administrator);
    const sources = simulatedChoices('room', 'face', 'mic1', 'mic2');
    const room = await admin.client.rooms.save({ id: null, name: 'Room 1', sources });
    const { id: caseId } = await client.cases.create({ number: '26-0007', court: 'Juvenile court' });
    const child = await client.cases.addChild({ caseId, status: 'victim', identity: childIdentity });
    expect(await client.cases.identity({ childId: child.id })).toEqual(childIdentity);
    const interview = await client.interviews.plan({
      caseId,
      childId: child.id,
      kind: 'deposition',
      language: 'kk',
      room: room.id,
      plannedAt: '2026-11-21T12:00:00.000Z',
      plannedMinutes: 45,
      participants: [{ capacity: 'psychologist', place: 'interview', name: 'Гүлнар' }],
      further: null,
      missing: absences,
    });
    expect((await client.interviews.earlier({ childId: child.id })).length).toBe(1);
    expect((await client.interviews.list()).map(({ id }) => id)).toEqual([interview.id]);
    expect(await codeOf(admin.client.rooms.remove({ id: room.id }))).toBe('ROOM_BUSY');
    expect((await client.interviews.cancel({ interview: interview.id, reason: 'ill' })).state).toBe('cancelled');
    expect(await codeOf(client.interviews.refuse({ interview: interview.id, note: '' }))).toBe('INTERVIEW_WRONG_STATE');
    expect(await admin.client.rooms.remove({ id: room.id })).toEqual({ done: true });
  });

  it('refuses the wrong role, a missing tie, a locked session and nobody', async () => {
    const investigator = await seatOf('daniyar', passwords.keyHolder);
    const admin = await seatOf('aigerim', passwords.administrator);
    expect(await codeOf(admin.client.cases.list())).toBe('ROLE_REFUSED');
    expect(await codeOf(investigator.client.accounts.list())).toBe('ROLE_REFUSED');
    expect(await codeOf(investigator.client.cases.get({ caseId: 'nothing' }))).toBe('TIE_REFUSED');
    expect(await codeOf(takeSeat(station).client.cases.list())).toBe('SESSION_MISSING');
    expect((await investigator.client.session.lock()).locked).toBe(true);
    expect(await codeOf(investigator.client.cases.list())).toBe('SESSION_LOCKED');
    expect(await codeOf(investigator.client.session.unlock({ password: 'not this one' }))).toBe('SIGN_IN_FAILED');
    expect((await investigator.client.session.unlock({ password: passwords.keyHolder })).locked).toBe(false);
    expect((await investigator.client.session.signOut()).account).toBeNull();
    expect(await codeOf(investigator.client.cases.list())).toBe('SESSION_MISSING');
  });

  it('shows a child’s name to nobody but through its own operation', async () => {
    const { client } = await seatOf('daniyar', passwords.keyHolder);
    const seen = JSON.stringify([
      await client.cases.list(),
      await client.interviews.list(),
      await client.accounts.people(),
    ]);
    for (const secret of Object.values(childIdentity)) expect(seen).not.toContain(secret);
  });
});
