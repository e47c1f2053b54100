import { describe, expect, it } from 'vitest';
import type { Interview } from '../../../src/shared/contract/cases.ts';
import {
  nextSection,
  type PreparationFacts,
  rulesName,
  seatsWithout,
  standingOf,
} from '../../../src/shared/domain/preparation.ts';
import { itemOf, type PreparationAnswer } from '../../../src/shared/domain/preparationAnswers.ts';
import { islandPath, kzPath, profileAt } from '../../support/profiles.ts';

const kz = profileAt(kzPath);
const island = profileAt(islandPath);
type People = Interview['participants'];
const psychologist: People[number] = { code: 'p1', capacity: 'psychologist', place: 'interview' };
const lawyer: People[number] = { code: 'p2', capacity: 'defence', place: 'observation' };

function facts(part: Partial<PreparationFacts> & { given?: readonly PreparationAnswer[]; rules?: string } = {}) {
  const { given = [], rules, ...rest } = part;
  const profile = rest.profile ?? kz;
  const answers = new Map(given.map((answer) => [itemOf(answer), { answer, rules: rules ?? rulesName(profile) }]));
  return {
    profile,
    interview: { kind: 'investigation', participants: [psychologist, lawyer] },
    age: 9,
    answers,
    reasoned: new Set<string>(),
    cameras: ['room', 'face'],
    stills: [],
    test: { today: true, light: 'green' },
    ...rest,
  } satisfies PreparationFacts;
}
const gapsOf = (one: PreparationFacts, why: string) =>
  standingOf(one)
    .gaps.filter((gap) => gap.why === why)
    .map(({ item }) => item);
const section = (one: PreparationFacts, name: string) =>
  standingOf(one).sections.find(({ section: found }) => found === name);
const reading = (rule: string, state: 'read' | 'in-recording' | 'skipped'): PreparationAnswer => ({
  ...{ about: 'reading', rule, state, language: 'kk', interpreted: false },
  by: state === 'read' ? 'officer' : null,
});

describe('what misses', () => {
  it('is everything at first, and nothing of it is required while the people are planned', () => {
    const { gaps, sections } = standingOf(facts());
    expect(gaps.some(({ required }) => required)).toBe(false);
    expect(sections).toEqual([
      { section: 'room', done: 1, of: 1 },
      { section: 'framing', done: 0, of: 2 },
      { section: 'people', done: 0, of: 2 },
      { section: 'child', done: 0, of: 8 },
      { section: 'rights', done: 0, of: 5 },
      { section: 'opening', done: 0, of: 1 },
    ]);
  });

  it('a self-test of another day, a red one and none are three things', () => {
    expect(gapsOf(facts({ test: null }), 'test-none')).toEqual(['self-test']);
    expect(gapsOf(facts({ test: { today: false, light: 'green' } }), 'test-old')).toEqual(['self-test']);
    expect(gapsOf(facts({ test: { today: true, light: 'red' } }), 'test-red')).toEqual(['self-test']);
    expect(section(facts({ test: { today: true, light: 'amber' } }), 'room')).toMatchObject({ done: 1 });
  });

  it('a camera without a confirmed still', () => {
    expect(gapsOf(facts({ stills: ['room'] }), 'still')).toEqual(['face']);
  });

  it('"not asked" is an answer', () => {
    const given: PreparationAnswer[] = [
      { about: 'wellbeing', of: 'tired', state: 'not-asked' },
      { about: 'called', state: 'not-asked' },
      { about: 'need', of: 'aids', state: 'not-asked' },
    ];
    expect(section(facts({ given }), 'child')).toEqual({ section: 'child', done: 3, of: 8 });
  });

  it('what is read in the recording, or not for a reason, is answered', () => {
    const given = [reading('right-to-a-break', 'in-recording'), reading('right-to-own-language', 'skipped')];
    expect(section(facts({ given }), 'rights')).toEqual({ section: 'rights', done: 2, of: 5 });
  });

  it('what was read under other rules is to be read again, what was only announced is not', () => {
    const given = [reading('right-to-a-break', 'read'), reading('right-to-own-language', 'in-recording')];
    expect(gapsOf(facts({ given, rules: 'kz 0' }), 'reading-outdated')).toEqual(['right-to-a-break']);
    expect(gapsOf(facts({ given }), 'reading-outdated')).toEqual([]);
  });
});

describe('who is required', () => {
  const absent: PreparationAnswer = { about: 'person', code: 'p1', state: 'absent' };
  const seat = 'seat.psychologist+teacher';

  it('misses where the planned one did not come, until somebody says why', () => {
    const without = facts({ given: [absent] });
    expect(standingOf(without).gaps).toContainEqual({ section: 'people', item: seat, why: 'seat', required: true });
    const said = facts({ given: [absent, { about: 'seat', anyOf: ['teacher', 'psychologist'] }] });
    expect(gapsOf(said, 'seat')).toEqual([]);
    expect(seatsWithout(said)).toContainEqual(expect.objectContaining({ anyOf: ['teacher', 'psychologist'] }));
  });

  it('the plan’s reason holds where nobody was planned, and not for one who was and did not come', () => {
    const reasoned = new Set([seat]);
    const none = { kind: 'investigation', participants: [lawyer] } as const satisfies PreparationFacts['interview'];
    expect(gapsOf(facts({ interview: { ...none, participants: [...none.participants] }, reasoned }), 'seat')).toEqual(
      [],
    );
    expect(gapsOf(facts({ given: [absent], reasoned }), 'seat')).toEqual([seat]);
  });

  it('is whom the rules of the place require: another country asks for others', () => {
    const listening: Interview['kind'] = 'deposition';
    const interview = { kind: listening, participants: [psychologist] };
    const there = facts({ profile: island, age: 5, interview });
    expect(gapsOf(there, 'seat')).toEqual(['seat.teacher', 'seat.interviewer', 'seat.interpreter']);
    expect(gapsOf(facts({ profile: island, age: 12, interview }), 'seat')).toEqual([
      'seat.interviewer',
      'seat.interpreter',
    ]);
    expect(section(there, 'rights')).toEqual({ section: 'rights', done: 0, of: 0 });
    expect(section(there, 'opening')).toEqual({ section: 'opening', done: 0, of: 1 });
  });

  it('an age that is not known is the strictest', () => {
    const none = facts({ age: null, interview: { kind: 'investigation', participants: [] } });
    expect(gapsOf(none, 'seat')).toEqual([seat]);
    expect(section(none, 'rights')).toMatchObject({ of: 6 });
  });
});

describe('the next step', () => {
  it('is what the rules require, then the order of the day; pictures last while the room is off', () => {
    const absent: PreparationAnswer = { about: 'person', code: 'p1', state: 'absent' };
    expect(nextSection(standingOf(facts({ test: null, given: [absent] })).gaps, true)).toBe('people');
    expect(nextSection(standingOf(facts({ test: null })).gaps, true)).toBe('room');
    expect(nextSection(standingOf(facts()).gaps, true)).toBe('framing');
    expect(nextSection(standingOf(facts()).gaps, false)).toBe('people');
    expect(nextSection([], true)).toBeNull();
    const pictures = standingOf(facts()).gaps.filter(({ section }) => section === 'framing');
    expect(nextSection(pictures, false)).toBe('framing');
  });
});
