import { z } from 'zod';
import { InterviewState } from '../domain/interviewStates.ts';
import { Words } from '../domain/jurisdiction.ts';
import { operation } from './access.ts';
import { Absence, Capacity, Child, EarlierInterview, Interview, InterviewKind, Place } from './cases.ts';
import { ExhibitNumber, Id, Instant, Line } from './common.ts';

const RulesName = z.strictObject({ id: z.string(), version: z.string() });
const Need = z.enum(['required', 'advised']);

/** Who is to be there by which rule, and where that rule comes from. */
export const ExpectedPerson = z.strictObject({
  rule: z.string(),
  anyOf: z.array(Capacity),
  need: Need,
  source: Words,
  confirmed: z.boolean(),
  note: Words.nullable(),
});
export type ExpectedPerson = z.infer<typeof ExpectedPerson>;

/** What the rules in force say of an interview that is about to be planned. */
export const Expected = z.strictObject({
  rules: RulesName,
  /** On the day of the interview; null where it is not known, and then the strictest rule stands here. */
  ageYears: z.int().nullable(),
  kinds: z.array(InterviewKind),
  presence: z.array(ExpectedPerson),
  minutesADay: z.int().nullable(),
  minutesWithoutBreak: z.int().nullable(),
  /** Children of this station whose names cannot be compared with this one's as yet: added before signs of names were kept. */
  uncompared: z.int(),
});
export type Expected = z.infer<typeof Expected>;

/** Who was to be there by a rule and will not; `reason` is null only where the rule advises. */
export const Missing = z.strictObject({
  rule: z.string(),
  anyOf: z.array(Capacity),
  need: Need,
  reason: z.string().nullable(),
});
export type Missing = z.infer<typeof Missing>;

/** What a plan says of the law it was made under, and what the law says now. */
export const PlanFacts = z.strictObject({
  plannedUnder: RulesName.nullable(),
  inForce: RulesName,
  zone: z.string(),
  missing: z.array(Missing),
  /** By the rules in force now somebody more is required, who is neither planned nor excused. */
  newlyMissing: z.array(Missing),
  /** Why another person leads it than led the one before; null where that is not so. */
  otherLead: z.string().nullable(),
});
export type PlanFacts = z.infer<typeof PlanFacts>;

/** A stay in a room; `interview` is null to whoever has no tie to it: taken, and no more is said. */
export const CalendarSlot = z.strictObject({
  room: Id,
  from: Instant,
  until: Instant,
  state: InterviewState,
  interview: z
    .strictObject({
      id: Id,
      exhibit: ExhibitNumber,
      caseId: Id,
      child: z.string(),
      kind: InterviewKind,
      officer: z.string(),
    })
    .nullable(),
});
export type CalendarSlot = z.infer<typeof CalendarSlot>;

export const RoomCalendar = z.strictObject({
  /** Of the rules in force: days and hours are shown by it. */
  zone: z.string(),
  rooms: z.array(z.strictObject({ id: Id, name: z.string() })),
  slots: z.array(CalendarSlot),
});
export type RoomCalendar = z.infer<typeof RoomCalendar>;

/** A child of another record that looks like the same one, and its interviews. */
export const PerhapsSame = z.strictObject({
  child: Child,
  caseNumber: z.string(),
  interviews: z.array(EarlierInterview),
});
export type PerhapsSame = z.infer<typeof PerhapsSame>;

/** A recording that came in a bag under the number of the child's case. */
export const ImportedOfCase = z.strictObject({
  exhibit: ExhibitNumber,
  childCode: z.string(),
  ageYears: z.int().nullable(),
  kind: InterviewKind,
  startedAt: Instant,
  /** True where an officer said that it is of this child. */
  linked: z.boolean(),
});
export type ImportedOfCase = z.infer<typeof ImportedOfCase>;

export const ChangeInput = z.strictObject({
  interview: Id,
  room: Id,
  plannedAt: Instant,
  plannedMinutes: z.number().int().min(5).max(480),
  /** Who is planned already by `code`, the name staying sealed; who is new by name. */
  participants: z
    .array(
      z.union([
        z.strictObject({ code: Id, place: Place }),
        z.strictObject({ capacity: Capacity, place: Place, name: Line }),
      ]),
    )
    .max(30),
  missing: z.array(Absence).max(50),
});

const investigators = ['investigator'] as const;
const assigned = ['assigned'] as const;
const child = { to: 'child', by: 'childId', through: assigned } as const;
const interview = { to: 'interview', by: 'interview', through: assigned } as const;

/** What a plan needs beside the plan itself. */
export const planning = {
  expected: operation({ who: investigators, tie: child, events: [] })
    .input(z.strictObject({ childId: Id, kind: InterviewKind, plannedAt: Instant }))
    .output(Expected),
  facts: operation({ who: ['investigator', 'operator'], tie: interview, events: [] })
    .input(z.strictObject({ interview: Id }))
    .output(PlanFacts),
  /** Room, time and people of an interview that has not begun; once prepared, its people alone. */
  change: operation({ who: investigators, tie: interview, events: ['interview.changed'] })
    .input(ChangeInput)
    .output(Interview),
  calendar: operation({ who: ['investigator', 'operator'], tie: { to: 'own' }, events: [] })
    .input(z.strictObject({ from: Instant, until: Instant }))
    .output(RoomCalendar),
  /** Times near another at which a room is free, the nearest first. */
  freeTimes: operation({ who: investigators, tie: { to: 'nothing' }, events: [] })
    .input(z.strictObject({ room: Id, around: Instant, minutes: z.number().int().min(5).max(480) }))
    .output(z.array(Instant)),
  /** Children of other records that look like this one and were interviewed; undecided ones only. */
  perhaps: operation({ who: investigators, tie: child, events: [] })
    .input(z.strictObject({ childId: Id }))
    .output(z.array(PerhapsSame)),
  decide: operation({ who: investigators, tie: child, events: ['child.matched', 'child.told-apart'] })
    .input(z.strictObject({ childId: Id, other: Id, same: z.boolean() }))
    .output(z.array(PerhapsSame)),
  imported: operation({ who: investigators, tie: child, events: [] })
    .input(z.strictObject({ childId: Id }))
    .output(z.array(ImportedOfCase)),
  link: operation({ who: investigators, tie: child, events: ['child.linked', 'child.unlinked'] })
    .input(z.strictObject({ childId: Id, exhibit: ExhibitNumber, linked: z.boolean() }))
    .output(z.array(ImportedOfCase)),
};
