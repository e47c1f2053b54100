import type { z } from 'zod';
import { type Capacity, type InterviewKind, type Place, PlanInput } from '../../shared/contract/cases.ts';
import type { Language } from '../../shared/contract/common.ts';

export interface PersonRow {
  /** Keeps the row's place on screen; never sent. */
  readonly key: number;
  readonly capacity: z.infer<typeof Capacity>;
  readonly place: z.infer<typeof Place>;
  readonly name: string;
}

/** The plan as it is being typed. `date` is `YYYY-MM-DD` and `time` `HH:MM`, both of this machine's clock. */
export interface PlanForm {
  readonly childId: string;
  readonly kind: z.infer<typeof InterviewKind>;
  readonly language: Language;
  readonly room: string;
  readonly date: string;
  readonly time: string;
  readonly minutes: number;
  readonly people: readonly PersonRow[];
  readonly reason: string;
  readonly authority: string;
}

export type PlanFault = 'missing' | 'reason' | 'minutes' | 'time';
export type PlanFaults = Readonly<Partial<Record<string, PlanFault>>>;

/** The next half hour that is at least a quarter of an hour away. */
export function suggestedStart(now: Date): { readonly date: string; readonly time: string } {
  const step = 30 * 60_000;
  const at = new Date(Math.ceil((now.getTime() + 15 * 60_000) / step) * step);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  };
}

/** The instant of a local date and time, as the contract writes instants; null where there is no such time. */
export function instantOf(date: string, time: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time)) return null;
  const at = new Date(`${date}T${time}:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** What is still wrong, by field; `further` says that this child was interviewed before. */
export function planFaults(form: PlanForm, further: boolean): PlanFaults {
  const names = form.people.filter(({ name }) => name.trim() === '');
  return {
    ...(form.childId === '' ? { childId: 'missing' } : {}),
    ...(form.room === '' ? { room: 'missing' } : {}),
    ...(instantOf(form.date, form.time) === null ? { time: 'time' } : {}),
    ...(Number.isInteger(form.minutes) && form.minutes >= 5 && form.minutes <= 480 ? {} : { minutes: 'minutes' }),
    ...Object.fromEntries(names.map(({ key }) => [`person ${key}`, 'missing'])),
    ...(further && form.reason.trim().length < 10 ? { reason: 'reason' } : {}),
    ...(further && form.authority.trim().length < 3 ? { authority: 'missing' } : {}),
  };
}

/** What is sent to the station; null while something is wrong. */
export function planInput(caseId: string, form: PlanForm, further: boolean): z.infer<typeof PlanInput> | null {
  const parsed = PlanInput.safeParse({
    caseId,
    childId: form.childId,
    kind: form.kind,
    language: form.language,
    room: form.room,
    plannedAt: instantOf(form.date, form.time),
    plannedMinutes: form.minutes,
    participants: form.people.map(({ capacity, place, name }) => ({ capacity, place, name })),
    further: further ? { reason: form.reason, authority: form.authority } : null,
  });
  return parsed.success ? parsed.data : null;
}

/** Where a person of this capacity usually sits. */
export function usualPlace(capacity: PersonRow['capacity']): PersonRow['place'] {
  switch (capacity) {
    case 'interviewer':
    case 'psychologist':
    case 'interpreter':
      return 'interview';
    case 'investigator':
    case 'investigating-judge':
    case 'prosecutor':
    case 'defence':
    case 'legal-representative':
    case 'teacher':
    case 'other':
      return 'observation';
  }
}
