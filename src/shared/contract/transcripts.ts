import { z } from 'zod';
import { Cues } from '../domain/transcript.ts';
import { operation } from './access.ts';
import { ExhibitNumber, Instant, JobStarted, Language, LocalPath } from './common.ts';
import { Filed } from './protocol.ts';

const Saved = z.strictObject({ version: z.number().int().positive(), savedAt: Instant, savedBy: z.string() });

export const TranscriptView = z.strictObject({
  exhibit: ExhibitNumber,
  durationMs: z.number().int(),
  cues: Cues,
  /** Null while nobody has saved anything. */
  saved: Saved.nullable(),
  filed: z.array(Filed),
});
export type TranscriptView = z.infer<typeof TranscriptView>;

const who = ['investigator', 'clerk', 'judge'] as const;
/** As for the recording itself. */
const tie = { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over', 'admitted'] } as const;
const ExhibitId = z.strictObject({ exhibit: ExhibitNumber });

export const transcripts = {
  open: operation({ who, tie, events: ['transcript.opened'] })
    .input(ExhibitId)
    .output(TranscriptView),
  /** Keeps the draft, encrypted to the exhibit's own key. `base` is the version that it was made from. */
  save: operation({ who, tie, events: [] })
    .input(z.strictObject({ exhibit: ExhibitNumber, base: z.number().int().nonnegative(), cues: Cues }))
    .output(Saved),
  /** Writes the saved draft into `folder` as WebVTT. Job result: PaperWritten. */
  write: operation({ who, tie, events: ['transcript.written'] })
    .input(
      z.strictObject({
        exhibit: ExhibitNumber,
        folder: LocalPath,
        name: z
          .string()
          .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/)
          .nullable(),
      }),
    )
    .output(JobStarted),
  /** Files the saved draft with the exhibit as a signed supplement (WebVTT). Job result: Filed. */
  file: operation({ who, tie, events: ['supplement.added', 'transcript.filed'] })
    .input(z.strictObject({ exhibit: ExhibitNumber, language: Language, version: z.number().int().positive() }))
    .output(JobStarted),
  /** The newest transcript that was filed with the exhibit, for who watches it; null where there is none. */
  filed: operation({ who, tie, events: [] })
    .input(ExhibitId)
    .output(z.strictObject({ n: z.number().int(), at: Instant, cues: Cues }).nullable()),
};
