import { presenceFor } from '../../shared/domain/jurisdictionRules.ts';
import { rulesName } from '../../shared/domain/preparation.ts';
import { type PreparationAnswer, seatItem } from '../../shared/domain/preparationAnswers.ts';
import type { EvidencePreparation } from '../../shared/evidence/preparation.ts';
import type { Checklist } from './checklist.ts';
import type { AnswerRow } from './preparationRows.ts';
import { beforeBySomebodyElse, readingsOf } from './preparationView.ts';

/** The paths that the stills have within the exhibit, by source. */
export type StillFiles = ReadonlyMap<string, string>;
/** People's own words, opened. */
export type WordsOf = (row: AnswerRow) => string | null;

/** The checklist as it goes into the exhibit: codes and no names, nothing left out because nobody answered it. */
export function preparationPaper(
  list: Checklist,
  wordsOf: WordsOf,
  files: StillFiles,
  madeAt: string,
): EvidencePreparation {
  const { interview, profile, test, answers } = list;
  const answered = answeredIn(list, wordsOf);
  return {
    format: 'birret-preparation-1',
    exhibit: interview.exhibit,
    interview: interview.id,
    language: interview.language,
    rules: { id: profile.id, version: profile.version },
    made_at: madeAt,
    taken_over_from: answers.find(({ from_exhibit }) => from_exhibit !== null)?.from_exhibit ?? null,
    room_check:
      test === null ? null : { at: test.newest.at, light: test.newest.light, by: test.byCode, today: test.today },
    stills: list.stills.flatMap(({ source, place, sha256, taken_at, by_code, at }) => {
      const file = files.get(source);
      return file === undefined
        ? []
        : [{ source, place, file, sha256, taken_at, confirmed_by: by_code, confirmed_at: at }];
    }),
    people: interview.participants.map(({ code, capacity, place }) => {
      const found = list.newest.get(`person.${code}`)?.answer;
      return { code, capacity, place, state: found?.about === 'person' ? found.state : null };
    }),
    missing: missingIn(list, wordsOf),
    wellbeing: {
      tired: answered('wellbeing.tired', wellbeing),
      fed: answered('wellbeing.fed', wellbeing),
      medication: answered('wellbeing.medication', wellbeing),
      fears: answered('wellbeing.fears', wellbeing),
    },
    called: calledIn(list),
    needs: {
      language: answered('need.language', need),
      disability: answered('need.disability', need),
      aids: answered('need.aids', need),
    },
    readings: readingsOf(list).map(({ rule, what, to, words, confirmed }) => ({
      ...{ rule, what, to, text: words, confirmed },
      answer: readingIn(list, rule, wordsOf),
    })),
  };
}

/** How an answer of a kind reads its state; null for an answer of another kind. */
const wellbeing = (answer: PreparationAnswer) => (answer.about === 'wellbeing' ? answer.state : null);
const need = (answer: PreparationAnswer) => (answer.about === 'need' ? answer.state : null);
const reading = (answer: PreparationAnswer) => (answer.about === 'reading' ? answer.state : null);

type StateOf<State> = (answer: PreparationAnswer) => State | null;

/** Answers that are a state and, where somebody wrote them, words. */
function answeredIn({ newest, answers }: Checklist, wordsOf: WordsOf) {
  return <State>(item: string, stateOf: StateOf<State>) => {
    const row = newest.get(item);
    const now = row === undefined ? null : givenIn(row, stateOf, wordsOf);
    if (row === undefined || now === null) return null;
    const before = beforeBySomebodyElse(row, answers);
    return { ...now, before: before === null ? null : givenIn(before, stateOf, wordsOf) };
  };
}

function givenIn<State>(row: AnswerRow, stateOf: StateOf<State>, wordsOf: WordsOf) {
  const state = stateOf(row.answer);
  return state === null ? null : { state, words: wordsOf(row), by: row.by_code, at: row.at };
}

function calledIn({ newest }: Checklist): EvidencePreparation['called'] {
  const row = newest.get('called');
  if (row?.answer.about !== 'called') return null;
  return { state: row.answer.state, commitment: row.name_commitment, by: row.by_code, at: row.at };
}

function readingIn(
  { newest, answers, profile }: Checklist,
  rule: string,
  wordsOf: WordsOf,
): EvidencePreparation['readings'][number]['answer'] {
  const row = newest.get(`reading.${rule}`);
  if (row?.answer.about !== 'reading') return null;
  const { state, by, language, interpreted } = row.answer;
  const before = beforeBySomebodyElse(row, answers);
  return {
    ...{ state, read_by: by, language, interpreted, words: wordsOf(row), by: row.by_code, at: row.at },
    under: row.rules === rulesName(profile) ? null : row.rules,
    before: before === null ? null : givenIn(before, reading, wordsOf),
  };
}

function missingIn(
  { interview, profile, seats, newest, reasoned }: Checklist,
  wordsOf: WordsOf,
): EvidencePreparation['missing'] {
  const asked = presenceFor(profile, interview.child.ageYears, interview.kind);
  return asked
    .filter((seat) => seats.some(({ anyOf }) => seatItem(anyOf) === seatItem(seat.anyOf)))
    .map(({ rule, anyOf, need }) => {
      const item = seatItem(anyOf);
      const day = newest.get(item);
      const said = day === undefined ? null : wordsOf(day);
      const plan = reasoned.get(item);
      const reason =
        said !== null
          ? ({ words: said, given: 'day' } as const)
          : plan === undefined
            ? null
            : ({ words: plan, given: 'plan' } as const);
      return { rule, any_of: [...anyOf], need, reason };
    });
}
