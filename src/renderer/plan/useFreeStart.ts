import { useEffect, useState } from 'react';
import type { RoomCalendar } from '../../shared/contract/planning.ts';
import { wallTime } from '../../shared/domain/zoneTime.ts';
import { useAsk } from '../ui/index.ts';
import { instantOf, type WhenForm } from './planForm.ts';

const STEP_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

/**
 * The first time from `from` on, by half hours, at which the room is free for so many minutes; `from` itself where nothing
 * is free within a day.
 *
 * @param from milliseconds since 1970, and so is the answer
 */
export function firstFree(
  slots: RoomCalendar['slots'],
  { room, from, minutes }: { readonly room: string; readonly from: number; readonly minutes: number },
): number {
  const taken = slots.filter((slot) => slot.room === room && slot.state !== 'cancelled' && slot.state !== 'refused');
  for (let at = from; at < from + DAY_MS; at += STEP_MS) {
    const until = at + minutes * 60_000;
    if (taken.every((slot) => Date.parse(slot.until) <= at || Date.parse(slot.from) >= until)) return at;
  }
  return from;
}

/** Moves the suggested time, while nobody has chosen one, to where the room is free: a plan is not begun with a refusal. */
export function useFreeStart(
  form: WhenForm,
  { zone, suggested, change }: { zone: string; suggested: boolean; change: (part: Partial<WhenForm>) => void },
): void {
  const [begun] = useState({ date: form.date, time: form.time });
  const start = suggested ? instantOf(begun.date, begun.time, zone) : null;
  const calendar = useAsk(`taken from ${start}`, async ({ planning }) =>
    start === null
      ? null
      : await planning.calendar({ from: start, until: new Date(Date.parse(start) + DAY_MS).toISOString() }),
  ).data;
  const untouched = form.date === begun.date && form.time === begun.time;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the calendar or the room is known, not at each change of the form
  useEffect(() => {
    if (calendar === null || start === null || form.room === '' || !untouched) return;
    const at = firstFree(calendar.slots, { room: form.room, from: Date.parse(start), minutes: form.minutes });
    if (at !== Date.parse(start)) change(wallTime(new Date(at), zone));
  }, [calendar, form.room]);
}
