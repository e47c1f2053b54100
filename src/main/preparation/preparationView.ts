import type { PreparationEntry, PreparationReading, PreparationView } from '../../shared/contract/preparation.ts';
import { readingsFor } from '../../shared/domain/jurisdictionRules.ts';
import { nextSection } from '../../shared/domain/preparation.ts';
import { seatItem } from '../../shared/domain/preparationAnswers.ts';
import { wordsIn } from '../../shared/domain/readingWords.ts';
import { type Checklist, isOpen } from './checklist.ts';
import type { AnswerRow } from './preparationRows.ts';

type Words = (row: AnswerRow) => Promise<string | null>;

/** What screens are shown of a checklist. `words` opens what somebody wrote, null where that cannot be. */
export async function viewOf(
  list: Checklist,
  words: Words,
  nameOf: (code: string) => string,
): Promise<PreparationView> {
  const { interview, profile, standing, test } = list;
  return {
    interview,
    open: isOpen(interview),
    rules: {
      ...{ id: profile.id, version: profile.version, timeZone: profile.timeZone.zone },
      kind: profile.kinds.find(({ kind }) => kind === interview.kind)?.name ?? null,
    },
    readings: readingsOf(list),
    seats: list.seats.map(({ anyOf, need, rule }) => {
      const item = seatItem(anyOf);
      return { item, anyOf, need, rule, planned: list.reasoned.get(item) ?? null };
    }),
    entries: await Promise.all([...list.newest.values()].map((row) => entryOf(row, list.answers, words, nameOf))),
    cameras: [...list.cameras],
    stills: list.stills.map(({ source, taken_at, by_code, at }) => ({
      ...{ source, takenAt: taken_at, by: nameOf(by_code), at },
    })),
    test:
      test === null
        ? null
        : { at: test.newest.at, light: test.newest.light, by: nameOf(test.byCode), today: test.today },
    standing,
    next: nextSection(standing.gaps, interview.state === 'ready' || interview.state === 'recording'),
    from: list.answers.find(({ from_exhibit }) => from_exhibit !== null)?.from_exhibit ?? null,
  };
}

/** What is read at this child's age, in the interview's language where the profile has words in it. */
export function readingsOf({ interview, profile }: Pick<Checklist, 'interview' | 'profile'>): PreparationReading[] {
  return readingsFor(profile, interview.child.ageYears).flatMap((rule) => {
    const said = wordsIn(rule.words, interview.language, profile.languages);
    if (said === null) return [];
    const { id, what, to, readBy, confirmed, source, note } = rule;
    return [{ rule: id, what, to, readBy, words: said.text, language: said.language, confirmed, source, note }];
  });
}

async function entryOf(
  row: AnswerRow,
  all: readonly AnswerRow[],
  words: Words,
  nameOf: (code: string) => string,
): Promise<PreparationEntry> {
  const given = async (one: AnswerRow) => ({
    answer: one.answer,
    words: await words(one),
    by: nameOf(one.by_code),
    at: one.at,
  });
  const before = beforeBySomebodyElse(row, all);
  return { item: row.item, ...(await given(row)), before: before === null ? null : await given(before) };
}

/** What somebody else had answered last, before the newest answer. */
export function beforeBySomebodyElse(row: AnswerRow, all: readonly AnswerRow[]): AnswerRow | null {
  return all.findLast((one) => one.item === row.item && one.by_code !== row.by_code) ?? null;
}
