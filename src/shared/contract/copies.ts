import { z } from 'zod';
import { operation } from './access.ts';
import { Done, ExhibitNumber, Id, Instant, JobStarted, Line, LocalPath } from './common.ts';
import { Playback } from './hearings.ts';

/** A derived copy that is there. */
export const DerivedCopy = z.strictObject({
  id: Id,
  /** Its number among the exhibit's copies, from 1; never given twice. */
  n: z.number().int().positive(),
  kind: z.enum(['picture-in-picture']),
  madeAt: Instant,
  /** The name behind the maker's code, where it is known here. */
  madeBy: z.string(),
  recipient: z.string().nullable(),
  durationMs: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
  /** On how many of the exhibit's targets it stands, and how many those are. */
  targets: z.number().int(),
  ofTargets: z.number().int(),
});
export type DerivedCopy = z.infer<typeof DerivedCopy>;

/** What a copy would show and cost, as far as it can be told before. */
export const CopyEstimate = z.strictObject({
  durationMs: z.number().int(),
  pictures: z.number().int(),
  microphones: z.number().int(),
  aboutMs: z.number().int(),
  aboutBytes: z.number().int(),
});
export type CopyEstimate = z.infer<typeof CopyEstimate>;

const who = ['investigator', 'clerk', 'judge'] as const;
/** As for the exhibit itself, once its key may be opened: a clerk after taking it in, a judge after admitting it. */
const tie = { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over', 'admitted'] } as const;
const ExhibitId = z.strictObject({ exhibit: ExhibitNumber });
const CopyId = z.strictObject({ exhibit: ExhibitNumber, copy: Id });

export const copies = {
  list: operation({ who, tie, events: [] })
    .input(ExhibitId)
    .output(z.strictObject({ copies: z.array(DerivedCopy), estimate: CopyEstimate })),
  /** Makes a picture-in-picture copy and signs it. Job result: DerivedCopy. */
  make: operation({ who, tie, events: ['copy.begun', 'copy.made', 'copy.failed', 'copy.source-damaged'] })
    .input(z.strictObject({ exhibit: ExhibitNumber, recipient: Line.nullable() }))
    .output(JobStarted),
  /** Removes a copy from every target. Its statement of being made stays in the log. */
  delete: operation({ who, tie, events: ['copy.deleted'] })
    .input(z.strictObject({ exhibit: ExhibitNumber, copy: Id, confirmed: z.literal(true) }))
    .output(Done),
  /** Opens a copy for this person: its signature and digests are checked; segments then come from `/media/<exhibit>/<copy>/…`. */
  open: operation({ who, tie, events: ['copy.opened'] })
    .input(CopyId)
    .output(Playback),
  close: operation({ who, tie, events: ['copy.closed'] })
    .input(CopyId)
    .output(Done),
  /** Writes a copy with its statement and signature into `folder`; with a recipient, as one age file. Job result: `{path}`. */
  give: operation({ who, tie, events: ['copy.given', 'copy.give-failed'] })
    .input(
      z.strictObject({
        exhibit: ExhibitNumber,
        copy: Id,
        folder: LocalPath,
        /** Who receives it, in words for the log: an office, not a name of a child. */
        to: Line,
        recipient: z
          .string()
          .regex(/^age1[a-z0-9]{58}$/)
          .nullable(),
      }),
    )
    .output(JobStarted),
};
