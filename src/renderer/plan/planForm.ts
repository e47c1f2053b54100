import type { z } from 'zod';
import { type Capacity, type InterviewKind, type Place, PlanInput } from '../../shared/contract/cases.ts';
import type { Language } from '../../shared/contract/common.ts';
import { instantAt, wallTime } from '../../shared/domain/zoneTime.ts';
import { reasonsGiven, type SeatAsked, uncovered } from './seats.ts';

export interface PersonRow {
  /** Keeps the row's place on screen; never sent. */
  readonly key: number;
  readonly capacity: z.infer<typeof Capacity>;
  readonly place: z.infer<typeof Place>;
  /** Of one who is planned already the name is sealed and `code` stands for it. */
  readonly name: string;
  readonly code: string | null;
}

/** When and where, as it is being typed. `date` is `YYYY-MM-DD` and `time` `HH:MM`, both on the wall of the rules' zone. */
export interface WhenForm {
  readonly room: string;
  readonly date: string;
  readonly time: string;
  readonly minutes: number;
}

/** Who will be there, and why somebody will not whom a rule requires, by `seatKey`. */
export interface PeopleForm {
  readonly people: readonly PersonRow[];
  /** True once a person changed the list: then no rule fills it any more. */
  readonly touched: boolean;
  readonly absent: Readonly<Record<string, string>>;
}

export interface PlanForm extends WhenForm, PeopleForm {
  readonly childId: string;
  readonly kind: z.infer<typeof InterviewKind>;
  readonly language: Language;
  readonly reason: string;
  readonly authority: string;
  readonly otherLead: string;
}

export type PlanFault = 'missing' | 'reason' | 'minutes' | 'time';
export type PlanFaults = Readonly<Partial<Record<string, PlanFault>>>;

/** The next half hour that is at least a quarter of an hour away. */
export function suggestedStart(now: Date, zone: string): { readonly date: string; readonly time: string } {
  const step = 30 * 60_000;
  return wallTime(new Date(Math.ceil((now.getTime() + 15 * 60_000) / step) * step), zone);
}

/** The instant of a date and time on the zone's wall, as the contract writes instants; null where there is no such time. */
export function instantOf(date: string, time: string, zone: string): string | null {
  return instantAt({ date, time }, zone)?.toISOString() ?? null;
}

/** What is wrong with time and room. */
export function whenFaults(form: WhenForm, zone: string): PlanFaults {
  return {
    ...(form.room === '' ? { room: 'missing' } : {}),
    ...(instantOf(form.date, form.time, zone) === null ? { time: 'time' } : {}),
    ...(Number.isInteger(form.minutes) && form.minutes >= 5 && form.minutes <= 480 ? {} : { minutes: 'minutes' }),
  };
}

/** What is wrong with the people: names that lack, and seats that a rule requires and nobody takes without a reason. */
export function peopleFaults(form: PeopleForm, asked: readonly SeatAsked[]): PlanFaults {
  const names = form.people.filter(({ name, code }) => code === null && name.trim() === '');
  const seats = uncovered(asked, form.people).filter(({ need }) => need === 'required');
  const given = new Set(reasonsGiven(seats, form.absent).map(({ key }) => key));
  return {
    ...Object.fromEntries(names.map(({ key }) => [`person ${key}`, 'missing'])),
    ...Object.fromEntries(seats.filter(({ key }) => !given.has(key)).map(({ key }) => [`seat ${key}`, 'reason'])),
  };
}

/** What is still wrong, by field; `further` says that this child was interviewed before. */
export function planFaults(
  form: PlanForm,
  { further, zone, asked }: { further: boolean; zone: string; asked: readonly SeatAsked[] },
): PlanFaults {
  const other = form.otherLead.trim().length;
  return {
    ...(form.childId === '' ? { childId: 'missing' } : {}),
    ...whenFaults(form, zone),
    ...peopleFaults(form, asked),
    ...(further && form.reason.trim().length < 10 ? { reason: 'reason' } : {}),
    ...(further && form.authority.trim().length < 3 ? { authority: 'missing' } : {}),
    ...(further && other > 0 && other < 10 ? { otherLead: 'reason' } : {}),
  };
}

/** What is sent to the station; null while something is wrong. */
export function planInput(
  caseId: string,
  form: PlanForm,
  { further, zone, asked }: { further: boolean; zone: string; asked: readonly SeatAsked[] },
): z.infer<typeof PlanInput> | null {
  const { childId, kind, language, room, minutes: plannedMinutes } = form;
  const otherLead = form.otherLead.trim() === '' ? {} : { otherLead: form.otherLead };
  const parsed = PlanInput.safeParse({
    ...{ caseId, childId, kind, language, room, plannedMinutes },
    plannedAt: instantOf(form.date, form.time, zone),
    participants: form.people.map(({ capacity, place, name }) => ({ capacity, place, name })),
    further: further ? { reason: form.reason, authority: form.authority, ...otherLead } : null,
    missing: absencesIn(form, asked),
  });
  return parsed.success ? parsed.data : null;
}

/** Reasons for seats that nobody takes, as the contract takes them. */
export function absencesIn(form: PeopleForm, asked: readonly SeatAsked[]) {
  return reasonsGiven(uncovered(asked, form.people), form.absent).map(({ rule, anyOf, reason }) => ({
    ...{ rule, reason },
    anyOf: [...anyOf],
  }));
}

/** Where a person of this capacity usually sits. */
export function usualPlace(capacity: PersonRow['capacity']): PersonRow['place'] {
  switch (capacity) {
    case 'interviewer':
    case 'psychologist':
    case 'teacher':
    case 'interpreter':
      return 'interview';
    case 'investigator':
    case 'investigating-judge':
    case 'prosecutor':
    case 'defence':
    case 'legal-representative':
    case 'other':
      return 'observation';
  }
}
