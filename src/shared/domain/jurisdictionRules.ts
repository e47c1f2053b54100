import { fits } from './caseNumber.ts';
import type { JurisdictionProfile, Seat } from './jurisdiction.ts';

type Kind = JurisdictionProfile['kinds'][number]['kind'];
type Capacity = Seat['anyOf'][number];

/** How long a child may be questioned, in minutes; null where the profile sets no limit. `rules` = ids of those that say so. */
export interface Limits {
  readonly minutesWithoutBreak: number | null;
  readonly minutesADay: number | null;
  readonly rules: readonly string[];
}

/** Who is to be there: someone of one of these capacities, by which rule. */
export interface Presence extends Seat {
  readonly rule: string;
}

/** Bands that an age (completed years) falls into. An age that is not known falls into every band: the strictest rule holds. */
function bandsOf(profile: JurisdictionProfile, age: number | null): ReadonlySet<string> {
  const bands = profile.ages.filter(({ from, under }) => age === null || (age >= from && age < under));
  return new Set(bands.map(({ id }) => id));
}

const touches = (ages: readonly string[], bands: ReadonlySet<string>) => ages.some((id) => bands.has(id));
const least = (minutes: readonly (number | null)[]): number | null => {
  const set = minutes.filter((one) => one !== null);
  return set.length === 0 ? null : Math.min(...set);
};

/** The limits at an age; of several rules the strictest. Beyond the last band there are none. */
export function limitsFor(profile: JurisdictionProfile, age: number | null): Limits {
  const bands = bandsOf(profile, age);
  const rules = profile.limits.filter(({ ages }) => touches(ages, bands));
  return {
    minutesWithoutBreak: least(rules.map((rule) => rule.minutesWithoutBreak)),
    minutesADay: least(rules.map((rule) => rule.minutesADay)),
    rules: rules.map(({ id }) => id),
  };
}

/**
 * What the limits at an age say of breaks, the strictest: how long one is at least (null where no rule says), and whether
 * breaks count towards the minutes a day.
 */
export function breaksFor(
  profile: JurisdictionProfile,
  age: number | null,
): { readonly minutes: number | null; readonly count: boolean } {
  const bands = bandsOf(profile, age);
  const rules = profile.limits.filter(({ ages }) => touches(ages, bands));
  const longest = Math.max(0, ...rules.map(({ breakMinutes = 0 }) => breakMinutes));
  return { minutes: longest === 0 ? null : longest, count: rules.every(({ breaksCount }) => breaksCount !== false) };
}

/**
 * Who is to be present at an interview of this kind with a child of this age: what the kind asks for first, then what the age
 * does. Where two rules name the same capacities, the one that requires stands; else the first.
 */
export function presenceFor(profile: JurisdictionProfile, age: number | null, kind: Kind): readonly Presence[] {
  const bands = bandsOf(profile, age);
  const byKind = profile.kinds
    .filter((one) => one.kind === kind)
    .flatMap(({ id, participants }) => participants.map((seat) => ({ ...seat, rule: id })));
  const byAge = profile.presence
    .filter(({ ages, kinds }) => kinds.includes(kind) && touches(ages, bands))
    .map(({ id, anyOf, need }) => ({ anyOf, need, rule: id }));
  const found = new Map<string, Presence>();
  for (const one of [...byKind, ...byAge]) {
    const key = one.anyOf.toSorted().join(' ');
    const before = found.get(key);
    if (before === undefined || (before.need === 'advised' && one.need === 'required')) found.set(key, one);
  }
  return [...found.values()];
}

/** Of those, who is not among the people planned. The officer counts as `investigator`: hand that in with them. */
export function missingOf(presence: readonly Presence[], planned: readonly Capacity[]): readonly Presence[] {
  return presence.filter(({ anyOf }) => !anyOf.some((capacity) => planned.includes(capacity)));
}

/** What is read at this age, in the profile's order. */
export function readingsFor(profile: JurisdictionProfile, age: number | null): JurisdictionProfile['readings'] {
  const bands = bandsOf(profile, age);
  return profile.readings.filter(({ ages }) => touches(ages, bands));
}

/** Whether interviews of this kind are held under the profile. */
export function holds(profile: JurisdictionProfile, kind: Kind): boolean {
  return profile.kinds.some((one) => one.kind === kind);
}

/** Whether a case number has one of the profile's forms. */
export function isCaseNumber(profile: JurisdictionProfile, number: string): boolean {
  return profile.caseNumber.forms.some(({ pattern }) => fits(number, pattern));
}
