import { z } from 'zod';
import { RuleId, Words } from '../domain/jurisdiction.ts';
import { TimeGuard } from '../domain/timeGuard.ts';
import { TimelineEntry } from '../evidence/record.ts';
import { operation } from './access.ts';
import { Capacity, Place } from './cases.ts';
import { Done, Id, Instant, Line, Text } from './common.ts';
import { BreakMark, ChapterMark, MarkerMark } from './recording.ts';

/** What the child said by the tablet, newest. */
export const ChildWish = z.strictObject({ wish: z.string(), atMs: z.number().int() });

/** The interviewer's screen: little, and nothing of the case, of names, of the equipment. */
export const InterviewerView = z.strictObject({
  state: z.enum(['before', 'recording', 'over']),
  elapsedMs: z.number().int().nullable(),
  guard: TimeGuard.nullable(),
  phase: z.string().nullable(),
  phases: z.array(z.strictObject({ id: RuleId, name: Words })),
  pause: z.strictObject({ sinceMs: z.number().int(), label: z.string() }).nullable(),
  wish: ChildWish.nullable(),
  /** How many markers there are, so that a press is seen to have been taken. */
  markers: z.number().int(),
});
export type InterviewerView = z.infer<typeof InterviewerView>;

export const ArriveInput = z.strictObject({ interview: Id, capacity: Capacity, place: Place, name: Line });
export type ArriveInput = z.infer<typeof ArriveInput>;

/** What the interviewer's screen may mark. */
export const PressInput = z.discriminatedUnion('type', [ChapterMark, MarkerMark, BreakMark]);

/** A note of its author alone; `text` null where it was closed to a key that this person no longer has. */
export const OwnNote = z.strictObject({
  id: Id,
  atMs: z.number().int().nullable(),
  at: Instant,
  text: z.string().nullable(),
});
export type OwnNote = z.infer<typeof OwnNote>;

const tie = { to: 'interview', by: 'interview', through: ['assigned'] } as const;
const InterviewId = z.strictObject({ interview: Id });
const officer = ['investigator'] as const;
const desk = ['investigator', 'operator'] as const;

/** What is done while a child is questioned, beside the marks of `recording.mark`. */
export const conducting = {
  /** Somebody comes who was not planned; the name is sealed as it arrives. */
  arrive: operation({ who: officer, tie, events: ['participant.joined'], whileLocked: true })
    .input(ArriveInput)
    .output(TimelineEntry),
  /** Why it goes on beyond a limit; `by` = who of the people says so, null for the officer. */
  overrun: operation({ who: officer, tie, events: ['interview.limit-exceeded'], whileLocked: true })
    .input(z.strictObject({ interview: Id, reason: Text.min(3), by: Id.nullable() }))
    .output(TimelineEntry),
  /** A note for its author alone: closed to their key, never in the record, gone with the exhibit's key. */
  keepNote: operation({ who: officer, tie, events: [] })
    .input(z.strictObject({ interview: Id, text: Text.min(1) }))
    .output(OwnNote),
  ownNotes: operation({ who: officer, tie, events: [] }).input(InterviewId).output(z.array(OwnNote)),
  dropNote: operation({ who: officer, tie, events: [] })
    .input(z.strictObject({ interview: Id, note: Id }))
    .output(Done),
  /** Asked by the interviewer's screen once a second. */
  watch: operation({
    ...{ who: desk, screens: ['interviewer'], tie, events: [] },
    ...{ whileLocked: true, byItself: true },
  })
    .input(InterviewId)
    .output(InterviewerView),
  press: operation({ who: officer, screens: ['interviewer'], tie, events: [], whileLocked: true })
    .input(PressInput)
    .output(TimelineEntry),
};
