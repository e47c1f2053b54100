import type { Interview } from '../../shared/contract/cases.ts';

export interface Agenda {
  /** What asks for the person now, or is planned next; null where nothing is. */
  readonly next: Interview | null;
  readonly later: readonly Interview[];
}

/** States that ask for a person, the most pressing first; then what is planned, by time. */
const pressing: readonly Interview['state'][] = ['recording', 'ready', 'ended', 'secured', 'planned'];

/** Sorts a person's interviews into the next one and the later ones; what is sealed, cancelled or refused is done. */
export function agendaOf(interviews: readonly Interview[]): Agenda {
  const open = interviews
    .filter(({ state }) => pressing.includes(state))
    .toSorted(
      (a, b) => pressing.indexOf(a.state) - pressing.indexOf(b.state) || a.plannedAt.localeCompare(b.plannedAt),
    );
  return { next: open[0] ?? null, later: open.slice(1) };
}

export type DayPart = 'morning' | 'day' | 'evening';

/** Which greeting an hour of the day asks for. */
export function dayPart(hour: number): DayPart {
  if (hour >= 5 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'day' : 'evening';
}

/** Whether an instant is on the same day as `now`, on this machine's calendar. */
export function isToday(at: string, now: Date): boolean {
  return new Date(at).toDateString() === now.toDateString();
}
