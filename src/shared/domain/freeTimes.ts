import { wallTime } from './zoneTime.ts';

/** A time that is taken; milliseconds since 1970, `until` not included. */
export interface Taken {
  readonly from: number;
  readonly until: number;
}

const STEP_MS = 15 * 60_000;
const WITHIN_MS = 14 * 86_400_000;
/** Two that are offered lie this far apart: a quarter of an hour before the other is no other offer. */
const APART_MS = 60 * 60_000;
/** A child is not asked in before this hour or for after that one, unless such a time was asked for. */
const HOURS = [8, 19] as const;

/**
 * Times near `around` at which a room is free for so many minutes, the nearest first: whole quarters of an hour, by day in
 * the zone, none in the past, within two weeks.
 *
 * @param around,now milliseconds since 1970
 */
export function nearestFree(
  taken: readonly Taken[],
  wanted: { readonly around: number; readonly minutes: number; readonly now: number; readonly zone: string },
  count = 3,
): number[] {
  const { around, minutes, now, zone } = wanted;
  const middle = Math.round(around / STEP_MS) * STEP_MS;
  const found: number[] = [];
  for (let away = 0; away <= WITHIN_MS && found.length < count; away += STEP_MS) {
    for (const at of away === 0 ? [middle] : [middle - away, middle + away]) {
      if (found.length < count && fits(at) && found.every((one) => Math.abs(one - at) >= APART_MS)) found.push(at);
    }
  }
  return found;

  function fits(at: number): boolean {
    const until = at + minutes * 60_000;
    if (at < now || taken.some((one) => one.from < until && one.until > at)) return false;
    const hour = Number(wallTime(new Date(at), zone).time.slice(0, 2));
    return hour >= HOURS[0] && hour < HOURS[1];
  }
}
