import { z } from 'zod';
import { operation } from './access.ts';
import { Done, ExhibitNumber, Instant, Line, Text } from './common.ts';

/** The path of an attachment as the record names it, or of a supplement's file as its statement does. */
const FilePath = z.string().regex(/^[a-z0-9][a-z0-9/.-]{0,100}$/);

/** A file that is kept with an interview, and signed with its record. */
export const Attachment = z.strictObject({
  file: FilePath,
  title: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** The name behind the code of whoever kept it, where it is known here. */
  keptBy: z.string(),
  keptAt: Instant,
});
export type Attachment = z.infer<typeof Attachment>;

/** A file that a person chose: its bytes come with the call. What it is, is told by its content; 64 MB at most. */
const Chosen = z.instanceof(File);

/** A signed addition to a sealed exhibit. */
export const Supplement = z.strictObject({
  n: z.int().positive(),
  at: Instant,
  /** The name behind the code of whoever added and signed it, where it is known here. */
  addedBy: z.string(),
  sha256: z.string(),
  files: z.array(z.strictObject({ file: FilePath, title: z.string(), mediaType: z.string() })),
  /** True once an outside time-stamp stands over one of its signatures. */
  stamped: z.boolean(),
});
export type Supplement = z.infer<typeof Supplement>;

const Of = z.strictObject({ exhibit: ExhibitNumber });
/** Whoever may see the record: the investigator of the case, the clerk who holds it, the judge who admitted it. */
const who = ['investigator', 'clerk', 'judge'] as const;
const tie = { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over', 'admitted'] } as const;
const before = { who: ['investigator'], tie: { to: 'exhibit', by: 'exhibit', through: ['assigned'] } } as const;

export const attachments = {
  list: operation({ who, tie, events: [] }).input(Of).output(z.array(Attachment)),
  /** Keeps a file with an interview that is not sealed; bytes in, and encrypted as they are read. */
  keep: operation({ ...before, events: ['attachment.kept'] })
    .input(z.strictObject({ exhibit: ExhibitNumber, title: Line, content: Chosen }))
    .output(Attachment),
  /** Takes one away before the seal; that it was there stays in the log. */
  remove: operation({ ...before, events: ['attachment.removed'] })
    .input(z.strictObject({ exhibit: ExhibitNumber, file: FilePath, reason: Text.min(1) }))
    .output(Done),
};

export const supplements = {
  list: operation({ who, tie, events: [] })
    .input(Of)
    .output(z.strictObject({ supplements: z.array(Supplement), mayAdd: z.boolean() })),
  /**
   * Adds files as the next supplement, signed by the station and by whoever adds: the investigator until the hand-over, the
   * clerk who holds the exhibit after it.
   */
  add: operation({
    who: ['investigator', 'clerk'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over'] },
    events: ['supplement.added'],
  })
    .input(
      z.strictObject({
        exhibit: ExhibitNumber,
        files: z
          .array(z.strictObject({ title: Line, content: Chosen }))
          .min(1)
          .max(10),
      }),
    )
    .output(Supplement),
};
