import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { islandPath } from '../../support/profiles.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Awaited<ReturnType<TestStation['signIn']>>['person'];
let caseId: string;
let childId: string;
let room: string;
let room2: string;
beforeEach(async () => {
  station = await TestStation.ready();
  services = casesOf(station);
  officer = (await station.signIn('daniyar', passwords.keyHolder)).person;
  const save = async (name: string) =>
    (await services.rooms.save({ id: null, name, sources: simulatedChoices('room', 'mic1') }, officer)).id;
  room = await save('Room 1');
  room2 = await save('Room 2');
  caseId = services.cases.create({ number: '26-0001', court: 'Court' }, officer).id;
  childId = (await services.cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer)).id;
});
afterEach(() => station.stop());

type Input = Parameters<typeof services.interviews.plan>[0];
const psychologist = { capacity: 'psychologist', place: 'interview', name: 'Гүлнар Ермекова' } as const;
const planned = (change: Partial<Input> = {}): Input => ({
  ...{ caseId, childId, kind: 'investigation', language: 'kk', room, plannedMinutes: 60 },
  plannedAt: '2026-11-22T09:00:00.000Z',
  participants: [psychologist],
  further: null,
  ...change,
});
const plan = (change: Partial<Input> = {}) => services.interviews.plan(planned(change), officer);
const further = { reason: 'New facts came to light', authority: 'Order 14' };
const reason = 'Nobody can come before Monday';
const seat = {
  rule: 'teacher-or-psychologist-under-14',
  anyOf: ['teacher', 'psychologist'] as ('teacher' | 'psychologist')[],
};

/** The same child in another case, spelled otherwise, without a number. */
const record = async (change: Partial<typeof childIdentity> & { birth?: string | null } = {}, number = '26-0100') => {
  const { birth, ...identity } = change;
  const other = services.cases.create({ number, court: 'Court' }, officer).id;
  const birthDate = birth === undefined ? childIdentity.birthDate : birth;
  const whole = { ...childIdentity, surname: 'Nurlanova', givenName: 'Aisha', iin: null, ...identity, birthDate };
  const { id } = await services.cases.addChild({ caseId: other, status: 'victim', identity: whole }, officer);
  return { caseId: other, childId: id };
};

describe('who is to be there', () => {
  it('is what the rules in force say, each with its source', async () => {
    const at = '2026-11-22T09:00:00.000Z';
    const expected = await services.planning.expected({ childId, kind: 'deposition', plannedAt: at });
    expect(expected).toMatchObject({ ageYears: 9, rules: { id: 'kz', version: '2' } });
    expect(expected.presence.map(({ anyOf, need, confirmed }) => [anyOf.join(), need, confirmed])).toEqual([
      ['investigating-judge', 'required', false],
      ['prosecutor', 'advised', false],
      ['defence', 'advised', false],
      ['teacher,psychologist', 'required', true],
      ['legal-representative', 'advised', true],
    ]);
    expect(expected.presence.every(({ source }) => source.en !== '')).toBe(true);
    const nobody = await record({ surname: 'Ли', birth: null });
    const unknown = await services.planning.expected({ ...nobody, kind: 'investigation', plannedAt: at });
    expect(unknown.ageYears).toBeNull();
    expect(unknown.presence.find(({ anyOf }) => anyOf.includes('teacher'))?.need).toBe('required');
  });

  it('is planned, or missing for a reason that stays with the plan and out of the log', async () => {
    expect(await refusalOf(() => plan({ participants: [] }))).toBe('PRESENCE_NEEDS_REASON');
    const other = [{ ...seat, anyOf: ['prosecutor' as const], reason }];
    expect(await refusalOf(() => plan({ participants: [], missing: other }))).toBe('PRESENCE_NEEDS_REASON');
    const { id, exhibit } = await plan({ participants: [], missing: [{ ...seat, reason }] });
    const { missing, newlyMissing } = services.planning.facts(id);
    expect(missing.find(({ rule }) => rule === seat.rule)).toEqual({ ...seat, need: 'required', reason });
    expect(missing.filter((one) => one.reason === null).every(({ need }) => need === 'advised')).toBe(true);
    expect(newlyMissing).toEqual([]);
    const [event] = station.log.eventsOf({ type: 'exhibit', id: exhibit });
    expect(event?.event.details).toMatchObject({ rules: { id: 'kz' } });
    expect(event?.bytes.toString('utf8')).not.toContain('Monday');
  });

  it('says so where the rules changed between the plan and the day', async () => {
    const { id } = await plan({ kind: 'deposition', missing: absences });
    const { sha256 } = await services.rules.look(islandPath);
    await services.rules.adopt({ path: islandPath, sha256 }, { id: 'a', role: 'administrator' });
    const facts = services.planning.facts(id);
    expect([facts.plannedUnder?.id, facts.inForce.id]).toEqual(['kz', 'zz']);
    expect(facts.newlyMissing.map(({ anyOf }) => anyOf.join())).toEqual(['interviewer', 'interpreter']);
  });
});

describe('the child before', () => {
  it('is perhaps the same in another spelling; an officer decides, and then it counts', async () => {
    const first = await plan();
    const other = await record();
    const again = planned({ ...other, plannedAt: '2026-11-24T09:00:00.000Z', further });
    expect(services.interviews.earlier(other.childId)).toEqual([]);
    expect(services.planning.perhaps(other.childId)).toMatchObject([
      { child: { id: childId }, caseNumber: '26-0001', interviews: [{ exhibit: first.exhibit }] },
    ]);
    expect(await refusalOf(() => services.interviews.plan(again, officer))).toBe('CHILD_PERHAPS_KNOWN');
    expect(services.planning.decide({ childId: other.childId, other: childId, same: true }, officer)).toEqual([]);
    expect(station.actions().at(-1)).toBe('child.matched');
    expect(services.interviews.earlier(other.childId).map(({ exhibit }) => exhibit)).toEqual([first.exhibit]);
    expect(services.interviews.earlier(childId).length).toBe(1);
    const second = await services.interviews.plan(again, officer);
    expect(services.interviews.forRecord(second.id).previous).toEqual([{ exhibit: first.exhibit, ...further }]);
  });

  it('is another one where the officer says so, and may be decided anew', async () => {
    await plan();
    const other = await record();
    services.planning.decide({ childId: other.childId, other: childId, same: false }, officer);
    expect(station.actions().at(-1)).toBe('child.told-apart');
    await services.interviews.plan(planned({ ...other, plannedAt: '2026-11-24T09:00:00.000Z' }), officer);
    services.planning.decide({ childId, other: other.childId, same: true }, officer);
    expect(services.interviews.earlier(childId).length).toBe(2);
  });

  it.each([
    ['with no birth date', { birth: null }, 1],
    ['with another birth date', { birth: '2016-01-01' }, 0],
    ['of another name', { givenName: 'Алия' }, 0],
    ['with another number', { iin: '171122600124' }, 0],
  ])('%s: undecided are %#', async (_, change, count) => {
    await plan();
    const other = await record(change);
    expect(services.planning.perhaps(other.childId).length).toBe(count);
  });

  it('cannot be decided against a number, nor of anybody at all', async () => {
    await plan();
    const same = await record({ iin: childIdentity.iin });
    expect(services.interviews.earlier(same.childId).length).toBe(1);
    const decide = (other: string) => services.planning.decide({ childId, other, same: false }, officer);
    expect(await refusalOf(() => decide(same.childId))).toBe('CHILD_NOT_ALIKE');
    expect(await refusalOf(() => decide(childId))).toBe('CHILD_NOT_ALIKE');
    expect(await refusalOf(() => decide('nobody'))).toBe('CHILD_UNKNOWN');
    const stranger = await record({ surname: 'Ли', givenName: 'Вера' }, '26-0200');
    expect(await refusalOf(() => decide(stranger.childId))).toBe('CHILD_NOT_ALIKE');
  });

  it('counts from a bag where an officer linked it, until it is unlinked', async () => {
    const at = '2026-03-01T05:00:00.000Z';
    const record = {
      child: { code: 'B-12AB', age_years: 8, role: 'victim', identity_commitment: 'ab'.repeat(32) },
      interview: {
        ...{ id: 'i1', kind: 'deposition', language: 'kk', room: 'R', station: 'aktau1' },
        ...{ planned_at: at, started_at: at, ended_at: at, sealed_at: at },
      },
      signers: [{ file: 'signatures/x.p7s', role: 'officer', code: 'inv-77', cert_sha256: 'ab'.repeat(32) }],
    };
    const exhibit = 'aktau1-2026-000004';
    station.db
      .prepare("INSERT INTO exhibits (number, case_id, origin, state, record) VALUES (?, ?, 'imported', 'sealed', ?)")
      .run(exhibit, caseId, Buffer.from(JSON.stringify(record)));
    expect(services.planning.imported(childId)).toMatchObject([{ exhibit, childCode: 'B-12AB', linked: false }]);
    expect(services.interviews.earlier(childId)).toEqual([]);
    const link = (linked: boolean) => services.planning.link({ childId, exhibit, linked }, officer);
    expect(link(true)).toMatchObject([{ linked: true }]);
    link(true);
    expect(services.interviews.earlier(childId)).toMatchObject([{ exhibit, plannedAt: at, officer: 'inv-77' }]);
    expect(await refusalOf(() => plan())).toBe('FURTHER_INTERVIEW_NEEDS_REASON');
    const { id } = await plan({ further });
    expect(services.interviews.forRecord(id).previous).toEqual([{ exhibit, ...further }]);
    expect(link(false)).toMatchObject([{ linked: false }]);
    expect(
      station
        .actions()
        .filter((action) => action.startsWith('child.'))
        .slice(-2),
    ).toEqual(['child.linked', 'child.unlinked']);
    const strange = { childId, exhibit: 'aktau1-2026-000005', linked: true };
    expect(await refusalOf(() => services.planning.link(strange, officer))).toBe('EXHIBIT_UNKNOWN');
  });

  it('is led by the same person again, or a reason stands', async () => {
    const interviewer = { capacity: 'interviewer', place: 'interview', name: 'Гүлнар Ермекова' } as const;
    await plan({ participants: [psychologist, interviewer] });
    const later = { plannedAt: '2026-11-24T09:00:00.000Z', further };
    expect(await refusalOf(() => plan(later))).toBe('OTHER_LEAD_NEEDS_REASON');
    const spelled = { ...interviewer, name: 'ЕРМЕКОВА Гулнар' };
    const same = await plan({ ...later, participants: [psychologist, spelled] });
    expect(services.planning.facts(same.id).otherLead).toBeNull();
    const otherLead = 'She has left the service';
    const other = await plan({ plannedAt: '2026-11-25T09:00:00.000Z', further: { ...further, otherLead } });
    expect(services.planning.facts(other.id).otherLead).toBe(otherLead);
  });
});

describe('a change', () => {
  const changed = (interview: string, change: object = {}) =>
    services.planning.change(
      {
        ...{ interview, room, plannedAt: '2026-11-22T09:00:00.000Z', plannedMinutes: 60, missing: [] },
        participants: services.interviews.get(interview).participants.map(({ code, place }) => ({ code, place })),
        ...change,
      },
      officer,
    );

  it('moves an interview, keeps its number and its sealed people, and is logged', async () => {
    const { id, exhibit, participants } = await plan();
    const before = services.interviews.forRecord(id).roster;
    const moved = await changed(id, { room: room2, plannedAt: '2026-11-23T11:00:00.000Z', plannedMinutes: 45 });
    expect(moved).toMatchObject({ exhibit, participants, plannedMinutes: 45, room: { id: room2 } });
    expect(moved.child.ageYears).toBe(9);
    expect(services.interviews.forRecord(id).roster).toEqual(before);
    const events = station.log.eventsOf({ type: 'exhibit', id: exhibit });
    expect(events.at(-1)?.event).toMatchObject({
      action: 'interview.changed',
      details: { room: room2, minutes: 45, added: [], removed: [] },
    });
    await plan({ further });
  });

  it('adds and removes people by the rules', async () => {
    const { id, exhibit } = await plan();
    expect(await refusalOf(() => changed(id, { participants: [] }))).toBe('PRESENCE_NEEDS_REASON');
    const teacher = { capacity: 'teacher', place: 'interview', name: 'Құралай Заңғар' };
    const after = await changed(id, { participants: [teacher] });
    expect(after.participants.map(({ capacity }) => capacity)).toEqual(['teacher']);
    expect(station.db.serialize().includes(Buffer.from('Құралай', 'utf8'))).toBe(false);
    const details = station.log.eventsOf({ type: 'exhibit', id: exhibit }).at(-1)?.event.details;
    expect(details).toMatchObject({ added: [after.participants[0]?.code], removed: [expect.stringMatching(/^p-/)] });
    const strange = [{ code: 'p-none', place: 'interview' }];
    expect(await refusalOf(() => changed(id, { participants: strange, missing: [{ ...seat, reason }] }))).toBe(
      'PARTICIPANT_UNKNOWN',
    );
  });

  it('is refused where the room is taken, but an interview does not stand in its own way', async () => {
    const { id } = await plan();
    const next = await plan({ plannedAt: '2026-11-22T11:00:00.000Z', further });
    expect(await refusalOf(() => changed(next.id, { plannedAt: '2026-11-22T09:30:00.000Z' }))).toBe('ROOM_BUSY');
    expect(services.planning.freeTimes({ room, around: '2026-11-22T09:30:00.000Z', minutes: 60 })).toContain(
      '2026-11-22T10:00:00.000Z',
    );
    await changed(id, { plannedAt: '2026-11-22T09:30:00.000Z' });
    expect(await refusalOf(() => changed(id, { plannedAt: '2026-11-20T09:30:00.000Z' }))).toBe('PLANNED_TIME_INVALID');
    expect(await refusalOf(() => changed(id, { room: 'nowhere' }))).toBe('ROOM_UNKNOWN');
  });

  it('is of people alone once the room is prepared, and of nothing once it has begun', async () => {
    const { id } = await plan();
    services.interviews.act(id, 'prepare');
    expect(await refusalOf(() => changed(id, { room: room2 }))).toBe('INTERVIEW_WRONG_STATE');
    await changed(id);
    services.interviews.act(id, 'start');
    expect(await refusalOf(() => changed(id))).toBe('INTERVIEW_WRONG_STATE');
  });

  it('stands or falls with its event', async () => {
    const { id } = await plan();
    const failing = station.failNextAppend();
    await expect(changed(id, { room: room2 })).rejects.toThrow('the disk is full');
    expect(failing.action).toBe('interview.changed');
    expect(services.interviews.get(id)).toMatchObject({
      room: { id: room },
      participants: [{ capacity: 'psychologist' }],
    });
  });
});

describe('the calendar', () => {
  const week = { from: '2026-11-21T19:00:00.000Z', until: '2026-11-28T19:00:00.000Z' };

  it('shows what a person has a tie to, and of the rest that the room is taken', async () => {
    const { exhibit, id } = await plan();
    const cancelled = await plan({ plannedAt: '2026-11-23T09:00:00.000Z', further });
    services.interviews.cancel(cancelled.id, 'ill', officer);
    await station.person('investigator', 'marat');
    const marat = (await station.signIn('marat')).person;
    const own = services.planning.calendar(week, officer);
    expect(own).toMatchObject({ zone: 'Asia/Almaty', rooms: [{ name: 'Room 1' }, { name: 'Room 2' }] });
    expect(own.slots).toMatchObject([
      { room, from: '2026-11-22T09:00:00.000Z', until: '2026-11-22T10:00:00.000Z', interview: { exhibit, id } },
    ]);
    const strange = services.planning.calendar(week, marat).slots;
    expect(strange.map(({ interview }) => interview)).toEqual([null]);
    expect(JSON.stringify(strange)).not.toContain(exhibit);
    expect(services.planning.calendar({ ...week, from: '2026-11-22T10:00:00.000Z' }, officer).slots).toEqual([]);
  });

  it('shows six weeks at most', async () => {
    const long = { from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' };
    expect(await refusalOf(() => services.planning.calendar(long, officer))).toBe('CALENDAR_TOO_LONG');
    const back = { from: week.until, until: week.from };
    expect(await refusalOf(() => services.planning.calendar(back, officer))).toBe('CALENDAR_TOO_LONG');
  });
});
