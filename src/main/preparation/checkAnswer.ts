import { presenceFor, readingsFor } from '../../shared/domain/jurisdictionRules.ts';
import { needsWords, OFFICER, type PreparationAnswer, seatItem } from '../../shared/domain/preparationAnswers.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Checklist } from './checklist.ts';

/**
 * Holds an answer to the interview and its rules: what it is about has to be there, and who read aloud has to be of a
 * capacity that the profile lets read it.
 * @throws Refusal PREPARATION_WORDS_MISSING, PREPARATION_ITEM_UNKNOWN, PREPARATION_READER_UNFIT
 */
export function checkAnswer(
  { interview, profile }: Pick<Checklist, 'interview' | 'profile'>,
  answer: PreparationAnswer,
  words: string | null,
): void {
  if (words === null && needsWords(answer)) throw new Refusal('PREPARATION_WORDS_MISSING');
  switch (answer.about) {
    case 'reading': {
      const rule = readingsFor(profile, interview.child.ageYears).find(({ id }) => id === answer.rule);
      if (rule === undefined) throw new Refusal('PREPARATION_ITEM_UNKNOWN');
      if (answer.state !== 'read') return;
      const reader =
        answer.by === OFFICER
          ? 'investigator'
          : interview.participants.find(({ code }) => code === answer.by)?.capacity;
      if (reader === undefined || !rule.readBy.includes(reader)) throw new Refusal('PREPARATION_READER_UNFIT');
      return;
    }
    case 'seat': {
      const seats = presenceFor(profile, interview.child.ageYears, interview.kind);
      if (!seats.some(({ anyOf }) => seatItem(anyOf) === seatItem(answer.anyOf)))
        throw new Refusal('PREPARATION_ITEM_UNKNOWN');
      return;
    }
    case 'person':
      if (!interview.participants.some(({ code }) => code === answer.code))
        throw new Refusal('PREPARATION_ITEM_UNKNOWN');
      return;
    case 'wellbeing':
    case 'called':
    case 'need':
      return;
  }
}
