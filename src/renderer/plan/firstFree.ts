import type { RoomCalendar } from '../../shared/contract/planning.ts';

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
