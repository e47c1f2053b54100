import { z } from 'zod';

/** EVIDENCE-FORMAT, head: lower-case hex SHA-256. */
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** EVIDENCE-FORMAT, head: ids of tracks, people's codes, parts. */
export const Id = z.string().regex(/^[a-z0-9-]{1,32}$/);
/** `<station id>-<year>-<six digits>`; the station id itself is an Id of at most 20 characters. */
export const ExhibitNumber = z.string().regex(/^[a-z0-9]{1,20}-[0-9]{4}-[0-9]{6}$/);
/** RFC 3339 UTC with milliseconds. */
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** ASCII, relative, never leaving its folder. */
export const RelativePath = z
  .string()
  .regex(/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/)
  .refine((path) => !path.split('/').some((name) => name === '.' || name === '..'));
/** Integers only, within ±(2^53−1). */
export const Whole = z.number().int().safe();
const Count = Whole.nonnegative();

/** How a part came to its end. */
export const PartEnd = z.enum(['stopped', 'lost', 'crashed']);

/** One run of a track's encoder (EVIDENCE-FORMAT §1). `started_at` is the wall-clock time of decode time 0 of the file. */
export const RecordPart = z.strictObject({
  file: RelativePath,
  bytes: Count,
  sha256: Sha256Hex,
  lines: Count,
  merkle_root: Sha256Hex,
  started_at: Instant,
  offset_ms: Whole,
  duration_ms: Count,
  end: PartEnd,
});

export const RecordTrack = z.strictObject({
  id: Id,
  kind: z.enum(['video', 'audio', 'av']),
  source: z.strictObject({ label: z.string(), device_kind: z.string(), simulated: z.boolean() }),
  media_type: z.string(),
  codecs: z.string().nullable(),
  encoder: z.strictObject({ command: z.string(), version: z.string() }),
  parts: z.array(RecordPart),
  gaps: z.array(z.strictObject({ from_ms: Whole, to_ms: Whole, cause: z.string() })),
});

/** What the timeline may carry; further fields depend on the type. */
export const TimelineType = z.enum(['chapter', 'marker', 'note', 'break', 'question', 'roster', 'alarm', 'gap']);
export const TimelineEntry = z.looseObject({ at_ms: Whole, type: TimelineType, label: z.string() });

/** `record.json`: the statement that is signed (EVIDENCE-FORMAT §2). */
export const EvidenceRecord = z.strictObject({
  format: z.literal('birret-record/1'),
  exhibit: ExhibitNumber,
  case: z.strictObject({
    number: z.string(),
    court: z.string(),
    jurisdiction: z.strictObject({ id: z.string(), version: z.string() }),
  }),
  interview: z.strictObject({
    id: Id,
    kind: z.enum(['investigation', 'deposition', 'supplement']),
    language: z.string(),
    room: z.string(),
    station: z.string(),
    planned_at: Instant,
    started_at: Instant,
    ended_at: Instant,
    sealed_at: Instant,
  }),
  child: z.strictObject({
    code: z.string(),
    age_years: Count.nullable(),
    role: z.enum(['victim', 'witness']),
    identity_commitment: Sha256Hex.nullable(),
  }),
  roster: z.array(
    z.strictObject({
      code: Id,
      role: z.string(),
      place: z.enum(['interview', 'observation']),
      entered_ms: Whole,
      left_ms: Whole.nullable(),
      identity_commitment: Sha256Hex.nullable(),
    }),
  ),
  tracks: z.array(RecordTrack).min(1),
  timeline: z.array(TimelineEntry),
  clock: z.strictObject({
    source: z.enum(['ntp', 'system', 'unknown']),
    offset_ms: Whole.nullable(),
    checked_at: Instant.nullable(),
  }),
  /** `written` = how many whole copies; `disks` = on how many disks these lie, absent in older records and where it is not known. */
  targets: z.strictObject({
    written: z.union([z.literal(1), z.literal(2)]),
    disks: z.union([z.literal(1), z.literal(2)]).optional(),
    confirmed_single_by: z.string().nullable(),
  }),
  recovered: z
    .strictObject({
      reason: z.string(),
      at: Instant,
      lost: z.array(z.strictObject({ track: Id, from_ms: Whole, to_ms: Whole.nullable() })),
    })
    .nullable(),
  anchor: z.strictObject({ checkpoint_sha256: Sha256Hex, tsr_sha256: Sha256Hex, time: Instant }).nullable(),
  signers: z
    .array(
      z.strictObject({ file: RelativePath, role: z.enum(['station', 'officer']), code: Id, cert_sha256: Sha256Hex }),
    )
    .min(1),
  log: z.strictObject({ origin: z.string(), vkey: z.string() }),
  software: z.strictObject({ name: z.string(), version: z.string(), commit: z.string().nullable() }),
  previous: z.array(z.strictObject({ exhibit: z.string(), reason: z.string(), authority: z.string() })),
  attachments: z.array(
    z.strictObject({ file: RelativePath, media_type: z.string(), sha256: Sha256Hex, title: z.string() }),
  ),
});
export type EvidenceRecord = z.infer<typeof EvidenceRecord>;
export type RecordTrack = z.infer<typeof RecordTrack>;
export type RecordPart = z.infer<typeof RecordPart>;
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** One line of `<part>.segments.jsonl` (EVIDENCE-FORMAT §1). Line 0 is the initialisation section. */
export const SegmentLine = z.strictObject({
  duration_ms: Count,
  i: Count,
  length: Count,
  offset: Count,
  sha256: Sha256Hex,
  start_ms: Count,
});
export type SegmentLine = z.infer<typeof SegmentLine>;
