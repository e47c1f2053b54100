import { z } from 'zod';
import { RuleId, Words } from '../domain/jurisdiction.ts';
import { PreparationSection, PreparationStanding } from '../domain/preparation.ts';
import { PreparationAnswer } from '../domain/preparationAnswers.ts';
import { Light } from '../domain/selfTest.ts';
import { operation } from './access.ts';
import { Capacity, Interview } from './cases.ts';
import { Id, Instant, Language } from './common.ts';

/** A person's own words beside an answer. */
const OwnWords = z.string().trim().min(1).max(1000);

/** Something of the law that is read aloud, in the words of the interview's language where the profile has them. */
export const PreparationReading = z.strictObject({
  rule: RuleId,
  what: z.enum(['opening', 'right', 'warning', 'reminder']),
  to: z.enum(['child', 'present']),
  readBy: z.array(Capacity),
  /** With `{{…}}` where data of the interview stand. */
  words: z.string(),
  language: Language,
  confirmed: z.boolean(),
  source: Words,
  note: Words.nullable(),
});
export type PreparationReading = z.infer<typeof PreparationReading>;

/** Who is to be there by the rules and is not, as far as anybody said. */
export const PreparationSeat = z.strictObject({
  item: z.string(),
  anyOf: z.array(Capacity),
  need: z.enum(['required', 'advised']),
  rule: RuleId,
  /** The plan's reason why nobody of these was asked. */
  planned: z.string().nullable(),
});
export type PreparationSeat = z.infer<typeof PreparationSeat>;

const Given = z.strictObject({
  answer: PreparationAnswer,
  /** Null where none were written, where they are a sealed name, or while the station's keys are closed. */
  words: z.string().nullable(),
  by: z.string(),
  at: Instant,
});

/** The newest answer to an item, and the newest of somebody else before it: two people may fill in the same list. */
export const PreparationEntry = Given.extend({ item: z.string(), before: Given.nullable() });
export type PreparationEntry = z.infer<typeof PreparationEntry>;

export const PreparationStill = z.strictObject({
  source: Id,
  takenAt: Instant,
  by: z.string(),
  at: Instant,
});

/** The whole checklist of one interview. */
export const PreparationView = z.strictObject({
  interview: Interview,
  /** It takes answers until the recording has ended. */
  open: z.boolean(),
  rules: z.strictObject({ id: z.string(), version: z.string(), timeZone: z.string(), kind: Words.nullable() }),
  readings: z.array(PreparationReading),
  seats: z.array(PreparationSeat),
  entries: z.array(PreparationEntry),
  cameras: z.array(z.strictObject({ source: Id, place: z.string() })),
  stills: z.array(PreparationStill),
  test: z.strictObject({ at: Instant, light: Light, by: z.string(), today: z.boolean() }).nullable(),
  standing: PreparationStanding,
  next: PreparationSection.nullable(),
  /** The exhibit whose preparation this one took over: an interview that goes on after a fault. */
  from: z.string().nullable(),
});
export type PreparationView = z.infer<typeof PreparationView>;

const who = ['investigator'] as const;
const tie = { to: 'interview', by: 'interview', through: ['assigned'] } as const;
const InterviewId = z.strictObject({ interview: Id });
const Picture = z.strictObject({ jpeg: z.base64() });

export const preparation = {
  get: operation({ who, tie, events: [], byItself: true }).input(InterviewId).output(PreparationView),
  /** Answers one item; a later answer stands in its place, and both are kept. */
  answer: operation({ who, tie, events: [] })
    .input(z.strictObject({ interview: Id, answer: PreparationAnswer, words: OwnWords.nullable() }))
    .output(PreparationView),
  /** The camera's newest picture, for a person to look at: it stands still, and is kept only by `keepStill`. */
  takeStill: operation({ who, tie, events: [] })
    .input(z.strictObject({ interview: Id, source: Id }))
    .output(Picture.extend({ still: Id })),
  /** "This is how it should look": the still that was just taken is kept, in place of an earlier one. */
  keepStill: operation({ who, tie, events: [] })
    .input(z.strictObject({ interview: Id, still: Id }))
    .output(PreparationView),
  /** A still that is kept. */
  still: operation({ who, tie, events: [] })
    .input(z.strictObject({ interview: Id, source: Id }))
    .output(Picture),
  /** Opens the sealed names of those present, and what the child likes to be called; a custody event says who did. */
  names: operation({ who, tie, events: ['preparation.names-opened'] })
    .input(InterviewId)
    .output(
      z.strictObject({
        people: z.array(z.strictObject({ code: Id, name: z.string() })),
        called: z.string().nullable(),
      }),
    ),
};
