import { useEffect, useState } from 'react';
import { wallTime } from '../../shared/domain/zoneTime.ts';
import { useAsk } from '../ui/index.ts';
import { firstFree } from './firstFree.ts';
import { instantOf, type WhenForm } from './planForm.ts';

const DAY_MS = 86_400_000;

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
