import { z } from 'zod';
import { InterviewState } from '../domain/interviewStates.ts';
import { operation } from './access.ts';
import { ExhibitNumber, Id, Instant, Language, Line, Text } from './common.ts';

export const ChildStatus = z.enum(['victim', 'witness']);
export const Capacity = z.enum([
  'investigator',
  'investigating-judge',
  'prosecutor',
  'defence',
  'legal-representative',
  'teacher',
  'psychologist',
  'interpreter',
  'interviewer',
  'other',
]);
export const InterviewKind = z.enum(['investigation', 'deposition', 'supplement']);
export const Place = z.enum(['interview', 'observation']);

export const Child = z.strictObject({
  id: Id,
  /** The pseudonym code that stands everywhere instead of a name: `K-7F3A`. */
  code: z.string(),
  status: ChildStatus,
  ageYears: z.number().int().nullable(),
});
export type Child = z.infer<typeof Child>;

/** The sealed identity record: encrypted to the court's vault as soon as it arrives. */
export const Identity = z.strictObject({
  surname: Line,
  givenName: Line,
  birthDate: z.iso.date().nullable(),
  /** Individual identification number, where known. */
  iin: z
    .string()
    .regex(/^\d{12}$/)
    .nullable(),
});

export const CaseSummary = z.strictObject({
  id: Id,
  number: z.string(),
  court: z.string(),
  openedAt: Instant,
  people: z.array(z.strictObject({ account: Id, name: z.string(), relation: z.string() })),
  children: z.array(Child),
});
export type CaseSummary = z.infer<typeof CaseSummary>;

export const Participant = z.strictObject({ code: Id, capacity: Capacity, place: Place });

export const Interview = z.strictObject({
  id: Id,
  exhibit: ExhibitNumber,
  caseId: Id,
  caseNumber: z.string(),
  child: Child,
  kind: InterviewKind,
  language: Language,
  room: z.strictObject({ id: Id, name: z.string() }),
  officer: z.strictObject({ id: Id, name: z.string() }),
  plannedAt: Instant,
  plannedMinutes: z.number().int(),
  state: InterviewState,
  participants: z.array(Participant),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Where an interview goes on after a crash: the exhibit before. */
  continues: ExhibitNumber.nullable(),
  /** The interview that goes on from this one. */
  goesOnIn: Id.nullable(),
});
export type Interview = z.infer<typeof Interview>;

export const EarlierInterview = z.strictObject({
  exhibit: ExhibitNumber,
  caseNumber: z.string(),
  kind: InterviewKind,
  state: InterviewState,
  plannedAt: Instant,
  officer: z.string(),
});

const investigators = ['investigator'] as const;
const assigned = ['assigned'] as const;

export const cases = {
  list: operation({ who: ['investigator', 'clerk', 'judge'], tie: { to: 'own' }, events: [] }).output(
    z.array(CaseSummary),
  ),
  create: operation({ who: investigators, tie: { to: 'nothing' }, events: ['case.opened'] })
    .input(z.strictObject({ number: Line, court: Line }))
    .output(CaseSummary),
  get: operation({
    who: ['investigator', 'clerk', 'judge'],
    tie: { to: 'case', by: 'caseId', through: ['assigned', 'handed-over', 'admitted'] },
    events: [],
  })
    .input(z.strictObject({ caseId: Id }))
    .output(CaseSummary),
  assign: operation({
    who: investigators,
    tie: { to: 'case', by: 'caseId', through: assigned },
    events: ['case.assigned'],
  })
    .input(z.strictObject({ caseId: Id, account: Id }))
    .output(CaseSummary),
  addChild: operation({
    who: investigators,
    tie: { to: 'case', by: 'caseId', through: assigned },
    events: ['child.added'],
  })
    .input(z.strictObject({ caseId: Id, status: ChildStatus, identity: Identity }))
    .output(Child),
  /** Opens the sealed identity record; a custody event says who did. */
  identity: operation({
    who: investigators,
    tie: { to: 'child', by: 'childId', through: assigned },
    events: ['identity.opened'],
  })
    .input(z.strictObject({ childId: Id }))
    .output(Identity),
  /** Whether a text seems to hold the name of a child of this case: for a warning while it is typed. */
  mentions: operation({
    who: investigators,
    tie: { to: 'case', by: 'caseId', through: assigned },
    events: [],
  })
    .input(z.strictObject({ caseId: Id, text: z.string().max(20_000) }))
    .output(z.boolean()),
};

/** Why nobody of these capacities will be there, whom a rule requires. */
export const Absence = z.strictObject({
  rule: z.string().min(1).max(60),
  anyOf: z.array(Capacity).min(1).max(10),
  reason: Text.min(10),
});

export const PlanInput = z.strictObject({
  caseId: Id,
  childId: Id,
  kind: InterviewKind,
  language: Language,
  room: Id,
  plannedAt: Instant,
  plannedMinutes: z.number().int().min(5).max(480),
  participants: z.array(z.strictObject({ capacity: Capacity, place: Place, name: Line })).max(30),
  /** Required where this child was interviewed before, in any case. */
  further: z
    .strictObject({
      reason: Text.min(10),
      authority: Text.min(3),
      /** Where another person leads it than led the last one: why. */
      otherLead: Text.min(10).optional(),
    })
    .nullable(),
  missing: z.array(Absence).max(50).optional(),
});

const interviewTie = { to: 'interview', by: 'interview', through: assigned } as const;
const InterviewId = z.strictObject({ interview: Id });

export const interviews = {
  list: operation({ who: ['investigator', 'operator'], tie: { to: 'own' }, events: [] }).output(z.array(Interview)),
  get: operation({ who: ['investigator'], tie: interviewTie, events: [] })
    .input(InterviewId)
    .output(Interview),
  /** Earlier interviews of the same child in any case of this station: what a further one must answer to. */
  earlier: operation({ who: investigators, tie: { to: 'child', by: 'childId', through: assigned }, events: [] })
    .input(z.strictObject({ childId: Id }))
    .output(z.array(EarlierInterview)),
  plan: operation({
    who: investigators,
    tie: { to: 'case', by: 'caseId', through: assigned },
    events: ['interview.planned'],
  })
    .input(PlanInput)
    .output(Interview),
  /** Goes on at once with an interview that a fault cut off, as a second exhibit that names the first. */
  goOn: operation({ who: investigators, tie: interviewTie, events: ['interview.planned'] })
    .input(InterviewId)
    .output(Interview),
  cancel: operation({ who: investigators, tie: interviewTie, events: ['interview.cancelled'] })
    .input(z.strictObject({ interview: Id, reason: Text.min(3) }))
    .output(Interview),
  /** The child does not want to: nothing is recorded, and that is respected and kept. */
  refuse: operation({ who: investigators, tie: interviewTie, events: ['interview.refused'] })
    .input(z.strictObject({ interview: Id, note: Text }))
    .output(Interview),
};
