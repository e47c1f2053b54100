import { z } from 'zod';
import { Capacity, InterviewKind } from '../contract/cases.ts';
import { Language, Line } from '../contract/common.ts';

/** How a profile begins, so that a later shape is not taken for this one. */
export const PROFILE_FORMAT = 'birret-jurisdiction-1';

/** The name of a rule, an age band or a phase: what others of the profile, and a mistake, point at. */
export const RuleId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60);
const Said = z.string().trim().min(1).max(2000);
/** Shown on screens, whose language is the reader's: all three. */
export const Words = z.strictObject({ kk: Said, ru: Said, en: Said });
export type Words = z.infer<typeof Words>;
/** Read aloud, in the languages of the profile. */
const Spoken = z.strictObject({ kk: Said.optional(), ru: Said.optional(), en: Said.optional() });
/** Completed years. */
const Years = z.int().min(0).max(120);
const Minutes = z.int().min(1).max(1440);
const Bands = z.array(RuleId).min(1).max(20);
const Capacities = z.array(Capacity).min(1).max(10);
/** `required`: may be missing only with a reason. `advised`: asked for, and left to whoever conducts the interview. */
const Need = z.enum(['required', 'advised']);

/**
 * What stands with every rule: where it comes from (an article of a law, or practice), whether somebody who knows the law
 * has confirmed it, and a note, which an unconfirmed rule must have: what is to be asked, and of whom.
 */
const basis = { id: RuleId, source: Words, confirmed: z.boolean(), note: Words.nullable() };

export const Document = z.enum([
  'protocol',
  'deposition-protocol',
  'label',
  'receipt',
  'custody-report',
  'certificate',
  'playback-certificate',
]);

/** Someone of one of these capacities, where more than one will do. */
const Seat = z.strictObject({ anyOf: Capacities, need: Need });

/**
 * A jurisdiction profile (resources/schemas/birret-jurisdiction-1.json): the rules of one country's law and practice as
 * data, so that a lawyer corrects one without a programmer. Places where a rule is stated twice or contradicts another are
 * found by `profileFaults`.
 */
export const JurisdictionProfile = z.strictObject({
  format: z.literal(PROFILE_FORMAT),
  id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  /** Raised with every change: records name a profile by `id` and `version` alone. */
  version: z.string().regex(/^\d+(\.\d+){0,3}$/),
  name: Words,
  languages: z.array(Language).min(1).max(3),
  /** IANA name: by it a day begins and ends where minutes a day are counted. */
  timeZone: z.strictObject({ ...basis, zone: z.string().min(1).max(60) }),
  /** A number is taken where it has one of the forms (`src/shared/domain/caseNumber.ts` says how a pattern is written). */
  caseNumber: z.strictObject({
    ...basis,
    forms: z
      .array(z.strictObject({ pattern: z.string().min(1).max(200), example: Line }))
      .min(1)
      .max(10),
  }),
  /** Bands of completed years, without a gap from 0: `from` belongs to the band, `under` to the next. */
  ages: z
    .array(z.strictObject({ id: RuleId, name: Words, from: Years, under: Years }))
    .min(1)
    .max(20),
  limits: z
    .array(
      z.strictObject({
        ...basis,
        ages: Bands,
        minutesWithoutBreak: Minutes.nullable(),
        minutesADay: Minutes.nullable(),
        /** How long a break is at least; one that is shorter does not end the time without a break. */
        breakMinutes: Minutes.optional(),
        /** Whether breaks count towards the day; they do where nothing is said. */
        breaksCount: z.boolean().optional(),
      }),
    )
    .max(50),
  presence: z
    .array(z.strictObject({ ...basis, ages: Bands, kinds: z.array(InterviewKind).min(1).max(10), ...Seat.shape }))
    .max(50),
  /** Rights and warnings, in the words in which they are read. `{{date}}` and its like are filled in from the record. */
  readings: z
    .array(
      z.strictObject({
        ...basis,
        what: z.enum(['opening', 'right', 'warning', 'reminder']),
        ages: Bands,
        readBy: Capacities,
        to: z.enum(['child', 'present']),
        words: Spoken,
      }),
    )
    .max(50),
  kinds: z
    .array(z.strictObject({ ...basis, kind: InterviewKind, name: Words, participants: z.array(Seat).max(20) }))
    .min(1)
    .max(10),
  /** In their usual order; the rule's `id` is the phase's. */
  phases: z
    .array(z.strictObject({ ...basis, name: Words }))
    .min(1)
    .max(20),
  documents: z.array(z.strictObject({ ...basis, document: Document, title: Words })).max(20),
  /** Rules that people follow and the program only shows. */
  guidance: z.array(z.strictObject({ ...basis, says: Words })).max(100),
  retention: z
    .array(
      z.strictObject({
        ...basis,
        keepUntil: Words,
        /** Years beyond that; null where they are not known. */
        yearsAfter: z.int().min(0).max(200).nullable(),
        disposalPersons: z.int().min(1).max(5),
      }),
    )
    .max(10),
});
export type JurisdictionProfile = z.infer<typeof JurisdictionProfile>;
export type Seat = z.infer<typeof Seat>;
