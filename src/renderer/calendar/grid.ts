import type { CalendarSlot } from '../../shared/contract/planning.ts';
import { dayAfter, instantAt, wallTime } from '../../shared/domain/zoneTime.ts';

/** Minutes of a row. */
export const STEP = 15;
const PER_HOUR = 60 / STEP;

/** A room on a day (`YYYY-MM-DD` on the zone's wall). */
export interface Column {
  readonly room: string;
  readonly day: string;
}

/** Whole hours of the day that are shown: from the first, until the second. */
export type Hours = readonly [number, number];

/** Where a stay stands in a column: its first row, and how many. */
export interface Block {
  readonly slot: CalendarSlot;
  readonly row: number;
  readonly rows: number;
}

const USUAL: Hours = [8, 19];

/** Minutes from the beginning of the day on the zone's wall; of another day, the nearer end of this one. */
function minutesIn(day: string, at: string, zone: string): number {
  const wall = wallTime(new Date(at), zone);
  if (wall.date !== day) return wall.date < day ? 0 : 24 * 60;
  return Number(wall.time.slice(0, 2)) * 60 + Number(wall.time.slice(3));
}

function stays(slots: readonly CalendarSlot[], { room, day }: Column, zone: string) {
  return slots
    .filter((slot) => slot.room === room)
    .map((slot) => ({ slot, from: minutesIn(day, slot.from, zone), until: minutesIn(day, slot.until, zone) }))
    .filter(({ from, until }) => until > from);
}

/** The hours that are shown: the usual ones, and whatever is planned before or after. */
export function hoursOf(slots: readonly CalendarSlot[], columns: readonly Column[], zone: string): Hours {
  const all = columns.flatMap((column) => stays(slots, column, zone));
  return [
    Math.min(USUAL[0], ...all.map(({ from }) => Math.floor(from / 60))),
    Math.max(USUAL[1], ...all.map(({ until }) => Math.ceil(until / 60))),
  ];
}

/** What takes a column, by rows; a row that is taken in part is taken. */
export function blocksOf(slots: readonly CalendarSlot[], column: Column, zone: string, hours: Hours): Block[] {
  const first = hours[0] * PER_HOUR;
  return stays(slots, column, zone).map(({ slot, from, until }) => {
    const row = Math.floor(from / STEP) - first;
    return { slot, row, rows: Math.max(1, Math.ceil(until / STEP) - first - row) };
  });
}

/** Rows that nothing takes and that have not passed. */
export function freeRows(blocks: readonly Block[], column: Column, zone: string, hours: Hours, now: Date): number[] {
  const all = Array.from({ length: (hours[1] - hours[0]) * PER_HOUR }, (_, row) => row);
  return all.filter((row) => {
    const at = startOf(column, row, hours, zone);
    return at !== null && at >= now && !blocks.some((block) => row >= block.row && row < block.row + block.rows);
  });
}

/** What the wall says at the beginning of a row, `10:15`. */
export function timeOf(row: number, hours: Hours): string {
  const minutes = hours[0] * 60 + row * STEP;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The instant at which a row begins. */
export function startOf({ day }: Column, row: number, hours: Hours, zone: string): Date | null {
  return instantAt({ date: day, time: timeOf(row, hours) }, zone);
}

/** Where "now" is, in rows from the top with fractions; null where that is not shown. */
export function nowRow(day: string, now: Date, zone: string, hours: Hours): number | null {
  const wall = wallTime(now, zone);
  const row = (minutesIn(wall.date, now.toISOString(), zone) - hours[0] * 60) / STEP;
  return wall.date !== day || row < 0 || row > (hours[1] - hours[0]) * PER_HOUR ? null : row;
}

/** The instants between which these days lie. */
export function spanOf(days: readonly string[], zone: string): { from: string; until: string } | null {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = instantAt({ date: first, time: '00:00' }, zone);
  const until = instantAt({ date: dayAfter(last, 1), time: '00:00' }, zone);
  return from === null || until === null ? null : { from: from.toISOString(), until: until.toISOString() };
}
