import { z } from 'zod';
import type { TimelineEntry } from '../evidence/record.ts';
import type { JurisdictionProfile } from './jurisdiction.ts';
import { breaksFor, limitsFor } from './jurisdictionRules.ts';
import { dayAround } from './zonedDay.ts';

/** One recording of a child. Its length is the recorder's, which no clock that is set can bend. */
export interface Sitting {
  /** When it began, in ms since 1970. */
  readonly startedMs: number;
  readonly lengthMs: number;
  /** Breaks in ms from its beginning, in order; `toMs` null where the break is on. */
  readonly breaks: readonly { readonly fromMs: number; readonly toMs: number | null }[];
}

const Which = z.enum(['day', 'run']);
/** Which limit: minutes a day, or minutes without a break (`run`). */
export type WhichLimit = z.infer<typeof Which>;

const Measure = z.strictObject({
  which: Which,
  usedMs: z.number().int().nonnegative(),
  /** null where the rules set none. */
  limitMs: z.number().int().positive().nullable(),
  /** The rules that set this limit. */
  rules: z.array(z.string()),
  /** Goes on while the recording does; not so while a break is on that it leaves out. */
  grows: z.boolean(),
  /** A reason for going beyond it stands on record. */
  reasoned: z.boolean(),
});
export type Measure = z.infer<typeof Measure>;

/** How long a child has been questioned, against the limits of the rules. */
export const TimeGuard = z.strictObject({
  day: Measure,
  run: Measure,
  /** The break that is on: since when, in ms of this recording, and how long it lasts at least to count as one. */
  pause: z.strictObject({ sinceMs: z.number().int(), leastMs: z.number().int() }).nullable(),
  /** How long a break is to be, where the rules say so. */
  breakMinutes: z.number().int().nullable(),
});
export type TimeGuard = z.infer<typeof TimeGuard>;

export interface GuardInput {
  readonly profile: JurisdictionProfile;
  /** In completed years; null where it is not known. */
  readonly age: number | null;
  /** Other recordings of this child, in any order. */
  readonly earlier: readonly Sitting[];
  /** The one that runs, or null before it began. */
  readonly now: (Sitting & { readonly timeline: readonly TimelineEntry[] }) | null;
  /** The instant that is asked for, where none runs. */
  readonly atMs: number;
}

const MINUTE = 60_000;
/** Where the rules do not say how long a break is, shorter ones are none. */
const LEAST_BREAK_MS = MINUTE;
/** Recordings farther away than this are another day's. */
const NEAR_MS = 24 * 60 * MINUTE;

/**
 * Measures a child's time against the limits of a profile. The day is that of the profile's zone, whatever this machine's
 * is, and of a recording over midnight each day has its part. A run without a break goes on over recordings with less
 * than a break between them; where clocks contradict each other there was none.
 */
export function timeGuard({ profile, age, earlier, now, atMs }: GuardInput): TimeGuard {
  const limits = limitsFor(profile, age);
  const breaks = breaksFor(profile, age);
  const leastMs = breaks.minutes === null ? LEAST_BREAK_MS : breaks.minutes * MINUTE;
  const instant = now === null ? atMs : now.startedMs + now.lengthMs;
  const day = dayAround(instant, profile.timeZone.zone);
  const all = now === null ? earlier : [...earlier, now];
  const usedToday = all.reduce((sum, one) => sum + within(one, day, breaks.count), 0);
  const run = runOf(nearest(earlier, now, atMs), now, leastMs, atMs);
  const pause = now === null ? null : (now.breaks.find(({ toMs }) => toMs === null) ?? null);
  const rulesOf = (minutes: number | null, of: 'minutesADay' | 'minutesWithoutBreak') =>
    profile.limits.filter((rule) => limits.rules.includes(rule.id) && minutes !== null && rule[of] === minutes);
  const measure = (which: WhichLimit, usedMs: number, minutes: number | null, sinceMs: number): Measure => ({
    which,
    usedMs: Math.round(usedMs),
    limitMs: minutes === null ? null : minutes * MINUTE,
    rules: rulesOf(minutes, which === 'day' ? 'minutesADay' : 'minutesWithoutBreak').map(({ id }) => id),
    grows: now !== null && (pause === null || (which === 'day' && breaks.count)),
    reasoned: now?.timeline.some((entry) => entry.at_ms >= sinceMs && reasonFor(entry, which)) ?? false,
  });
  return {
    day: measure('day', usedToday, limits.minutesADay, 0),
    run: measure('run', run.ms, limits.minutesWithoutBreak, run.sinceMs),
    pause: pause === null ? null : { sinceMs: pause.fromMs, leastMs },
    breakMinutes: breaks.minutes,
  };
}

/** How near a limit is: ten and five minutes ahead it is said. */
export type Nearness = 'none' | 'far' | 'soon' | 'near' | 'over';

export function nearness({ usedMs, limitMs }: Pick<Measure, 'usedMs' | 'limitMs'>): Nearness {
  if (limitMs === null) return 'none';
  const left = limitMs - usedMs;
  if (left <= 0) return 'over';
  if (left <= 5 * MINUTE) return 'near';
  return left <= 10 * MINUTE ? 'soon' : 'far';
}

/** The same guard `ms` later, if nothing happened meanwhile: what a screen shows between two words of the station. */
export function later(guard: TimeGuard, ms: number): TimeGuard {
  const on = (one: Measure): Measure =>
    one.grows ? { ...one, usedMs: one.usedMs + Math.max(0, Math.round(ms)) } : one;
  return { ...guard, day: on(guard.day), run: on(guard.run) };
}

/** The limits that are passed with no reason on record. */
export function unreasoned({ day, run }: TimeGuard): readonly Measure[] {
  return [day, run].filter((one) => nearness(one) === 'over' && !one.reasoned);
}

/** The breaks of a timeline. One that nobody ended lasts until the end, or is on. */
export function breaksOf(timeline: readonly TimelineEntry[]): Sitting['breaks'] {
  const found: { fromMs: number; toMs: number | null }[] = [];
  for (const entry of timeline.filter(({ type }) => type === 'break')) {
    const last = found.at(-1);
    const on = last !== undefined && last.toMs === null;
    if (entry['begins'] === true && !on) found.push({ fromMs: entry.at_ms, toMs: null });
    if (entry['begins'] === false && on) last.toMs = entry.at_ms;
  }
  return found;
}

function reasonFor(entry: TimelineEntry, which: WhichLimit): boolean {
  const limits = entry['limits'];
  return entry.type === 'note' && Array.isArray(entry['overrun']) && Array.isArray(limits) && limits.includes(which);
}

/** How much of a sitting lies in a stretch of time. */
function within(sitting: Sitting, { from, until }: { from: number; until: number }, breaksCount: boolean): number {
  const part = (fromMs: number, toMs: number) =>
    Math.max(0, Math.min(until, sitting.startedMs + toMs) - Math.max(from, sitting.startedMs + fromMs));
  const whole = part(0, sitting.lengthMs);
  if (breaksCount) return whole;
  return sitting.breaks.reduce((left, { fromMs, toMs }) => left - part(fromMs, toMs ?? sitting.lengthMs), whole);
}

/** The sittings of about this day, in order. */
function nearest(earlier: readonly Sitting[], now: Sitting | null, atMs: number): readonly Sitting[] {
  const at = now?.startedMs ?? atMs;
  return earlier
    .filter(({ startedMs }) => Math.abs(startedMs - at) <= NEAR_MS)
    .toSorted((a, b) => a.startedMs - b.startedMs);
}

/** How long the run without a break has lasted, and where it began in the recording that runs. */
function runOf(
  before: readonly Sitting[],
  now: Sitting | null,
  leastMs: number,
  atMs: number,
): { readonly ms: number; readonly sinceMs: number } {
  let ms = 0;
  let sinceMs = 0;
  let endMs: number | null = null;
  const rest = (lengthMs: number, at: number) => {
    if (lengthMs >= leastMs) {
      ms = 0;
      sinceMs = at;
    } else ms += Math.max(0, lengthMs);
  };
  for (const sitting of now === null ? before : [...before, now]) {
    if (endMs !== null) rest(sitting.startedMs - endMs, 0);
    sinceMs = 0;
    let at = 0;
    for (const { fromMs, toMs } of sitting.breaks) {
      ms += Math.max(0, fromMs - at);
      at = toMs ?? sitting.lengthMs;
      // A break that is on stops the run where it stands; whether it counts is known when it is over.
      if (toMs !== null || sitting !== now) rest(at - fromMs, at);
    }
    ms += Math.max(0, sitting.lengthMs - at);
    endMs = sitting.startedMs + sitting.lengthMs;
  }
  if (now === null && endMs !== null) rest(atMs - endMs, 0);
  return { ms, sinceMs };
}
