import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Question, QuestionPriority } from '../domain/questions.ts';
import { operation } from './access.ts';
import { Participant } from './cases.ts';
import { Id, Line } from './common.ts';

export const ListedQuestion = Question.extend({
  /** Sent by the screen or the person that asks for the list. */
  own: z.boolean(),
});
export type ListedQuestion = z.infer<typeof ListedQuestion>;

/** The questions of an interview in the order in which they are to be asked. By capacity and code, without a name. */
export const QuestionsView = z.strictObject({
  state: z.enum(['before', 'recording', 'over']),
  questions: z.array(ListedQuestion),
  /** Who may be asking: the people planned for the interview. */
  askers: z.array(Participant),
});
export type QuestionsView = z.infer<typeof QuestionsView>;

/** What somebody typed. Its length is judged by the station, which says so in words; this is only a fence. */
const Typed = z.string().max(20_000);

export const SendInput = z.strictObject({
  interview: Id,
  /** Made by the screen that sends: sent twice, it is one question. */
  id: Id,
  text: Typed,
  /** A participant's code, or a capacity where nobody with it was planned. */
  by: Id,
  priority: QuestionPriority,
  /** The number of the letter that brought it. */
  letter: Line.nullable(),
});

const Reason = Line;
const decided = { interview: Id, question: Id, step: z.number().int().nonnegative() };
/** `step` is that of the question as it was seen: what somebody else decided meanwhile is not written over. */
export const DecideInput = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('accepted'), ...decided }),
  z.strictObject({ to: z.literal('reworded'), ...decided, wording: Typed }),
  z.strictObject({ to: z.literal('declined'), ...decided, reason: Reason }),
  z.strictObject({ to: z.literal('asked'), ...decided }),
  z.strictObject({ to: z.literal('not-asked'), ...decided, reason: Reason }),
]);
export type DecideInput = z.infer<typeof DecideInput>;

const tie = { to: 'interview', by: 'interview', through: ['assigned'] } as const;
const InterviewId = z.strictObject({ interview: Id });
const desk = ['investigator', 'operator'] as const;
/** Whoever conducts the interview decides. */
const officer = ['investigator'] as const;
const seen = {
  who: desk,
  screens: ['observer', 'interviewer'],
  tie,
  events: [],
  whileLocked: true,
  byItself: true,
} as const;

export const questions = {
  list: operation(seen).input(InterviewId).output(QuestionsView),
  live: operation(seen).input(InterviewId).output(eventIterator(QuestionsView)),
  send: operation({ who: desk, screens: ['observer'], tie, events: ['question.sent'], whileLocked: true })
    .input(SendInput)
    .output(QuestionsView),
  decide: operation({
    who: officer,
    screens: ['interviewer'],
    tie,
    events: ['question.accepted', 'question.reworded', 'question.declined', 'question.asked', 'question.not-asked'],
    whileLocked: true,
  })
    .input(DecideInput)
    .output(QuestionsView),
  /** By the screen that sent it, or by the officer for the party that did. */
  withdraw: operation({ who: officer, screens: ['observer'], tie, events: ['question.withdrawn'], whileLocked: true })
    .input(z.strictObject({ ...decided, reason: Reason.nullable() }))
    .output(QuestionsView),
  /** The order in which they are to be asked, by their ids; those that are not named come after. */
  order: operation({ who: officer, screens: ['interviewer'], tie, events: ['question.ordered'], whileLocked: true })
    .input(z.strictObject({ interview: Id, questions: z.array(Id).max(500) }))
    .output(QuestionsView),
};
