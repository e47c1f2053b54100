import type { ExpectedPerson } from '../../shared/contract/planning.ts';

type Capacity = ExpectedPerson['anyOf'][number];

/** Somebody whom a rule asks for. */
export type SeatAsked = Pick<ExpectedPerson, 'rule' | 'anyOf' | 'need'>;
const LEAST_REASON = 10;

/** How the form names a seat. */
export function seatKey({ rule, anyOf }: Pick<SeatAsked, 'rule' | 'anyOf'>): string {
  return [rule, ...anyOf.toSorted()].join(' ');
}

/** Whether somebody of those planned takes it. The officer who plans is the investigator. */
export function isTaken(
  { anyOf }: Pick<SeatAsked, 'anyOf'>,
  people: readonly { readonly capacity: Capacity }[],
): boolean {
  return anyOf.some((capacity) => capacity === 'investigator' || people.some((one) => one.capacity === capacity));
}

/** Seats that nobody takes. */
export function uncovered<T extends SeatAsked>(
  asked: readonly T[],
  people: readonly { readonly capacity: Capacity }[],
): (T & { key: string })[] {
  return asked.filter((seat) => !isTaken(seat, people)).map((seat) => ({ ...seat, key: seatKey(seat) }));
}

/** Of these seats those with a reason that is long enough. */
export function reasonsGiven<T extends { readonly key: string }>(
  seats: readonly T[],
  absent: Readonly<Record<string, string>>,
): (T & { reason: string })[] {
  return seats.flatMap((seat) => {
    const reason = absent[seat.key]?.trim() ?? '';
    return reason.length < LEAST_REASON ? [] : [{ ...seat, reason }];
  });
}

/**
 * A capacity for each required seat that nobody takes yet; where one person can take two seats, that one.
 */
export function suggestedCapacities(asked: readonly SeatAsked[]): Capacity[] {
  const found: Capacity[] = [];
  for (const seat of asked.filter(({ need }) => need === 'required')) {
    if (
      isTaken(
        seat,
        found.map((capacity) => ({ capacity })),
      )
    )
      continue;
    const [best] = seat.anyOf.toSorted((a, b) => uses(asked, b) - uses(asked, a));
    if (best !== undefined) found.push(best);
  }
  return found;
}

function uses(asked: readonly SeatAsked[], capacity: Capacity): number {
  return asked.filter(({ anyOf }) => anyOf.includes(capacity)).length;
}
