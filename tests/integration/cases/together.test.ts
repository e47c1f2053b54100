import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { absences, casesOf, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { passwords, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Awaited<ReturnType<TestStation['signIn']>>;
let administrator: Awaited<ReturnType<TestStation['signIn']>>;
beforeEach(async () => {
  station = await TestStation.ready();
  services = casesOf(station);
  officer = await station.signIn('daniyar', passwords.keyHolder);
  administrator = await station.signIn('aigerim', passwords.administrator);
});
afterEach(() => station.stop());

/** Every row of every table but the log's own. */
const content = (): string => {
  const tables = station.db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[];
  const rows = tables.map((table) => [table, station.db.prepare(`SELECT * FROM "${table}"`).all()]);
  return JSON.stringify(rows);
};

describe('a change and its event', () => {
  it('stand or fall together, in every operation that writes one', async () => {
    const choices = simulatedChoices('room', 'mic1');
    const room = await services.rooms.save({ id: null, name: 'R', sources: choices }, officer.person);
    const spare = await services.rooms.save({ id: null, name: 'S', sources: choices }, officer.person);
    const caseId = services.cases.create({ number: '1', court: 'C' }, officer.person).id;
    const add = (surname: string) =>
      services.cases.addChild(
        { caseId, status: 'victim', identity: { ...childIdentity, iin: null, surname } },
        officer.person,
      );
    const child = await add('One');
    const plan = (plannedAt: string, further: { reason: string; authority: string } | null) =>
      services.interviews.plan(
        {
          caseId,
          childId: child.id,
          kind: 'deposition',
          language: 'kk',
          room: room.id,
          plannedAt,
          plannedMinutes: 30,
          participants: [{ capacity: 'psychologist', place: 'interview', name: 'N' }],
          further,
          missing: absences,
        },
        officer.person,
      );
    const interview = await plan('2026-11-22T09:00:00.000Z', null);
    const other = await station.person('investigator', 'marat');
    const invited = station.accounts.invite({ name: 'I', login: 'invited', role: 'judge' }, administrator.person);
    const further = { reason: 'A reason long enough', authority: 'Order 1' };

    const operations: Record<string, () => unknown> = {
      'case.opened': () => services.cases.create({ number: '2', court: 'C' }, officer.person),
      'case.assigned': () => services.cases.assign(caseId, other.id, officer.person),
      'child.added': () => add('Two'),
      'interview.planned': () => plan('2026-11-23T09:00:00.000Z', further),
      'interview.cancelled': () => services.interviews.cancel(interview.id, 'ill', officer.person),
      'interview.refused': () => services.interviews.refuse(interview.id, '', officer.person),
      'room.changed': () => services.rooms.save({ id: null, name: 'T', sources: choices }, officer.person),
      'room.removed': () => services.rooms.remove(spare.id, officer.person),
      'account.invited': () =>
        station.accounts.invite({ name: 'J', login: 'second', role: 'judge' }, administrator.person),
      'account.accepted': () => station.accounts.accept(invited.code, passwords.other),
      'certificate.issued': () => station.accounts.certify(other.id, administrator.person, administrator.keys),
      'access.granted': () => station.accounts.grant(other.id, officer.person, officer.keys),
      'account.suspended': () =>
        station.accounts.suspend({ account: other.id, aloneAccepted: false }, administrator.person),
    };
    for (const [action, operation] of Object.entries(operations)) {
      const before = content();
      const failing = station.failNextAppend();
      await expect(async () => await operation(), action).rejects.toThrow('the disk is full');
      expect(failing.action, action).toBe(action);
      expect(content() === before, action).toBe(true);
    }
  });

  it('of opening an identity: no event, no name', async () => {
    const caseId = services.cases.create({ number: '1', court: 'C' }, officer.person).id;
    const child = await services.cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer.person);
    station.failNextAppend();
    await expect(services.cases.identity(child.id, officer.person, officer.keys)).rejects.toThrow('the disk is full');
  });
});
