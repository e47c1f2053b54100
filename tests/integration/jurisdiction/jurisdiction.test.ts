import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JurisdictionService } from '../../../src/main/jurisdiction/index.ts';
import { limitsFor, presenceFor } from '../../../src/shared/domain/jurisdictionRules.ts';
import { islandPath } from '../../support/profiles.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Awaited<ReturnType<TestStation['signIn']>>;
let folder: string;
const administrator = { id: 'a-1', role: 'administrator' };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-profile-'));
  station = await TestStation.ready();
  services = casesOf(station);
  officer = await station.signIn('daniyar', passwords.keyHolder);
});
afterEach(async () => {
  station.stop();
  await rm(folder, { recursive: true, force: true });
});

async function adopt(path: string) {
  const { sha256 } = await services.rules.look(path);
  return await services.rules.adopt({ path, sha256 }, administrator);
}

/** The island's file with something replaced. */
async function changed(from: string, to: string): Promise<string> {
  const path = join(folder, 'changed.json');
  const text = await readFile(islandPath, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
  return path;
}

describe('a station', () => {
  it('begins with the rules of Kazakhstan and keeps them, whatever comes with a later version', () => {
    expect(services.rules.view().profile.id).toBe('kz');
    const later = new JurisdictionService({
      db: station.db,
      clock: station.clock,
      custody: () => station.log,
      stationId: () => 's',
      shipped: folder,
    });
    expect(later.view()).toEqual(services.rules.view());
    expect(later.choices()).toMatchObject([{ id: 'kz', origin: 'kept', inForce: true }]);
    expect(() => station.db.prepare("UPDATE jurisdictions SET version = '9'").run()).toThrow(/not changed/);
    expect(() => station.db.prepare('DELETE FROM jurisdictions').run()).toThrow(/not changed/);
  });

  it('takes others from a file, says so in the log, and can go back', async () => {
    const before = services.rules.view();
    const adopted = await adopt(islandPath);
    expect(adopted.profile).toMatchObject({ id: 'zz', version: '3.1' });
    const [event] = station.log.list({ count: 1, newestFirst: true });
    expect(event?.event).toMatchObject({
      action: 'station.jurisdiction-changed',
      actor: administrator,
      details: { id: 'zz', version: '3.1', sha256: adopted.sha256 },
      subject: { type: 'station' },
    });
    const size = station.actions().length;
    expect(await adopt(islandPath)).toEqual(adopted);
    expect(station.actions().length).toBe(size);
    expect(services.rules.choices().map(({ id, origin, inForce }) => [id, origin, inForce])).toEqual([
      ['kz', 'shipped', false],
      ['zz', 'kept', true],
    ]);
    const back = await services.rules.adopt({ path: null, sha256: before.sha256 }, administrator);
    expect(back.profile).toEqual(before.profile);
    expect(station.actions().length).toBe(size + 1);
    expect(casesOf(station).rules.view()).toEqual(back);
  });

  it('keeps the good ones where a file has a mistake, changed in between, or cannot be written to the log', async () => {
    const { sha256 } = await adopt(islandPath);
    const events = station.actions().length;
    const wrong = await changed('"under": 21', '"under": "x"');
    expect(await refusalOf(() => services.rules.look(wrong))).toBe('JURISDICTION_VALUE_WRONG');
    expect(await refusalOf(() => services.rules.adopt({ path: wrong, sha256 }, administrator))).toBe(
      'JURISDICTION_VALUE_WRONG',
    );
    const good = await changed('"version": "3.1"', '"version": "3.2"');
    expect(await refusalOf(() => services.rules.adopt({ path: good, sha256 }, administrator))).toBe(
      'JURISDICTION_FILE_CHANGED',
    );
    expect(await refusalOf(() => services.rules.adopt({ path: null, sha256: '0'.repeat(64) }, administrator))).toBe(
      'JURISDICTION_CHOICE_UNKNOWN',
    );
    for (const path of [join(folder, 'none.json'), folder, '/dev/zero'])
      expect(await refusalOf(() => services.rules.look(path))).toBe('JURISDICTION_FILE_UNREADABLE');
    const looked = await services.rules.look(good);
    station.failNextAppend();
    await expect(services.rules.adopt({ path: good, sha256: looked.sha256 }, administrator)).rejects.toThrow(
      'disk is full',
    );
    expect(services.rules.view().sha256).toBe(sha256);
    expect(station.actions().length).toBe(events);
  });

  it('never has two profiles of one id and version', async () => {
    const same = await changed('"minutesADay": 45', '"minutesADay": 44');
    await adopt(islandPath);
    expect(await refusalOf(() => services.rules.look(same))).toBe('JURISDICTION_VERSION_TAKEN');
    const asKz = await changed('"id": "zz",\n  "version": "3.1"', '"id": "kz",\n  "version": "2"');
    expect(await refusalOf(() => services.rules.look(asKz))).toBe('JURISDICTION_VERSION_TAKEN');
    const next = await changed('"version": "3.1"', '"version": "3.2"');
    expect((await adopt(next)).profile.version).toBe('3.2');
  });
});

describe('under the rules of another country', () => {
  let room: string;
  beforeEach(async () => {
    room = (
      await services.rooms.save({ id: null, name: 'Room', sources: simulatedChoices('room', 'mic1') }, officer.person)
    ).id;
  });
  const open = (number: string) => services.cases.create({ number, court: 'Court' }, officer.person).id;
  const childOf = async (caseId: string) =>
    (await services.cases.addChild({ caseId, status: 'witness', identity: childIdentity }, officer.person)).id;
  const plan = (caseId: string, childId: string, kind: 'deposition' | 'investigation') =>
    services.interviews.plan(
      {
        ...{ caseId, childId, kind, room, language: 'en' },
        ...{
          plannedAt: '2026-11-22T09:00:00.000Z',
          plannedMinutes: 30,
          participants: [],
          further: null,
          missing: absences,
        },
      },
      officer.person,
    );

  it('a case is numbered and an interview planned as they say, and the record names them', async () => {
    expect(await refusalOf(() => open('ISL/0042/QX, child Айша'))).toBe('CASE_NUMBER_UNFIT');
    await adopt(islandPath);
    expect(await refusalOf(() => open('26-0001'))).toBe('CASE_NUMBER_UNFIT');
    const caseId = open('ISL/0042/QX');
    const childId = await childOf(caseId);
    expect(await refusalOf(() => plan(caseId, childId, 'investigation'))).toBe('INTERVIEW_KIND_NOT_HELD');
    const interview = await plan(caseId, childId, 'deposition');
    expect(services.interviews.forRecord(interview.id).case.jurisdiction).toEqual({ id: 'zz', version: '3.1' });
    const { ageYears } = interview.child;
    expect(limitsFor(services.rules.inForce(), ageYears)).toMatchObject({
      minutesWithoutBreak: null,
      minutesADay: 100,
    });
    expect(presenceFor(services.rules.inForce(), ageYears, interview.kind).map(({ rule }) => rule)).toEqual([
      'kind-deposition',
      'kind-deposition',
      'interpreter-always',
    ]);
  });

  it('a recording keeps the rules under which it began', async () => {
    const caseId = open('26-0001');
    const interview = await plan(caseId, await childOf(caseId), 'deposition');
    const named = () => services.interviews.forRecord(interview.id).case.jurisdiction;
    const begin = station.db.prepare("UPDATE exhibits SET state = 'recording', started_at = ? WHERE number = ?");
    station.clock.forward(60);
    begin.run(station.clock.now().toISOString(), interview.exhibit);
    station.clock.forward(60);
    await adopt(islandPath);
    expect(named()).toEqual({ id: 'kz', version: '2' });
    const phases = (instant: string | null) => services.rules.phasesAt(instant).map(({ id }) => id);
    expect(phases(services.interviews.get(interview.id).startedAt)).toContain('rapport');
    expect(phases(null)).toEqual(['tea', 'story']);
    station.clock.forward(60);
    begin.run(station.clock.now().toISOString(), interview.exhibit);
    expect(named()).toEqual({ id: 'zz', version: '3.1' });
    begin.run('2020-01-01T00:00:00.000Z', interview.exhibit);
    expect(named()).toEqual({ id: 'kz', version: '2' });
  });
});
