import { z } from 'zod';
import { SourcePlace } from '../../shared/domain/devices.ts';
import {
  ExhibitNumber,
  Id,
  Instant,
  RecordTrack,
  RelativePath,
  Sha256Hex,
  Whole,
} from '../../shared/evidence/record.ts';

/** Something that happened to a recording, for the custody log: `seq` counts from 0 within one run of the recorder. */
export const JournalEntry = z.strictObject({
  seq: Whole.nonnegative(),
  at: Instant,
  exhibit: ExhibitNumber.nullable(),
  action: z.enum([
    'recorder.started',
    'recorder.released',
    'recording.begun',
    'recording.ended',
    'recording.not-started',
    'source.lost',
    'source.back',
    'target.lost',
    'disk.slow',
    'disk.low',
    'target.slow',
    'target.caught-up',
    'clock.jumped',
    'sleep.not-blocked',
    'alarm.began',
    'alarm.ended',
  ]),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** One track of the result: what `record.json` says of it, and where it stood. */
export const ResultTrack = z.strictObject({ place: SourcePlace, track: RecordTrack });
export type ResultTrack = z.infer<typeof ResultTrack>;

/** An age file as it lies on a target; `target` = its index in `targets`. For `exhibit.sealed`. */
export const StoredFile = z.strictObject({
  target: Whole.nonnegative(),
  file: RelativePath,
  bytes: Whole.nonnegative(),
  sha256: Sha256Hex,
});
export type StoredFile = z.infer<typeof StoredFile>;

/**
 * Everything about a finished recording that the record and the custody events need. `lost` is what a crash took
 * (recovery only). `targets[].ok` = this folder holds the whole recording. Times as in the record.
 */
export const RecordingResult = z.strictObject({
  exhibit: ExhibitNumber,
  startedAt: Instant,
  startedMonotonicNs: z.string(),
  endedAt: Instant,
  durationMs: Whole.nonnegative(),
  recorderVkey: z.string(),
  tracks: z.array(ResultTrack),
  targets: z.array(z.strictObject({ path: z.string(), ok: z.boolean(), problem: z.string().nullable() })),
  /** On how many disks those targets lie that are ok; null where that was not looked at. */
  disks: Whole.nonnegative().nullable().default(null),
  stored: z.array(StoredFile),
  events: z.array(JournalEntry),
  end: z.enum(['stopped', 'crashed']),
  lost: z.array(z.strictObject({ track: Id, from_ms: Whole, to_ms: Whole.nullable() })),
});
export type RecordingResult = z.infer<typeof RecordingResult>;
