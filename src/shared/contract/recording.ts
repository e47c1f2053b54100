import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { RuleId, Words } from '../domain/jurisdiction.ts';
import { RecorderState } from '../domain/liveState.ts';
import { TimeGuard } from '../domain/timeGuard.ts';
import { RelativePath, TimelineEntry } from '../evidence/record.ts';
import { operation } from './access.ts';
import { Interview, Place } from './cases.ts';
import { Done, Id, Line, Text } from './common.ts';

/** What the operator's screen shows, whole, at each change and at least once a second. */
export const RecordingView = z.strictObject({
  interview: Interview,
  /** null while no recorder runs for this interview. */
  recorder: RecorderState.nullable(),
  /** Milliseconds since the recording began; null before. */
  elapsedMs: z.number().int().nullable(),
  timeline: z.array(TimelineEntry),
  phase: z.string().nullable(),
  /** The phases of the rules under which it is recorded, in their usual order. */
  phases: z.array(z.strictObject({ id: RuleId, name: Words })),
  /** How long this child was questioned, today and without a break; null once it is over, and where the rules cannot be read. */
  guard: TimeGuard.nullable(),
});
export type RecordingView = z.infer<typeof RecordingView>;

/** Phases that the language files have words for (NICHD); which ones an interview has, its jurisdiction profile says. */
export const Phase = z.enum(['introduction', 'rapport', 'transition', 'narrative', 'questions', 'break', 'closing']);

export const ChapterMark = z.strictObject({ type: z.literal('chapter'), interview: Id, phase: RuleId });
export const MarkerMark = z.strictObject({ type: z.literal('marker'), interview: Id, label: Text });
export const BreakMark = z.strictObject({
  ...{ type: z.literal('break'), interview: Id, label: Text.min(1), begins: z.boolean() },
});

export const MarkInput = z.discriminatedUnion('type', [
  ChapterMark,
  MarkerMark,
  z.strictObject({ type: z.literal('note'), interview: Id, label: Text.min(1) }),
  BreakMark,
  /** Comes, goes, or changes rooms: `place` = the room in which they are from now on. */
  z.strictObject({
    ...{ type: z.literal('roster'), interview: Id, participant: Id, present: z.boolean(), place: Place.optional() },
  }),
  /** A drawing or an object, kept as an attachment: who made or brought it, and what the child said about it. */
  z.strictObject({
    ...{ type: z.literal('picture'), interview: Id, file: RelativePath, title: Line },
    ...{ of: z.enum(['child', 'other']), said: Text },
    /** How long before this it was taken. */
    agoMs: z.number().int().min(0).max(3600_000),
  }),
]);
export type MarkInput = z.infer<typeof MarkInput>;

export const SealCard = z.strictObject({
  exhibit: z.string(),
  sealedAt: z.string(),
  /** From the stop to the seal, in milliseconds; null for a seal that came later. */
  sealMs: z.number().int().nullable(),
  recordSha256: z.string(),
  durationMs: z.number().int(),
  signers: z.array(z.strictObject({ role: z.string(), code: z.string() })),
  checkpoint: z.string(),
  copies: z.number().int(),
  /** On how many disks these lie; null where that is not known. */
  disks: z.number().int().nullable(),
  recovered: z.boolean(),
});
export type SealCard = z.infer<typeof SealCard>;

/** Stopping answers with the seal card, or says what the seal still waits for. */
export const StopResult = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('sealed'), card: SealCard }),
  z.strictObject({ state: z.literal('ended'), waitsFor: z.enum(['station-keys', 'certificate', 'unlock']) }),
]);

const tie = { to: 'interview', by: 'interview', through: ['assigned'] } as const;
const InterviewId = z.strictObject({ interview: Id });
/** The operator at the desk sees and mends the equipment of any room; starting, stopping and sealing are the officer's. */
const desk = ['investigator', 'operator'] as const;
const officer = ['investigator'] as const;
const sealing = ['exhibit.sealed', 'timestamp.deferred'] as const;

export const recording = {
  /** Starts the room's recorder: previews and levels, nothing is kept yet. */
  prepare: operation({ who: officer, tie, events: ['interview.prepared'] })
    .input(InterviewId)
    .output(RecordingView),
  release: operation({ who: officer, tie, events: ['interview.released'] })
    .input(InterviewId)
    .output(Done),
  begin: operation({ who: officer, tie, events: ['recording.requested', 'recording.started'] })
    .input(
      z.strictObject({
        interview: Id,
        singleTargetConfirmed: z.boolean(),
        /** Tracks that may be missing, as the officer confirmed: the recording begins without waiting for them. */
        missingConfirmed: z.array(Id).max(8).optional(),
      }),
    )
    .output(RecordingView),
  mark: operation({ who: officer, tie, events: [], whileLocked: true }).input(MarkInput).output(TimelineEntry),
  /** Ends the recording and seals it, with the checklist of its preparation. `confirmed` says that the person was asked once more. */
  stop: operation({ who: officer, tie, events: ['recording.ended', 'attachment.kept', ...sealing] })
    .input(z.strictObject({ interview: Id, confirmed: z.boolean() }))
    .output(StopResult),
  /** Seals what was ended or secured, once the keys that it waited for are there. */
  seal: operation({ who: officer, tie, events: ['attachment.kept', ...sealing] })
    .input(InterviewId)
    .output(StopResult),
  view: operation({ who: desk, tie, events: [], whileLocked: true, byItself: true })
    .input(InterviewId)
    .output(RecordingView),
  live: operation({ who: desk, tie, events: [], whileLocked: true, byItself: true })
    .input(InterviewId)
    .output(eventIterator(RecordingView)),
  card: operation({ who: desk, tie, events: [] }).input(InterviewId).output(SealCard),
};
