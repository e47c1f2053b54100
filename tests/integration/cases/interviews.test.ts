import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Awaited<ReturnType<TestStation['signIn']>>;
let caseId: string;
let childId: string;
let room: string;
beforeEach(async () => {
  station = await TestStation.ready();
  services = casesOf(station);
  officer = await station.signIn('daniyar', passwords.keyHolder);
  const choices = simulatedChoices('room', 'face', 'mic1');
  room = (await services.rooms.save({ id: null, name: 'Room 1', sources: choices }, officer.person)).id;
  caseId = services.cases.create({ number: '26-0001', court: 'Juvenile court' }, officer.person).id;
  childId = (await services.cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer.person)).id;
});
afterEach(() => station.stop());

type Input = Parameters<typeof services.interviews.plan>[0];
const planned = (change: Partial<Input> = {}): Input => ({
  caseId,
  childId,
  kind: 'deposition',
  language: 'kk',
  room,
  plannedAt: '2026-11-22T09:00:00.000Z',
  plannedMinutes: 60,
  participants: [
    { capacity: 'psychologist', place: 'interview', name: 'Гүлнар Ермекова' },
    { capacity: 'defence', place: 'observation', name: 'Пётр Ли' },
  ],
  further: null,
  missing: absences,
  ...change,
});
const plan = (change: Partial<Input> = {}) => services.interviews.plan(planned(change), officer.person);
const further = { reason: 'New facts came to light on 20 November', authority: 'Prosecutor, order 14' };

describe('planning', () => {
  it('gives an exhibit number and keeps names sealed', async () => {
    const interview = await plan();
    expect(interview).toMatchObject({ exhibit: 'almaty1-2026-000001', state: 'planned', caseNumber: '26-0001' });
    expect(interview.participants.map(({ capacity }) => capacity)).toEqual(['psychologist', 'defence']);
    expect(interview.participants.every(({ code }) => /^p-[a-z2-9]{4}$/.test(code))).toBe(true);
    const dump = station.db.serialize();
    for (const name of ['Гүлнар', 'Ермекова', 'Пётр']) expect(dump.includes(Buffer.from(name, 'utf8'))).toBe(false);
    expect(services.interviews.get(interview.id)).toEqual(interview);
    expect(services.interviews.ofExhibit(interview.exhibit)?.id).toBe(interview.id);
    expect(services.interviews.ofExhibit('almaty1-2026-999999')).toBeNull();
    const [event] = station.log.eventsOf({ type: 'exhibit', id: interview.exhibit });
    expect(event?.event).toMatchObject({
      action: 'interview.planned',
      details: { further: false, kind: 'deposition', previous: [], room },
      subject: { seq: 0 },
    });
    const exhibit = station.db.prepare('SELECT state, origin, archive FROM exhibits').get();
    expect(exhibit).toEqual({ state: 'planned', origin: 'here', archive: 'with-officer' });
  });

  it('tells the age on the day of the interview', async () => {
    expect((await plan({ plannedAt: '2026-11-21T11:00:00.000Z' })).child.ageYears).toBe(8);
    expect((await plan({ plannedAt: '2026-11-23T11:00:00.000Z', further })).child.ageYears).toBe(9);
  });

  it('never gives a number twice', async () => {
    const first = await plan();
    services.interviews.cancel(first.id, 'The child is ill', officer.person);
    expect((await plan()).exhibit).toBe('almaty1-2026-000002');
    expect(await refusalOf(() => plan())).toBe('ROOM_BUSY');
    const next = { plannedAt: '2026-11-22T12:00:00.000Z', further };
    expect((await plan(next)).exhibit).toBe('almaty1-2026-000003');
  });

  it('refuses a room that is taken, and takes one that is free before or after', async () => {
    await plan();
    const other = (at: string, minutes = 60) => plan({ plannedAt: at, plannedMinutes: minutes, further });
    expect(await refusalOf(() => other('2026-11-22T09:59:00.000Z'))).toBe('ROOM_BUSY');
    expect(await refusalOf(() => other('2026-11-22T08:30:00.000Z'))).toBe('ROOM_BUSY');
    expect(await refusalOf(() => other('2026-11-22T08:00:00.000Z', 300))).toBe('ROOM_BUSY');
    await other('2026-11-22T10:00:00.000Z');
    await other('2026-11-22T08:00:00.000Z');
  });

  it('holds a room that is still being recorded in beyond its time', async () => {
    const { id } = await plan({ plannedAt: '2026-11-21T10:14:00.000Z', plannedMinutes: 30 });
    services.interviews.act(id, 'prepare');
    services.interviews.act(id, 'start');
    station.clock.forward(50 * 60);
    const late = { plannedAt: '2026-11-21T11:00:00.000Z', further };
    expect(await refusalOf(() => plan(late))).toBe('ROOM_BUSY');
  });

  it('refuses unknown rooms and children, and times that cannot be', async () => {
    expect(await refusalOf(() => plan({ room: 'nowhere' }))).toBe('ROOM_UNKNOWN');
    expect(await refusalOf(() => plan({ childId: 'nobody' }))).toBe('CHILD_UNKNOWN');
    const other = services.cases.create({ number: '26-0002', court: 'Court' }, officer.person).id;
    expect(await refusalOf(() => plan({ caseId: other }))).toBe('CHILD_UNKNOWN');
    expect(await refusalOf(() => plan({ plannedAt: '2026-11-20T10:00:00.000Z' }))).toBe('PLANNED_TIME_INVALID');
    expect(await refusalOf(() => plan({ plannedAt: '2036-11-20T10:00:00.000Z' }))).toBe('PLANNED_TIME_INVALID');
    station.stationKeys.forget();
    expect(await refusalOf(() => plan())).toBe('STATION_KEYS_LOCKED');
    expect(station.db.prepare('SELECT count(*) FROM interviews').pluck().get()).toBe(0);
  });

  it('lets one of two plans for the same hour through', async () => {
    const outcomes = await Promise.allSettled([plan({ further }), plan({ further })]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('once', () => {
  it('asks for reason and authority when the child was interviewed before, in any case', async () => {
    const first = await plan();
    await station.person('investigator', 'marat');
    const { person } = await station.signIn('marat');
    const other = services.cases.create({ number: '26-0100', court: 'Other court' }, person).id;
    const identity = { ...childIdentity, surname: 'нұрланова', iin: null };
    const same = await services.cases.addChild({ caseId: other, status: 'witness', identity }, person);
    expect(same.id).not.toBe(childId);
    expect(services.interviews.earlier(same.id)).toMatchObject([
      { exhibit: first.exhibit, caseNumber: '26-0001', state: 'planned', officer: 'Daniyar Investigator' },
    ]);
    const again = planned({ caseId: other, childId: same.id, plannedAt: '2026-11-24T09:00:00.000Z' });
    expect(await refusalOf(() => services.interviews.plan(again, person))).toBe('FURTHER_INTERVIEW_NEEDS_REASON');
    expect(await refusalOf(() => services.interviews.plan({ ...again, further }, person))).toBe(
      'OTHER_LEAD_NEEDS_REASON',
    );
    const otherLead = 'The first officer has left the service';
    const second = await services.interviews.plan({ ...again, further: { ...further, otherLead } }, person);
    expect(services.interviews.forRecord(second.id).previous).toEqual([{ exhibit: first.exhibit, ...further }]);
    expect(services.planning.facts(second.id).otherLead).toBe(otherLead);
    const [event] = station.log.eventsOf({ type: 'exhibit', id: second.exhibit });
    expect(event?.event.details).toMatchObject({ further: true, previous: [first.exhibit] });
    expect(event?.bytes.toString('utf8')).not.toContain('New facts');
    expect(await refusalOf(() => services.interviews.earlier('nobody'))).toBe('CHILD_UNKNOWN');
  });

  it('goes on at once with what a fault cut off: the same room and people, no questions asked', async () => {
    const first = await plan({
      plannedAt: '2026-11-21T10:20:00.000Z',
      participants: [{ capacity: 'psychologist', place: 'interview', name: 'Гүлнар Омарова' }],
    });
    expect(await refusalOf(async () => services.interviews.goOn(first.id, officer.person))).toBe(
      'INTERVIEW_NOT_CUT_OFF',
    );
    const startedAt = new Date(Date.parse('2026-11-21T10:00:00.000Z') - 600_000).toISOString();
    station.db
      .prepare('UPDATE exhibits SET started_at = ?, secured_at = ? WHERE number = ?')
      .run(startedAt, '2026-11-21T10:00:00.000Z', first.exhibit);
    for (const act of ['prepare', 'start', 'secure'] as const) services.interviews.act(first.id, act);
    const second = services.interviews.goOn(first.id, officer.person);
    expect(second).toMatchObject({ continues: first.exhibit, state: 'planned', room: first.room, child: first.child });
    expect(services.interviews.goOn(first.id, officer.person).id).toBe(second.id);
    expect(services.interviews.get(first.id).goesOnIn).toBe(second.id);
    const [before, now] = [services.interviews.forRecord(first.id), services.interviews.forRecord(second.id)];
    expect(now.roster.map(({ role, identity_commitment }) => [role, identity_commitment])).toEqual(
      before.roster.map(({ role, identity_commitment }) => [role, identity_commitment]),
    );
    expect(now.previous[0]).toMatchObject({ exhibit: first.exhibit });
  });

  it('goes on from what a crash cut off the same day, and names it', async () => {
    const first = await plan({ plannedAt: '2026-11-21T10:20:00.000Z' });
    const crashed = station.db.prepare('UPDATE exhibits SET started_at = ?, secured_at = ? WHERE number = ?');
    crashed.run('2026-11-21T10:21:00.000Z', '2026-11-21T10:30:00.000Z', first.exhibit);
    services.interviews.act(first.id, 'prepare');
    services.interviews.act(first.id, 'start');
    services.interviews.act(first.id, 'secure');
    const second = await plan({ plannedAt: '2026-11-21T11:30:00.000Z', further });
    expect(second.continues).toBe(first.exhibit);
    const later = await plan({ plannedAt: '2026-11-23T11:30:00.000Z', further });
    expect(later.continues).toBeNull();
    expect(services.interviews.forRecord(later.id).previous.map(({ exhibit }) => exhibit)).toEqual([
      second.exhibit,
      first.exhibit,
    ]);
  });

  it('does not count what was cancelled or what the child refused', async () => {
    const first = await plan();
    services.interviews.refuse(first.id, '', officer.person);
    expect(services.interviews.earlier(childId)).toEqual([]);
    await plan();
  });
});

describe('the states', () => {
  it('follow the table, and say where they stand when they do not', async () => {
    const { id } = await plan();
    expect(services.interviews.act(id, 'prepare')).toBe('ready');
    expect(services.interviews.act(id, 'start')).toBe('recording');
    expect(await refusalOf(() => services.interviews.cancel(id, 'too late', officer.person))).toBe(
      'INTERVIEW_WRONG_STATE',
    );
    expect(await refusalOf(() => services.interviews.refuse(id, '', officer.person))).toBe('INTERVIEW_WRONG_STATE');
    expect(services.interviews.inStates(['recording', 'ended']).map((one) => one.id)).toEqual([id]);
    expect(services.interviews.inStates([])).toEqual([]);
    expect(services.interviews.act(id, 'stop')).toBe('ended');
    expect(services.interviews.act(id, 'seal')).toBe('sealed');
    expect(await refusalOf(() => services.interviews.act('nothing', 'seal'))).toBe('INTERVIEW_UNKNOWN');
  });

  it('keep the words of a cancellation out of the log', async () => {
    const { id, exhibit } = await plan();
    expect(services.interviews.cancel(id, 'Aisha is ill', officer.person).state).toBe('cancelled');
    const events = station.log.eventsOf({ type: 'exhibit', id: exhibit });
    expect(events.map(({ event }) => event.action)).toEqual(['interview.planned', 'interview.cancelled']);
    expect(events.map(({ bytes }) => bytes.toString('utf8')).join()).not.toContain('Aisha');
  });
});

describe('lists', () => {
  it('show an investigator their cases’ interviews, an operator today’s and what goes on', async () => {
    const today = await plan({ plannedAt: '2026-11-21T12:00:00.000Z' });
    const later = await plan({ plannedAt: '2026-11-25T12:00:00.000Z', further });
    await station.person('investigator', 'marat');
    await station.person('operator', 'desk');
    const operator = (await station.signIn('desk')).person;
    expect(services.interviews.list(officer.person).map((one) => one.id)).toEqual([later.id, today.id]);
    expect(services.interviews.list((await station.signIn('marat')).person)).toEqual([]);
    expect(services.interviews.list(operator).map((one) => one.id)).toEqual([today.id]);
    services.interviews.act(later.id, 'prepare');
    expect(services.interviews.list(operator).length).toBe(2);
  });
});

describe('for the record', () => {
  it('gives what record.json says of case, child, people and earlier interviews', async () => {
    const { id, participants } = await plan();
    const code = participants[0]?.code ?? '';
    services.interviews.addEntry(id, { at_ms: 900, type: 'roster', label: 'psychologist', code, present: false });
    services.interviews.addEntry(id, { at_ms: 100, type: 'note', label: 'кафе\u0301' });
    const facts = services.interviews.forRecord(id);
    const shape = EvidenceRecord.pick({ case: true, child: true, roster: true, previous: true });
    shape.parse({ case: facts.case, child: facts.child, roster: facts.roster, previous: facts.previous });
    expect(facts.case).toMatchObject({ number: '26-0001', court: 'Juvenile court' });
    expect(facts.interview).toMatchObject({ id, room: 'Room 1', station: 'almaty1', language: 'kk' });
    expect(facts.child).toMatchObject({ age_years: 9, role: 'victim' });
    expect(facts.roster.map(({ left_ms }) => left_ms)).toEqual([900, null]);
    expect(services.interviews.timeline(id).map(({ label }) => label)).toEqual([
      'кафе\u0301'.normalize('NFC'),
      'psychologist',
    ]);
    const fraction = { at_ms: 1, type: 'marker', label: '', level: 0.5 } as const;
    expect(await refusalOf(() => services.interviews.addEntry(id, fraction))).toBe('JSON_NOT_CANONICAL');
  });
});
