import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Person, relationsTo, type TiedTo } from '../../../src/main/accounts/index.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { passwords, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Person;
let ids: { case: string; child: string; interview: string; exhibit: string };
beforeEach(async () => {
  station = await TestStation.ready();
  services = casesOf(station);
  officer = (await station.signIn('daniyar', passwords.keyHolder)).person;
  const room = await services.rooms.save({ id: null, name: 'R', sources: simulatedChoices('room', 'mic1') }, officer);
  const caseId = services.cases.create({ number: '26-1', court: 'Court' }, officer).id;
  const child = await services.cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer);
  const interview = await services.interviews.plan(
    {
      caseId,
      childId: child.id,
      kind: 'deposition',
      language: 'ru',
      room: room.id,
      plannedAt: '2026-11-21T12:00:00.000Z',
      plannedMinutes: 30,
      participants: [],
      further: null,
      missing: absences,
    },
    officer,
  );
  ids = { case: caseId, child: child.id, interview: interview.id, exhibit: interview.exhibit };
});
afterEach(() => station.stop());

const things = ['case', 'child', 'interview', 'exhibit'] as const;
const heldBy = (person: Person, to: TiedTo, id: string) => {
  const held = relationsTo(station.db, person, to, id);
  return held === null ? null : [...held].sort();
};
const toAll = (person: Person) => things.map((to) => heldBy(person, to, ids[to]));
const join = async (role: Person['role'], login: string): Promise<Person> => {
  await station.person(role, login);
  return (await station.signIn(login)).person;
};
const hearing = (id: string, judge: Person, exhibits: string[]) => {
  station.db
    .prepare("INSERT INTO hearings (id, number, case_id, judge, planned_at, state) VALUES (?, 'H', ?, ?, ?, 'planned')")
    .run(id, ids.case, judge.id, '2026-12-01T09:00:00.000Z');
  for (const exhibit of exhibits) {
    station.db.prepare('INSERT INTO hearing_exhibits (hearing, exhibit) VALUES (?, ?)').run(id, exhibit);
  }
};

describe('relationsTo', () => {
  it('is null for what does not exist', () => {
    for (const to of [...things, 'hearing'] as const) expect(heldBy(officer, to, 'nothing')).toBeNull();
  });

  it('ties the assigned investigator to everything of the case, and no other', async () => {
    expect(toAll(officer)).toEqual([['assigned'], ['assigned'], ['assigned'], ['assigned']]);
    expect(toAll(await join('investigator', 'marat'))).toEqual([[], [], [], []]);
  });

  it('ties an operator to an interview while its equipment is at work', async () => {
    const operator = await join('operator', 'desk');
    expect(toAll(operator)).toEqual([[], [], [], []]);
    for (const act of ['prepare', 'start', 'stop'] as const) {
      services.interviews.act(ids.interview, act);
      expect(toAll(operator)).toEqual([[], [], ['assigned'], []]);
    }
    services.interviews.act(ids.interview, 'seal');
    expect(toAll(operator)).toEqual([[], [], [], []]);
  });

  it('ties a clerk through what was offered to or taken into the archive', async () => {
    const clerk = await join('clerk', 'timur');
    expect(toAll(clerk)).toEqual([[], [], [], []]);
    expect(services.cases.list(clerk)).toEqual([]);
    station.db.exec("UPDATE exhibits SET archive = 'offered'");
    expect(heldBy(clerk, 'exhibit', ids.exhibit)).toEqual(['offered']);
    expect(services.cases.list(clerk)).toEqual([]);
    station.db.exec("UPDATE exhibits SET archive = 'accepted'");
    expect(toAll(clerk)).toEqual([['handed-over'], ['handed-over'], ['handed-over'], ['handed-over']]);
    expect(services.cases.list(clerk).map(({ id }) => id)).toEqual([ids.case]);
  });

  it('ties a judge through admission to their own hearings', async () => {
    const judge = await join('judge', 'zarina');
    const other = await join('judge', 'bolat');
    hearing('h1', judge, [ids.exhibit]);
    hearing('h2', other, []);
    expect(toAll(judge)).toEqual([['admitted'], ['admitted'], ['admitted'], ['admitted']]);
    expect(heldBy(judge, 'hearing', 'h1')).toEqual(['admitted', 'presiding']);
    expect(toAll(other)).toEqual([[], [], [], []]);
    expect(heldBy(other, 'hearing', 'h2')).toEqual(['presiding']);
    expect(heldBy(other, 'hearing', 'h1')).toEqual([]);
    expect(services.cases.list(judge).length).toBe(1);
    expect(services.cases.list(other)).toEqual([]);
  });

  it('ties auditors and administrators to nothing', async () => {
    expect(toAll(await join('auditor', 'olga'))).toEqual([[], [], [], []]);
    expect(toAll((await station.signIn('aigerim', passwords.administrator)).person)).toEqual([[], [], [], []]);
  });
});
