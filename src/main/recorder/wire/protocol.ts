import { z } from 'zod';
import { SourcePlace } from '../../../shared/domain/devices.ts';
import { Alarm, Levels, RecorderState } from '../../../shared/domain/liveState.ts';
import { ExhibitNumber, Id, Instant, SegmentLine, Whole } from '../../../shared/evidence/record.ts';
import { JournalEntry, RecordingResult } from '../result.ts';

/**
 * What `begin` needs. `recipient` = the exhibit's age recipient; `targets` = the exhibit's folder on each disk, which
 * the recorder makes; `plannedMs` = the planned length, for the room on the disks. One target alone, or going on with
 * one when the other cannot be used, needs `confirmedSingle`.
 */
export const BeginInput = z.strictObject({
  exhibit: ExhibitNumber,
  recipient: z.string().min(1),
  targets: z.array(z.string().min(1)).min(1).max(2),
  plannedMs: Whole.nonnegative(),
  confirmedSingle: z.boolean().optional(),
  /** Tracks that a person said may be missing: the recording begins without waiting for them. */
  confirmedMissing: z.array(Id).max(8).optional(),
});
export type BeginInput = z.infer<typeof BeginInput>;

/** What `recording.started` says: the recorder's public key for this recording and the sources with their tracks. */
export const BeginResult = z.strictObject({
  exhibit: ExhibitNumber,
  startedAt: Instant,
  startedMonotonicNs: z.string(),
  /** Milliseconds from `startedAt` to the button: above 0 where the room keeps the seconds before it. */
  buttonMs: Whole.nonnegative(),
  recorderVkey: z.string(),
  targets: z.array(z.strictObject({ path: z.string(), ok: z.boolean() })),
  /** On how many disks they lie. */
  disks: Whole.nonnegative().nullable().default(null),
  tracks: z.array(
    z.strictObject({
      id: Id,
      place: SourcePlace,
      kind: z.enum(['video', 'audio']),
      label: z.string(),
      deviceKind: z.string(),
      simulated: z.boolean(),
      file: z.string(),
      /** False for one that was missing, as a person confirmed; its part begins when it comes. */
      sending: z.boolean(),
      pid: z.number().int().nullable(),
    }),
  ),
});
export type BeginResult = z.infer<typeof BeginResult>;

/** Segments that all targets in use have confirmed, kept in memory for a live view; bytes come beside, in this order. */
export const LiveSegments = z.strictObject({
  part: z.string().nullable(),
  file: z.string().nullable(),
  offsetMs: Whole.nullable(),
  mediaType: z.string().nullable(),
  init: SegmentLine.nullable(),
  segments: z.array(SegmentLine),
});
export type LiveSegments = z.infer<typeof LiveSegments>;

/** What a source sent last, from memory: `mediaType` with codecs; bytes of the initialisation section, then fragments. */
export const SampleFacts = z.strictObject({
  mediaType: z.string(),
  durationMs: Whole.nonnegative(),
  fragments: Whole.nonnegative(),
  initLength: Whole.nonnegative(),
});
export type SampleFacts = z.infer<typeof SampleFacts>;

const None = z.strictObject({});

/** Every request by name: its input and its output. `binary` comes beside the output where the comment says so. */
export const methods = {
  state: { input: None, output: RecorderState },
  begin: { input: BeginInput, output: BeginResult },
  end: { input: None, output: RecordingResult },
  result: { input: None, output: RecordingResult.nullable() },
  acknowledge: { input: None, output: z.null() },
  /** binary: the JPEG, empty when there is none. */
  preview: { input: z.strictObject({ place: SourcePlace }), output: z.null() },
  /** binary: the initialisation section when asked for (`after` < 0), then the segments after line `after` of `part`. */
  live: {
    input: z.strictObject({ track: Id, part: z.string().nullable(), after: z.number().int() }),
    output: LiveSegments,
  },
  /** binary: a fragmented MP4 of the newest `lastMs` (whole fragments from a key frame on); null when nothing is there. */
  sample: {
    input: z.strictObject({ track: Id, lastMs: Whole.positive().max(60_000) }),
    output: SampleFacts.nullable(),
  },
  journal: { input: z.strictObject({ after: z.number().int() }), output: z.array(JournalEntry) },
  release: { input: None, output: z.null() },
} as const;
export type MethodName = keyof typeof methods;
export type MethodInput<M extends MethodName> = z.infer<(typeof methods)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.infer<(typeof methods)[M]['output']>;

export const MethodName = z.enum([
  'state',
  'begin',
  'end',
  'result',
  'acknowledge',
  'preview',
  'live',
  'sample',
  'journal',
  'release',
] satisfies MethodName[]);
export const Request = z.strictObject({ id: z.number().int(), method: MethodName, input: z.unknown() });
export const ErrorBody = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export const Reply = z.union([
  z.strictObject({ id: z.number().int(), ok: z.literal(true), output: z.unknown() }),
  z.strictObject({ id: z.number().int(), ok: z.literal(false), error: ErrorBody }),
]);

/** What the recorder says by itself. */
export const RecorderEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('levels'), levels: Levels }),
  z.strictObject({ event: z.literal('state'), state: RecorderState }),
  z.strictObject({ event: z.literal('alarm'), alarm: Alarm }),
]);
export type RecorderEvent = z.infer<typeof RecorderEvent>;
export const FromRecorder = z.union([Reply, RecorderEvent]);
