import { z } from 'zod';
import { Id, Instant, type TimelineEntry, Whole } from '../evidence/record.ts';

/** What became of a question. `not-asked`: it was wanted, and was left out in the end, with a reason. */
export const QuestionState = z.enum(['sent', 'accepted', 'reworded', 'declined', 'withdrawn', 'asked', 'not-asked']);
export type QuestionState = z.infer<typeof QuestionState>;
export const QuestionPriority = z.enum(['normal', 'high']);

/**
 * Where a question may go from each state. What was pressed by mistake is mended by a further change, never by taking one
 * away: the record shows both.
 */
const ways: Readonly<Record<QuestionState, readonly QuestionState[]>> = {
  sent: ['accepted', 'reworded', 'declined', 'withdrawn', 'not-asked'],
  accepted: ['reworded', 'asked', 'not-asked', 'withdrawn'],
  reworded: ['reworded', 'asked', 'not-asked', 'withdrawn'],
  declined: ['accepted', 'reworded'],
  withdrawn: [],
  asked: ['not-asked'],
  'not-asked': ['accepted', 'reworded', 'asked'],
};

/** True where a question in this state may become that. */
export function questionMay(from: QuestionState, to: QuestionState): boolean {
  return ways[from].includes(to);
}

/** States that say why: a question that nobody asks is on record with its reason. */
export function needsReason(state: QuestionState): boolean {
  return state === 'declined' || state === 'not-asked';
}

/** Reasons that the language files have words for; any other is a person's own words. */
export const questionReasons = {
  declined: ['leading', 'asked-already', 'outside', 'harmful'],
  'not-asked': ['no-time', 'answered', 'child-ended', 'mistake'],
} as const;

/** Longer ones are refused: a child is asked one thing at a time. Counted as a browser's field counts. */
export const QUESTION_LENGTH = 500;

/**
 * One change of a question, as it stands on the timeline: `step` counts the changes of one question from 0. `at_ms` null
 * and `at` given: before the recording began; on the timeline such a one stands at 0.
 */
export const QuestionChange = z.looseObject({
  at_ms: Whole.nullable(),
  type: z.literal('question'),
  /** The question in its sender's words, at each change the same. */
  label: z.string(),
  question: Id,
  step: Whole.nonnegative(),
  /** Who asks: a participant's code, or a capacity. */
  by: Id,
  priority: QuestionPriority,
  state: QuestionState,
  /** A word of `questionReasons`, or a person's own. */
  reason: z.string().optional(),
  /** The interviewer's wording, from the change on that made it. */
  wording: z.string().optional(),
  /** The number of the letter that brought it. */
  letter: z.string().optional(),
  at: Instant.optional(),
  /** Where it was open when a fault cut off the interview that goes on here: the exhibit in whose recording this was said. */
  from_exhibit: z.string().optional(),
});
export type QuestionChange = z.infer<typeof QuestionChange>;

/** A question with all that became of it. */
export const Question = z.strictObject({
  id: Id,
  text: z.string(),
  by: Id,
  priority: QuestionPriority,
  letter: z.string().nullable(),
  state: QuestionState,
  /** How many changes there were after it was sent. */
  step: z.number().int(),
  /** The wording that stands, where it is another than the sender's. */
  wording: z.string().nullable(),
  /** Why it was declined or left out; null in any other state. */
  reason: z.string().nullable(),
  /** When it was sent, on the recording's clock; null before the recording, where `sentAt` says it. */
  sentMs: z.number().int().nullable(),
  sentAt: z.string().nullable(),
  /** The exhibit before, where it was open when a fault cut that one off; null for what was asked here. */
  fromExhibit: z.string().nullable(),
  changes: z.array(
    z.strictObject({
      state: QuestionState,
      atMs: z.number().int().nullable(),
      at: z.string().nullable(),
      wording: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export type Question = z.infer<typeof Question>;

/**
 * The questions that these entries of a timeline tell of, each with its last state, in the order in which they were sent.
 * Entries of other kinds, and such as no station of ours wrote, are passed over. The order of the entries does not matter.
 */
export function questionsOf(timeline: readonly (TimelineEntry | QuestionChange)[]): Question[] {
  const byQuestion = new Map<string, QuestionChange[]>();
  for (const entry of timeline) {
    const change = QuestionChange.safeParse(entry);
    if (!change.success) continue;
    byQuestion.set(change.data.question, [...(byQuestion.get(change.data.question) ?? []), change.data]);
  }
  return [...byQuestion.values()].flatMap((changes) => folded(changes) ?? []).sort(bySending);
}

function folded(changes: readonly QuestionChange[]): Question | null {
  const inOrder = changes.toSorted((a, b) => a.step - b.step || order(JSON.stringify(a), JSON.stringify(b)));
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    id: first.question,
    text: first.label,
    by: first.by,
    priority: first.priority,
    letter: first.letter ?? null,
    state: last.state,
    step: last.step,
    wording: last.wording ?? null,
    reason: needsReason(last.state) || last.state === 'withdrawn' ? (last.reason ?? null) : null,
    sentMs: first.at === undefined ? first.at_ms : null,
    sentAt: first.at ?? null,
    fromExhibit: first.from_exhibit ?? null,
    changes: inOrder.map((change) => ({
      state: change.state,
      atMs: change.at === undefined ? change.at_ms : null,
      at: change.at ?? null,
      wording: change.wording ?? null,
      reason: change.reason ?? null,
    })),
  };
}

/** What was sent before the recording comes first. */
function bySending(a: Question, b: Question): number {
  return order(a.sentAt ?? '~', b.sentAt ?? '~') || (a.sentMs ?? 0) - (b.sentMs ?? 0) || order(a.id, b.id);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The words to ask with. */
export function wordsToAsk({ text, wording }: Pick<Question, 'text' | 'wording'>): string {
  return wording ?? text;
}

/** Nobody has decided yet. */
export const isWaiting = ({ state }: Pick<Question, 'state'>) => state === 'sent';
/** To be asked. */
export const isToAsk = ({ state }: Pick<Question, 'state'>) => state === 'accepted' || state === 'reworded';
/** Without an answer as yet. */
export const isOpen = (question: Pick<Question, 'state'>) => isWaiting(question) || isToAsk(question);

/**
 * A question's text as it is kept: NFC, one line; control characters and such as turn the reading direction or hide within
 * a word become spaces. Markup stays what it is: characters.
 */
export function plainQuestion(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
