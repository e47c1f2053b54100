import type { z } from 'zod';
import type { Absence, Capacity, InterviewKind } from '../../shared/contract/cases.ts';
import type { ExpectedPerson, Missing } from '../../shared/contract/planning.ts';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import { missingOf, type Presence, presenceFor } from '../../shared/domain/jurisdictionRules.ts';
import { Refusal } from '../../shared/errors.ts';

type Capacities = readonly z.infer<typeof Capacity>[];
type Absences = readonly z.infer<typeof Absence>[];

/** What of an interview decides who is to be there. */
export interface Occasion {
  readonly age: number | null;
  readonly kind: z.infer<typeof InterviewKind>;
}

/** Who is to be there, with where each rule comes from. */
export function expectedPeople(profile: JurisdictionProfile, { age, kind }: Occasion): ExpectedPerson[] {
  return presenceFor(profile, age, kind).map(({ rule, anyOf, need }) => {
    const of = [...profile.kinds, ...profile.presence].find(({ id }) => id === rule);
    if (of === undefined) throw new RangeError(`no rule ${rule}`);
    return { rule, anyOf: [...anyOf], need, source: of.source, confirmed: of.confirmed, note: of.note };
  });
}

/**
 * Who is to be there and will not, with the reason that was given for it. The officer counts as investigator.
 * PRESENCE_NEEDS_REASON with the rule, where somebody is required and no reason stands.
 */
export function absencesOf(
  profile: JurisdictionProfile,
  occasion: Occasion,
  planned: Capacities,
  reasons: Absences,
): Missing[] {
  return missingNow(profile, occasion, planned).map(({ rule, anyOf, need }) => {
    const reason = reasons.find((one) => one.rule === rule && sameSeat(one.anyOf, anyOf))?.reason.normalize('NFC');
    if (need === 'required' && reason === undefined) throw new Refusal('PRESENCE_NEEDS_REASON', { rule });
    return { rule, anyOf: [...anyOf], need, reason: reason ?? null };
  });
}

/** Who is required by the rules in force now, and neither planned nor excused when it was planned. */
export function newlyMissing(
  profile: JurisdictionProfile,
  occasion: Occasion,
  planned: Capacities,
  known: readonly Missing[],
): Missing[] {
  return missingNow(profile, occasion, planned)
    .filter(
      ({ need, anyOf }) =>
        need === 'required' && !known.some((one) => one.reason !== null && sameSeat(one.anyOf, anyOf)),
    )
    .map(({ rule, anyOf, need }) => ({ rule, anyOf: [...anyOf], need, reason: null }));
}

function missingNow(profile: JurisdictionProfile, { age, kind }: Occasion, planned: Capacities): readonly Presence[] {
  return missingOf(presenceFor(profile, age, kind), ['investigator', ...planned]);
}

function sameSeat(one: Capacities, other: Capacities): boolean {
  return one.toSorted().join(' ') === other.toSorted().join(' ');
}
