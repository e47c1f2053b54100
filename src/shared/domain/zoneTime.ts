/** Instants and the clock on the wall of a time zone (IANA name), whatever zone this machine is in. */

/** What stands on the wall: `date` is `YYYY-MM-DD`, `time` is `HH:MM`. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  formats.set(zone, made);
  return made;
}

/** What the clock on the wall of a zone says at an instant. */
export function wallTime(at: Date, zone: string): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/**
 * The instant at which the clock on the wall of a zone says so; null where there is no such date or time. An hour that a
 * change of the clock skips is the one after it, one that comes twice is the first.
 */
export function instantAt({ date, time }: WallTime, zone: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 10) !== date) return null;
  const day = 86_400_000;
  const [before, after] = [asUtc - offsetAt(asUtc - day, zone), asUtc - offsetAt(asUtc + day, zone)];
  const told = [Math.min(before, after), Math.max(before, after)].find((at) => {
    const wall = wallTime(new Date(at), zone);
    return wall.date === date && wall.time === time;
  });
  return new Date(told ?? before);
}

/** How far the wall of a zone is ahead of UTC, in milliseconds, at an instant of whole minutes. */
function offsetAt(at: number, zone: string): number {
  const { date, time } = wallTime(new Date(at), zone);
  return Date.parse(`${date}T${time}:00Z`) - Math.floor(at / 60_000) * 60_000;
}

/** The day so many days after another; both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Monday of the week of a day; both `YYYY-MM-DD`. */
export function mondayOf(day: string): string {
  return dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** Whether two zones show the same time at an instant. */
export function sameWall(at: Date, zone: string, other: string): boolean {
  const [a, b] = [wallTime(at, zone), wallTime(at, other)];
  return a.date === b.date && a.time === b.time;
}
