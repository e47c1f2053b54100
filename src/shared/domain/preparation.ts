import { z } from 'zod';
import type { Interview } from '../contract/cases.ts';
import type { JurisdictionProfile } from './jurisdiction.ts';
import { missingOf, type Presence, presenceFor, readingsFor } from './jurisdictionRules.ts';
import { ChildNeed, type PreparationAnswer, seatItem, Wellbeing } from './preparationAnswers.ts';
import type { Light } from './selfTest.ts';

/** The parts of the checklist, in the order in which a day goes; they are filled in any. */
export const PreparationSection = z.enum(['room', 'framing', 'people', 'child', 'rights', 'opening']);
export type PreparationSection = z.infer<typeof PreparationSection>;

/** What still misses, and why. `item` names a source, a person's code, a rule or a question, by `why`. */
export const PreparationGap = z.strictObject({
  section: PreparationSection,
  item: z.string(),
  why: z.enum([
    'test-none',
    'test-old',
    'test-red',
    'still',
    'person',
    'seat',
    'unanswered',
    'reading',
    /** It was read under rules that are no longer in force: the words may be others now. */
    'reading-outdated',
  ]),
  /** The profile requires it: without it the recording begins only with a reason. */
  required: z.boolean(),
});
export type PreparationGap = z.infer<typeof PreparationGap>;

/** An answer as it stands now. `rules` = the profile's id and version when it was given. */
export interface StandingAnswer {
  readonly answer: PreparationAnswer;
  readonly rules: string;
}

export interface PreparationFacts {
  readonly profile: JurisdictionProfile;
  readonly interview: Pick<Interview, 'kind' | 'participants'>;
  /** Completed years of the child; null where they are not known. */
  readonly age: number | null;
  /** By item; see `itemOf`. */
  readonly answers: ReadonlyMap<string, StandingAnswer>;
  /** Seats for which the plan gives a reason why nobody sits there, by `seatItem`. */
  readonly reasoned: ReadonlySet<string>;
  /** The room's cameras, and those of which a confirmed still is kept. */
  readonly cameras: readonly string[];
  readonly stills: readonly string[];
  /** The newest self-test of the room. */
  readonly test: { readonly today: boolean; readonly light: Light } | null;
}

export const PreparationStanding = z.strictObject({
  sections: z.array(z.strictObject({ section: PreparationSection, done: z.int(), of: z.int() })),
  gaps: z.array(PreparationGap),
});
export type PreparationStanding = z.infer<typeof PreparationStanding>;

/** Names a profile in one word, as answers remember it. */
export const rulesName = ({ id, version }: { readonly id: string; readonly version: string }): string =>
  `${id} ${version}`;

/** What of the checklist is done and what still misses, in the order of its sections. */
export function standingOf(facts: PreparationFacts): PreparationStanding {
  const gaps = [
    ...roomGaps(facts),
    ...stillGaps(facts),
    ...peopleGaps(facts),
    ...childGaps(facts),
    ...readingGaps(facts),
  ];
  const totals: Readonly<Record<PreparationSection, number>> = {
    room: 1,
    framing: facts.cameras.length,
    people: facts.interview.participants.length + seatsWithout(facts).filter(isRequired).length,
    child: Wellbeing.options.length + 1 + ChildNeed.options.length,
    rights: readings(facts).filter(({ what }) => what !== 'opening').length,
    opening: readings(facts).filter(({ what }) => what === 'opening').length,
  };
  const sections = PreparationSection.options.map((section) => {
    const open = gaps.filter((gap) => gap.section === section).length;
    return { section, done: totals[section] - open, of: totals[section] };
  });
  return { sections, gaps };
}

/**
 * The one obvious next section: what the profile requires first, then the checklist's own order. Null where nothing
 * misses. Pictures need a room that is switched on: before that they come last.
 */
export function nextSection(gaps: readonly PreparationGap[], roomIsOn: boolean): PreparationSection | null {
  const now = gaps.filter(({ section }) => roomIsOn || section !== 'framing');
  return (now.find(({ required }) => required) ?? now[0] ?? gaps[0])?.section ?? null;
}

/** Who is there as far as anybody said: everyone planned who was not called absent, and the officer. */
export function capacitiesHere({
  interview,
  answers,
}: Pick<PreparationFacts, 'interview' | 'answers'>): Presence['anyOf'] {
  const here = interview.participants.filter(({ code }) => !isAbsent(answers, code));
  return ['investigator', ...here.map(({ capacity }) => capacity)];
}

/** Whether somebody said of a planned person that they did not come. */
export function isAbsent(answers: PreparationFacts['answers'], code: string): boolean {
  const found = answers.get(`person.${code}`)?.answer;
  return found?.about === 'person' && found.state === 'absent';
}

/** Seats that the profile names and that nobody sits on today. */
export function seatsWithout(
  facts: Pick<PreparationFacts, 'profile' | 'interview' | 'age' | 'answers'>,
): readonly Presence[] {
  return missingOf(presenceFor(facts.profile, facts.age, facts.interview.kind), capacitiesHere(facts));
}

const isRequired = ({ need }: Presence): boolean => need === 'required';
const readings = ({ profile, age }: PreparationFacts) => readingsFor(profile, age);

function roomGaps({ test }: PreparationFacts): PreparationGap[] {
  const gap = (why: PreparationGap['why']): PreparationGap[] => [
    { section: 'room', item: 'self-test', why, required: false },
  ];
  if (test === null) return gap('test-none');
  if (!test.today) return gap('test-old');
  return test.light === 'red' ? gap('test-red') : [];
}

function stillGaps({ cameras, stills }: PreparationFacts): PreparationGap[] {
  return cameras
    .filter((camera) => !stills.includes(camera))
    .map((item) => ({ section: 'framing', item, why: 'still', required: false }));
}

function peopleGaps(facts: PreparationFacts): PreparationGap[] {
  const { interview, answers, reasoned } = facts;
  const seats = seatsWithout(facts)
    .filter(isRequired)
    .map(({ anyOf }) => ({
      item: seatItem(anyOf),
      planned: interview.participants.some((one) => anyOf.includes(one.capacity)),
    }))
    // The plan's reason is for nobody planned; one who was planned and did not come has another.
    .filter(({ item, planned }) => !answers.has(item) && (planned || !reasoned.has(item)));
  const people = interview.participants.filter(({ code }) => !answers.has(`person.${code}`));
  return [
    ...seats.map(({ item }): PreparationGap => ({ section: 'people', item, why: 'seat', required: true })),
    ...people.map(({ code }): PreparationGap => ({ section: 'people', item: code, why: 'person', required: false })),
  ];
}

function childGaps({ answers }: PreparationFacts): PreparationGap[] {
  const asked = [
    ...Wellbeing.options.map((of) => `wellbeing.${of}`),
    'called',
    ...ChildNeed.options.map((of) => `need.${of}`),
  ];
  return asked
    .filter((item) => !answers.has(item))
    .map((item) => ({ section: 'child', item, why: 'unanswered', required: false }));
}

function readingGaps(facts: PreparationFacts): PreparationGap[] {
  const now = rulesName(facts.profile);
  const gaps = readings(facts).flatMap(({ id, what }): PreparationGap[] => {
    const given = facts.answers.get(`reading.${id}`);
    const section = what === 'opening' ? 'opening' : 'rights';
    if (given === undefined) return [{ section, item: id, why: 'reading', required: false }];
    const stale = given.rules !== now && given.answer.about === 'reading' && given.answer.state === 'read';
    return stale ? [{ section, item: id, why: 'reading-outdated', required: false }] : [];
  });
  // The opening stands first in a profile and last in the checklist: it is read when everyone sits.
  return [
    ...gaps.filter(({ section }) => section === 'rights'),
    ...gaps.filter(({ section }) => section === 'opening'),
  ];
}
