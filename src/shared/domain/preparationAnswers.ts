import { z } from 'zod';
import { Capacity } from '../contract/cases.ts';
import { Language } from '../contract/common.ts';
import { Id } from '../evidence/record.ts';
import { RuleId } from './jurisdiction.ts';

/** How the child is. "Not asked" is an answer: it says that somebody thought of it. */
export const Wellbeing = z.enum(['tired', 'fed', 'medication', 'fears']);
export type Wellbeing = z.infer<typeof Wellbeing>;

/** What the child needs in the room. */
export const ChildNeed = z.enum(['language', 'disability', 'aids']);
export type ChildNeed = z.infer<typeof ChildNeed>;

/** Who read aloud: a participant's code, or the officer, who is none of the participants. */
export const OFFICER = 'officer';

/** `read`: before the recording. `in-recording`: it is read aloud while it is recorded. `skipped`: not read, with a reason. */
export const ReadingState = z.enum(['read', 'in-recording', 'skipped']);

/** One answer of the checklist, without a person's own words, which are kept sealed beside it. */
export const PreparationAnswer = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('reading'),
    rule: RuleId,
    state: ReadingState,
    by: z.union([z.literal(OFFICER), Id]).nullable(),
    /** The language in which it was read, and whether an interpreter put it into another. */
    language: Language,
    interpreted: z.boolean(),
  }),
  z.strictObject({
    about: z.literal('wellbeing'),
    of: Wellbeing,
    state: z.enum(['yes', 'no', 'not-asked']),
  }),
  /** What the child likes to be called: the words are a name and go to the court's vault. */
  z.strictObject({ about: z.literal('called'), state: z.enum(['told', 'not-asked']) }),
  z.strictObject({
    about: z.literal('need'),
    of: ChildNeed,
    state: z.enum(['none', 'some', 'not-asked']),
  }),
  /** Someone of these capacities is not there; the words say why. */
  z.strictObject({ about: z.literal('seat'), anyOf: z.array(Capacity).min(1).max(10) }),
  /** A planned person is there, or is not. */
  z.strictObject({ about: z.literal('person'), code: Id, state: z.enum(['here', 'absent']) }),
]);
export type PreparationAnswer = z.infer<typeof PreparationAnswer>;

/** The item of the checklist that an answer is about: a later answer to the same item stands in its place. */
export function itemOf(answer: PreparationAnswer): string {
  switch (answer.about) {
    case 'reading':
      return `reading.${answer.rule}`;
    case 'wellbeing':
      return `wellbeing.${answer.of}`;
    case 'called':
      return 'called';
    case 'need':
      return `need.${answer.of}`;
    case 'seat':
      return seatItem(answer.anyOf);
    case 'person':
      return `person.${answer.code}`;
  }
}

export const seatItem = (anyOf: readonly string[]): string => `seat.${anyOf.toSorted().join('+')}`;

/** Whether an answer says nothing without a person's words: a reason, or a name. */
export function needsWords(answer: PreparationAnswer): boolean {
  switch (answer.about) {
    case 'reading':
      return answer.state === 'skipped';
    case 'called':
      return answer.state === 'told';
    case 'seat':
      return true;
    case 'wellbeing':
    case 'need':
    case 'person':
      return false;
  }
}
