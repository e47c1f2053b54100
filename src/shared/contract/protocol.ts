import { z } from 'zod';
import { operation } from './access.ts';
import { ExhibitNumber, Instant, JobStarted, Language, LocalPath } from './common.ts';

/** What a person writes in a protocol. */
const Prose = (characters: number) => z.string().max(characters);
/** A person of the protocol: a participant's code, or `child` and `officer`. */
const PersonCode = z.string().regex(/^[a-z0-9-]{1,32}$/);

/** Someone who was there said something for the protocol, said that they have nothing to say, or was not asked yet. */
export const Remark = z.strictObject({
  code: PersonCode,
  said: z.enum(['open', 'none', 'text']),
  text: Prose(4000),
});
export type Remark = z.infer<typeof Remark>;

/** What people write of a protocol; everything else in it is told by the signed record. */
export const ProtocolDraft = z.strictObject({
  /** The address or the room, as it shall stand in the heading. */
  place: Prose(300),
  /** How the rights were explained, beyond what the preparation says. */
  rights: Prose(4000),
  /** The account in the first person, chapter by chapter: `[00:12:31]` refers to a moment of the recording. */
  account: z
    .array(z.strictObject({ atMs: z.number().int().nonnegative(), phase: z.string().max(200), text: Prose(20_000) }))
    .max(60),
  /** What was drawn, shown or handed over, in words. */
  objects: Prose(4000),
  remarks: z.array(Remark).max(60),
  /** Who stated that the record is complete and correct, once somebody did. `at` is the station's to say. */
  complete: z.strictObject({ by: PersonCode, at: Instant.nullable() }).nullable(),
});
export type ProtocolDraft = z.infer<typeof ProtocolDraft>;

/** A part of the protocol that the record tells, as it will stand on the paper. */
export const ProtocolSection = z.strictObject({ id: z.string(), title: z.string(), lines: z.array(z.string()) });
export type ProtocolSection = z.infer<typeof ProtocolSection>;

/** Someone whom the protocol names. The name is null where the station does not have it: the exhibit of another station. */
export const ProtocolPerson = z.strictObject({
  code: PersonCode,
  capacity: z.string(),
  place: z.enum(['interview', 'observation']).nullable(),
  name: z.string().nullable(),
});
export type ProtocolPerson = z.infer<typeof ProtocolPerson>;

/** Something of this kind that was filed with the exhibit: the supplement's number, and when. */
export const Filed = z.strictObject({ n: z.number().int().positive(), at: Instant });
export type Filed = z.infer<typeof Filed>;

const Saved = z.strictObject({ version: z.number().int().positive(), savedAt: Instant, savedBy: z.string() });

export const ProtocolView = z.strictObject({
  exhibit: ExhibitNumber,
  /** What the document is called under the rules in force when it was recorded. */
  title: z.string(),
  durationMs: z.number().int(),
  draft: ProtocolDraft,
  /** Null while nobody has saved anything. */
  saved: Saved.nullable(),
  people: z.array(ProtocolPerson),
  sections: z.array(ProtocolSection),
  /** Questions of others that nobody answered before the stop. */
  unanswered: z.number().int(),
  filed: z.array(Filed),
});
export type ProtocolView = z.infer<typeof ProtocolView>;

/** A paper that was written: where, and its digest as the custody log has it. */
export const PaperWritten = z.strictObject({ path: LocalPath, sha256: z.string() });

const officer = {
  who: ['investigator'],
  tie: { to: 'exhibit', by: 'exhibit', through: ['assigned'] },
} as const;
/** A file's own name: Latin letters, digits, dot, hyphen, underscore. */
const FileName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/)
  .nullable();

export const protocol = {
  /** Opens the draft, with the names of those present out of the sealed identities: a custody event says who did. */
  open: operation({ ...officer, events: ['protocol.opened'] })
    .input(z.strictObject({ exhibit: ExhibitNumber, language: Language }))
    .output(ProtocolView),
  /** Keeps the draft, encrypted to the exhibit's own key. `base` is the version that it was made from. */
  save: operation({ ...officer, events: [] })
    .input(z.strictObject({ exhibit: ExhibitNumber, base: z.number().int().nonnegative(), draft: ProtocolDraft }))
    .output(Saved),
  /** Writes the saved draft into `folder`, as a PDF or as text that any editor opens. Job result: PaperWritten. */
  write: operation({ ...officer, events: ['protocol.written'] })
    .input(
      z.strictObject({
        exhibit: ExhibitNumber,
        language: Language,
        form: z.enum(['pdf', 'txt', 'html']),
        folder: LocalPath,
        name: FileName,
      }),
    )
    .output(JobStarted),
  /** Files the saved draft with the exhibit as a signed supplement: PDF and text. Job result: Filed. */
  file: operation({ ...officer, events: ['supplement.added', 'protocol.filed'] })
    .input(z.strictObject({ exhibit: ExhibitNumber, language: Language, version: z.number().int().positive() }))
    .output(JobStarted),
  /** A label with the code of the log's head, as one A6 sheet or two on an A4 sheet. Job result: PaperWritten. */
  label: operation({
    who: ['investigator', 'clerk'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over'] },
    events: ['label.made'],
  })
    .input(
      z.strictObject({
        exhibit: ExhibitNumber,
        language: Language,
        sheet: z.enum(['a6', 'two']),
        folder: LocalPath,
        name: FileName,
      }),
    )
    .output(JobStarted),
};
