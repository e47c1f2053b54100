import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mentionsChild } from '../../../src/main/cases/childSigns.ts';
import { openSecret } from '../../../src/main/vault/index.ts';
import { canonicalBytes } from '../../../src/shared/domain/canonical.ts';
import { casesOf, childIdentity } from '../../support/testCases.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Awaited<ReturnType<TestStation['signIn']>>;
beforeEach(async () => {
  station = await TestStation.ready();
  services = casesOf(station);
  officer = await station.signIn('daniyar', passwords.keyHolder);
});
afterEach(() => station.stop());

const openCase = (number = '26-0001') =>
  services.cases.create({ number, court: 'Juvenile court of Almaty' }, officer.person);

describe('a case', () => {
  it('is opened by an investigator, who is assigned to it', () => {
    const summary = openCase();
    expect(summary.people).toMatchObject([{ account: officer.person.id, relation: 'assigned' }]);
    expect(services.cases.list(officer.person).map((one) => one.id)).toEqual([summary.id]);
    expect(station.actions().at(-1)).toBe('case.opened');
  });

  it('has a number of its own', async () => {
    openCase();
    const before = station.log.size();
    expect(await refusalOf(() => openCase())).toBe('CASE_NUMBER_TAKEN');
    expect(station.log.size()).toBe(before);
    expect(await refusalOf(() => services.cases.get('nothing'))).toBe('CASE_UNKNOWN');
  });

  it('is shared with another investigator only by assignment', async () => {
    const other = await station.person('investigator', 'marat');
    const judge = await station.person('judge', 'zarina');
    const { person } = await station.signIn('marat');
    const { id } = openCase();
    expect(services.cases.list(person)).toEqual([]);
    const { people } = services.cases.assign(id, other.id, officer.person);
    expect(people.length).toBe(2);
    expect(services.cases.list(person).length).toBe(1);
    services.cases.assign(id, other.id, officer.person);
    expect(station.actions().filter((action) => action === 'case.assigned').length).toBe(1);
    expect(await refusalOf(() => services.cases.assign(id, judge.id, officer.person))).toBe('ROLE_REFUSED');
    expect(await refusalOf(() => services.cases.assign(id, 'nobody', officer.person))).toBe('ACCOUNT_UNKNOWN');
    expect(await refusalOf(() => services.cases.assign('nothing', other.id, officer.person))).toBe('CASE_UNKNOWN');
  });

  it('of an import is the one with that number, or a new one', () => {
    const { id } = openCase();
    expect(services.cases.ofImport({ number: '26-0001', court: 'Other' })).toBe(id);
    const made = services.cases.ofImport({ number: '26-0002', court: 'Other' });
    expect(services.cases.get(made)).toMatchObject({ number: '26-0002', people: [], children: [] });
  });
});

describe('a child', () => {
  it('stands under a code; the name is nowhere in the database or log', async () => {
    const { id } = openCase();
    const child = await services.cases.addChild(
      { caseId: id, status: 'victim', identity: childIdentity },
      officer.person,
    );
    expect(child.code).toMatch(/^[A-Z]-[0-9A-F]{4}$/);
    expect(child.ageYears).toBe(8);
    const dump = station.db.serialize();
    for (const secret of Object.values(childIdentity)) expect(dump.includes(Buffer.from(secret, 'utf8'))).toBe(false);
  });

  it('is recognised in the same case, however it is spelled, and with or without the number', async () => {
    const { id } = openCase();
    const add = (identity: typeof childIdentity | (Omit<typeof childIdentity, 'iin'> & { iin: null })) =>
      services.cases.addChild({ caseId: id, status: 'victim', identity }, officer.person);
    const first = await add(childIdentity);
    expect(await add({ ...childIdentity, surname: 'НҰРЛАНОВА ' })).toEqual(first);
    expect(await add({ ...childIdentity, iin: null })).toEqual(first);
    expect((await add({ ...childIdentity, iin: '171122600124' })).id).not.toBe(first.id);
    expect(station.actions().filter((action) => action === 'child.added').length).toBe(2);
  });

  it('is opened by a key holder only, and that is logged first', async () => {
    const { id } = openCase();
    const child = await services.cases.addChild(
      { caseId: id, status: 'witness', identity: childIdentity },
      officer.person,
    );
    expect(await services.cases.identity(child.id, officer.person, officer.keys)).toEqual(childIdentity);
    expect(station.actions().at(-1)).toBe('identity.opened');
    await station.person('investigator', 'marat');
    const waiting = await station.signIn('marat');
    const before = station.log.size();
    expect(await refusalOf(() => services.cases.identity(child.id, waiting.person, waiting.keys))).toBe(
      'ACCESS_NOT_GRANTED',
    );
    expect(station.log.size()).toBe(before);
    expect(await refusalOf(() => services.cases.identity('nobody', officer.person, officer.keys))).toBe(
      'CHILD_UNKNOWN',
    );
  });

  it('carries a commitment that the sealed identity and salt open', async () => {
    const { id } = openCase();
    await services.cases.addChild({ caseId: id, status: 'victim', identity: childIdentity }, officer.person);
    const row = station.db.prepare('SELECT identity, identity_commitment FROM children').get() as {
      identity: Buffer;
      identity_commitment: string;
    };
    const plain = await openSecret(row.identity, await officer.keys.vaultIdentity());
    const { identity, salt } = JSON.parse(plain.toString('utf8')) as { identity: unknown; salt: string };
    const made = createHash('sha256').update(Buffer.from(salt, 'hex')).update(canonicalBytes(identity)).digest('hex');
    expect(made).toBe(row.identity_commitment);
  });

  it('is not added with an impossible birth date, to no case, or while the station’s keys are closed', async () => {
    const { id } = openCase();
    const add = (caseId: string, birthDate: string) =>
      services.cases.addChild({ caseId, status: 'victim', identity: { ...childIdentity, birthDate } }, officer.person);
    expect(await refusalOf(() => add(id, '2027-01-01'))).toBe('IDENTITY_INVALID');
    expect(await refusalOf(() => add('nothing', '2017-01-01'))).toBe('CASE_UNKNOWN');
    station.stationKeys.forget();
    expect(await refusalOf(() => add(id, '2017-01-01'))).toBe('STATION_KEYS_LOCKED');
  });
});

describe('a text', () => {
  it('is found to mention a child of the case, without opening anything', async () => {
    const { id } = openCase();
    await services.cases.addChild({ caseId: id, status: 'victim', identity: childIdentity }, officer.person);
    const other = services.cases.create({ number: '26-0002', court: 'Court' }, officer.person).id;
    await services.cases.addChild(
      { caseId: other, status: 'victim', identity: { ...childIdentity, surname: 'Сәрсенова', iin: null } },
      officer.person,
    );
    const mentions = (text: string) => services.cases.mentions(id, text);
    const before = station.log.size();
    expect(mentions('с Айшей всё хорошо')).toBe(true);
    expect(mentions('room of the Nurlanova girl')).toBe(true);
    expect(mentions('the child K-7F3A, Сәрсенова')).toBe(false);
    expect(station.log.size()).toBe(before);
    expect(mentionsChild(station.db, id, 'Айша', Buffer.alloc(32))).toBe(false);
    expect(services.cases.mentions(other, 'Айша')).toBe(true);
    expect(services.cases.mentions('nothing', 'Айша')).toBe(false);
  });
});
