import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecret } from '../../../src/main/vault/index.ts';
import type { Interview } from '../../../src/shared/contract/cases.ts';
import { canonicalBytes } from '../../../src/shared/domain/canonical.ts';
import type { PreparationAnswer } from '../../../src/shared/domain/preparationAnswers.ts';
import { EvidencePreparation } from '../../../src/shared/evidence/preparation.ts';
import { hasJsonSchema, schemaFaults } from '../../support/jsonSchema.ts';
import { islandPath, profileAt } from '../../support/profiles.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { preparationOf } from '../../support/testPreparation.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

const NICKNAME = 'Айшатай-Құлыншақ';
const WORDS = 'Ит үргеннен қорқады';
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Awaited<ReturnType<TestStation['signIn']>>;
let interview: Interview;
let prepared: ReturnType<typeof preparationOf>;
const by = (person: { code: string; role: string }) => ({ id: person.code, role: person.role });
const answer = (given: PreparationAnswer, words: string | null = null, person = officer.person) =>
  prepared.preparation.answer(interview.id, given, words, by(person));
const read = (rule: string, reader: string | null, state: 'read' | 'in-recording' | 'skipped' = 'read') =>
  ({ about: 'reading', rule, state, by: reader, language: 'kk', interpreted: false }) as const;
const coded = (capacity: string) => interview.participants.find((one) => one.capacity === capacity)?.code ?? '';

beforeEach(async () => {
  station = await TestStation.ready();
  services = casesOf(station);
  officer = await station.signIn('daniyar', passwords.keyHolder);
  const room = await services.rooms.save(
    { id: null, name: 'Room', sources: simulatedChoices('room', 'mic1') },
    officer.person,
  );
  const { id: caseId } = services.cases.create({ number: '26-0001', court: 'Court' }, officer.person);
  const child = await services.cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer.person);
  interview = await services.interviews.plan(
    {
      ...{ caseId, childId: child.id, kind: 'investigation', language: 'kk', room: room.id, plannedMinutes: 60 },
      plannedAt: station.clock.now().toISOString(),
      participants: [
        { capacity: 'psychologist', place: 'interview', name: 'Жұлдыз' },
        { capacity: 'defence', place: 'observation', name: 'Қорғаушы' },
      ],
      further: null,
      missing: absences,
    },
    officer.person,
  );
  prepared = preparationOf(station, services);
});
afterEach(() => station.stop());

describe('answering', () => {
  it('keeps each answer at once, and says what is left', async () => {
    expect((await prepared.preparation.view(interview.id)).next).toBe('room');
    await answer({ about: 'wellbeing', of: 'fears', state: 'yes' }, WORDS);
    const view = await answer({ about: 'person', code: coded('psychologist'), state: 'here' });
    expect(view.entries.map(({ item, words }) => [item, words])).toEqual([
      ['wellbeing.fears', WORDS],
      [`person.${coded('psychologist')}`, null],
    ]);
    expect(view.standing.sections.find(({ section }) => section === 'child')).toMatchObject({ done: 1 });
    expect(view.standing.sections.find(({ section }) => section === 'people')).toMatchObject({ done: 1, of: 2 });
  });

  it('has a person’s words and names nowhere in plain', async () => {
    await answer({ about: 'wellbeing', of: 'fears', state: 'yes' }, WORDS);
    await answer({ about: 'called', state: 'told' }, NICKNAME);
    const dump = station.db.serialize();
    for (const secret of [WORDS, NICKNAME]) expect(dump.includes(Buffer.from(secret, 'utf8'))).toBe(false);
  });

  it('shows a person’s words only while the station’s keys are open', async () => {
    const view = await answer({ about: 'wellbeing', of: 'fears', state: 'yes' }, WORDS);
    expect(view.entries[0]?.words).toBe(WORDS);
    station.stationKeys.forget();
    const closed = await prepared.preparation.view(interview.id);
    expect(closed.entries[0]).toMatchObject({ words: null, answer: { state: 'yes' } });
  });

  it('two people at once: the last answer stands, what the other had said is shown beside it', async () => {
    await station.person('investigator', 'marat');
    const other = await station.signIn('marat');
    await answer({ about: 'wellbeing', of: 'tired', state: 'yes' }, 'ұйықтамаған', other.person);
    station.clock.forward(60);
    const view = await answer({ about: 'wellbeing', of: 'tired', state: 'no' });
    expect(view.entries).toMatchObject([
      {
        answer: { state: 'no' },
        by: officer.person.name,
        before: { answer: { state: 'yes' }, words: 'ұйықтамаған', by: other.person.name },
      },
    ]);
    // One who corrects themselves has nothing before it.
    await answer({ about: 'called', state: 'not-asked' });
    const twice = await answer({ about: 'called', state: 'told' }, NICKNAME);
    expect(twice.entries.find(({ item }) => item === 'called')).toMatchObject({ before: null, words: null });
  });

  it('is held to the plan and the rules', async () => {
    const { preparation } = prepared;
    expect(await refusalOf(() => answer({ about: 'called', state: 'told' }))).toBe('PREPARATION_WORDS_MISSING');
    expect(await refusalOf(() => answer(read('right-to-a-break', null, 'skipped')))).toBe('PREPARATION_WORDS_MISSING');
    expect(await refusalOf(() => answer(read('warn-of-liability', 'officer')))).toBe('PREPARATION_ITEM_UNKNOWN');
    expect(await refusalOf(() => answer({ about: 'person', code: 'nobody', state: 'here' }))).toBe(
      'PREPARATION_ITEM_UNKNOWN',
    );
    expect(await refusalOf(() => answer({ about: 'seat', anyOf: ['other'] }, 'why'))).toBe('PREPARATION_ITEM_UNKNOWN');
    // By the rules a defence lawyer reads no rights to a child.
    expect(await refusalOf(() => answer(read('right-to-a-break', coded('defence'))))).toBe('PREPARATION_READER_UNFIT');
    expect(await refusalOf(() => answer(read('right-to-a-break', null)))).toBe('PREPARATION_READER_UNFIT');
    expect((await preparation.view(interview.id)).entries).toEqual([]);
    expect((await answer(read('right-to-a-break', 'officer'))).entries.length).toBe(1);
  });

  it('ends with the interview', async () => {
    services.interviews.cancel(interview.id, 'another day', officer.person);
    expect(await refusalOf(() => answer({ about: 'called', state: 'not-asked' }))).toBe('PREPARATION_CLOSED');
    expect((await prepared.preparation.view(interview.id)).open).toBe(false);
  });

  it('asks for a reading again where the rules have changed meanwhile', async () => {
    await answer(read('right-to-a-break', 'officer'));
    prepared.around.profile = { ...prepared.around.profile, version: '99' };
    const view = await prepared.preparation.view(interview.id);
    expect(view.standing.gaps.filter(({ why }) => why === 'reading-outdated').map(({ item }) => item)).toEqual([
      'right-to-a-break',
    ]);
    prepared.around.profile = profileAt(islandPath);
    const island = await prepared.preparation.view(interview.id);
    expect(island.readings.map(({ rule, language }) => [rule, language])).toEqual([['reading-island', 'en']]);
  });
});

describe('a still', () => {
  const { takeStill, keepStill } = {
    takeStill: (source = 'room') => prepared.preparation.takeStill(interview.id, source, by(officer.person)),
    keepStill: (still: string, person = officer.person) =>
      prepared.preparation.keepStill(interview.id, still, by(person)),
  };

  it('is what this person saw and confirmed; another takes its place', async () => {
    prepared.around.picture = JPEG;
    const { still, jpeg } = await takeStill();
    expect(Buffer.from(jpeg, 'base64')).toEqual(JPEG);
    // The camera has moved on meanwhile: what was seen is kept.
    prepared.around.picture = Buffer.from([0xff, 0xd8, 0xff, 9]);
    const view = await keepStill(still);
    expect(view.stills).toMatchObject([{ source: 'room', by: officer.person.name }]);
    expect(view.standing.gaps.some(({ why }) => why === 'still')).toBe(false);
    expect(Buffer.from((await prepared.preparation.still(interview.id, 'room')).jpeg, 'base64')).toEqual(JPEG);
    expect(station.db.serialize().includes(JPEG)).toBe(false);
    expect(await refusalOf(() => keepStill(still))).toBe('PREPARATION_STILL_GONE');
    await keepStill((await takeStill()).still);
    expect(Buffer.from((await prepared.preparation.still(interview.id, 'room')).jpeg, 'base64')[3]).toBe(9);
  });

  it('is none where there is no picture, no such camera, or somebody else took it', async () => {
    expect(await refusalOf(() => takeStill())).toBe('PREPARATION_NO_PICTURE');
    prepared.around.picture = JPEG;
    expect(await refusalOf(() => takeStill('mic1'))).toBe('PREPARATION_ITEM_UNKNOWN');
    const { still } = await takeStill();
    expect(await refusalOf(() => keepStill(still, { ...officer.person, code: 'another' }))).toBe(
      'PREPARATION_STILL_GONE',
    );
    expect(await refusalOf(() => prepared.preparation.still(interview.id, 'room'))).toBe('PREPARATION_STILL_GONE');
  });
});

describe('names', () => {
  it('are opened by a key holder alone, and that is on record', async () => {
    await answer({ about: 'called', state: 'told' }, NICKNAME);
    const names = await prepared.preparation.names(interview.id, by(officer.person), officer.keys);
    expect(names.people.map(({ name }) => name)).toEqual(['Жұлдыз', 'Қорғаушы']);
    expect(names.called).toBe(NICKNAME);
    expect(station.actions().at(-1)).toBe('preparation.names-opened');
    await station.person('investigator', 'marat');
    const waiting = await station.signIn('marat');
    const before = station.log.size();
    expect(await refusalOf(() => prepared.preparation.names(interview.id, by(waiting.person), waiting.keys))).toBe(
      'ACCESS_NOT_GRANTED',
    );
    expect(station.log.size()).toBe(before);
  });
});

describe('what it becomes in the exhibit', () => {
  const paper = () => {
    const bytes = prepared.around.kept.get('preparation.json');
    if (bytes === undefined) throw new Error('nothing was kept');
    return { text: Buffer.from(bytes).toString('utf8'), bytes };
  };

  it('is nothing where nobody prepared anything', async () => {
    await prepared.preparation.keep(interview.id, by(officer.person));
    expect(prepared.around.kept.size).toBe(0);
    expect(services.interviews.timeline(interview.id)).toEqual([]);
  });

  it('is all of it, in codes, once, as its schema says, with a note on the timeline', async () => {
    const { preparation, around } = prepared;
    around.picture = JPEG;
    around.reasons = [{ anyOf: ['legal-representative'], reason: 'Жолда' }];
    await preparation.keepStill(
      interview.id,
      (await preparation.takeStill(interview.id, 'room', by(officer.person))).still,
      by(officer.person),
    );
    await answer({ about: 'called', state: 'told' }, NICKNAME);
    await answer({ about: 'wellbeing', of: 'fears', state: 'yes' }, WORDS);
    await answer({ about: 'need', of: 'aids', state: 'not-asked' });
    await answer({ about: 'person', code: coded('psychologist'), state: 'absent' });
    await answer({ about: 'seat', anyOf: ['teacher', 'psychologist'] }, 'Психолог ауырып қалды');
    await answer(read('right-to-a-break', 'officer'));
    await answer(read('right-to-own-language', null, 'skipped'), 'Бала ұйықтап кетті');
    await preparation.keep(interview.id, by(officer.person));
    await preparation.keep(interview.id, by(officer.person));

    expect([...around.kept.keys()]).toEqual(['still-room.jpg', 'preparation.json']);
    const { text, bytes } = paper();
    const read1 = EvidencePreparation.parse(JSON.parse(text));
    expect(Buffer.from(canonicalBytes(JSON.parse(text)))).toEqual(Buffer.from(bytes));
    expect(read1).toMatchObject({
      exhibit: interview.exhibit,
      rules: { id: 'kz', version: around.profile.version },
      stills: [
        { source: 'room', file: 'attachments/still-room.jpg', sha256: createHash('sha256').update(JPEG).digest('hex') },
      ],
      people: [
        { capacity: 'psychologist', state: 'absent' },
        { capacity: 'defence', state: null },
      ],
      wellbeing: { tired: null, fears: { state: 'yes', words: WORDS, by: officer.person.code } },
      called: { state: 'told' },
      needs: { aids: { state: 'not-asked' } },
    });
    const missing = new Map(read1.missing.map(({ any_of, reason }) => [any_of.join(' '), reason]));
    expect(missing.get('teacher psychologist')).toEqual({ words: 'Психолог ауырып қалды', given: 'day' });
    expect(missing.get('legal-representative')).toEqual({ words: 'Жолда', given: 'plan' });
    const readings = new Map(read1.readings.map(({ rule, answer: given }) => [rule, given]));
    expect(readings.get('right-to-a-break')).toMatchObject({ state: 'read', read_by: 'officer', under: null });
    expect(readings.get('right-to-own-language')).toMatchObject({ state: 'skipped', words: 'Бала ұйықтап кетті' });
    expect(readings.get('right-to-remarks')).toBeNull();
    // No name of anybody, and not what the child is called.
    for (const name of [NICKNAME, 'Жұлдыз', officer.person.name, ...Object.values(childIdentity)]) {
      expect(text).not.toContain(name);
    }
    expect(services.interviews.timeline(interview.id)).toEqual([
      { at_ms: 0, type: 'note', label: 'preparation', attachment: 'attachments/preparation.json' },
    ]);
  });

  it('commits to what the child is called: name and salt from the vault open the commitment', async () => {
    await answer({ about: 'called', state: 'told' }, NICKNAME);
    await prepared.preparation.keep(interview.id, by(officer.person));
    const sealed = station.db.prepare('SELECT name FROM preparation_answers').pluck().get() as Buffer;
    const plain = await openSecret(sealed, await officer.keys.vaultIdentity());
    const { identity, salt } = JSON.parse(plain.toString('utf8')) as { identity: unknown; salt: string };
    const commitment = createHash('sha256')
      .update(Buffer.from(salt, 'hex'))
      .update(canonicalBytes(identity))
      .digest('hex');
    expect(EvidencePreparation.parse(JSON.parse(paper().text)).called).toMatchObject({ commitment });
  });

  it.skipIf(!hasJsonSchema())('is as the published schema says (skipped without python3-jsonschema)', async () => {
    await answer({ about: 'wellbeing', of: 'fears', state: 'yes' }, WORDS);
    await answer(read('right-to-a-break', 'officer'));
    await prepared.preparation.keep(interview.id, by(officer.person));
    expect(schemaFaults('birret-preparation-1', [paper().text])).toEqual([null]);
    const broken = { ...(JSON.parse(paper().text) as object), wellbeing: {} };
    expect(schemaFaults('birret-preparation-1', [JSON.stringify(broken)])[0]).not.toBeNull();
  });

  it('is kept once where a fault ended the first try, wherever that was', async () => {
    const { preparation, around } = prepared;
    const me = by(officer.person);
    around.picture = JPEG;
    const { still } = await preparation.takeStill(interview.id, 'room', me);
    await preparation.keepStill(interview.id, still, me);
    const names = () => around.filed.map(({ file }) => file);
    // After the still, before the paper.
    around.beforeKept = async (name) => {
      if (name === 'preparation.json') throw new Error('the disk was taken out');
    };
    await expect(preparation.keep(interview.id, me)).rejects.toThrow('the disk was taken out');
    expect(names()).toEqual(['attachments/still-room.jpg']);
    // After the paper, before it stands on the timeline.
    around.beforeKept = async () => undefined;
    const { addEntry } = services.interviews;
    services.interviews.addEntry = () => {
      throw new Error('the station ended');
    };
    await expect(preparation.keep(interview.id, me)).rejects.toThrow('the station ended');
    services.interviews.addEntry = addEntry;
    // Two who seal at once.
    await Promise.all([preparation.keep(interview.id, me), preparation.keep(interview.id, me)]);
    expect(names()).toEqual(['attachments/still-room.jpg', 'attachments/preparation.json']);
    expect(EvidencePreparation.parse(JSON.parse(paper().text)).stills).toMatchObject([
      { source: 'room', file: 'attachments/still-room.jpg' },
    ]);
    expect(services.interviews.timeline(interview.id)).toHaveLength(1);
  });

  it('waits for the station’s keys', async () => {
    await answer({ about: 'called', state: 'not-asked' });
    station.stationKeys.forget();
    expect(await refusalOf(() => prepared.preparation.keep(interview.id, by(officer.person)))).toBe(
      'STATION_KEYS_LOCKED',
    );
    expect(prepared.around.kept.size).toBe(0);
  });
});

describe('an interview that goes on after a fault', () => {
  it('takes the preparation over, with the people’s new codes', async () => {
    prepared.around.picture = JPEG;
    const me = by(officer.person);
    const { still } = await prepared.preparation.takeStill(interview.id, 'room', me);
    await prepared.preparation.keepStill(interview.id, still, me);
    await answer({ about: 'person', code: coded('defence'), state: 'absent' });
    await answer({ about: 'called', state: 'told' }, NICKNAME);
    const now = station.clock.now().toISOString();
    station.db
      .prepare("UPDATE exhibits SET state = 'secured', started_at = @now, secured_at = @now WHERE number = @exhibit")
      .run({ now, exhibit: interview.exhibit });
    const next = services.interviews.goOn(interview.id, officer.person);
    const lawyer = next.participants.find(({ capacity }) => capacity === 'defence')?.code;
    expect(lawyer).not.toBe(coded('defence'));
    // The beginning of the second recording asks it first: nobody opens a screen in between.
    expect(prepared.preparation.absentAtBegin(next.id)).toEqual([
      { at_ms: 0, type: 'roster', label: 'defence', code: lawyer, place: 'observation', present: false },
    ]);
    const view = await prepared.preparation.view(next.id);
    expect(view.from).toBe(interview.exhibit);
    expect(view.stills.map(({ source }) => source)).toEqual(['room']);
    expect(view.entries.map(({ item }) => item)).toEqual([`person.${lawyer}`, 'called']);
    const names = await prepared.preparation.names(next.id, me, officer.keys);
    expect(names.called).toBe(NICKNAME);
  });
});
