import { useEffect } from 'react';
import type { Expected } from '../../shared/contract/planning.ts';
import { type Asked, useAsk } from '../ui/index.ts';
import { newPerson } from './PeoplePanel.tsx';
import { instantOf, type PlanForm } from './planForm.ts';
import { suggestedCapacities } from './seats.ts';

type Wanted = Pick<PlanForm, 'childId' | 'kind' | 'date' | 'time'>;

/** What the rules in force ask of the interview that is being planned; null while there is no child or no time yet. */
export function useExpected({ childId, kind, date, time }: Wanted, zone: string): Asked<Expected | null> {
  const plannedAt = instantOf(date, time, zone);
  return useAsk(`expected ${childId} ${kind} ${plannedAt}`, (station) =>
    childId === '' || plannedAt === null
      ? Promise.resolve(null)
      : station.planning.expected({ childId, kind, plannedAt }),
  );
}

/** Until a person changes the list, it holds those whom the rules require. */
export function useSuggestedPeople(
  expected: Expected | null,
  form: Pick<PlanForm, 'touched'>,
  change: (part: Partial<PlanForm>) => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the rules' answer comes, not at each change of the form
  useEffect(() => {
    if (expected === null || form.touched) return;
    const people: PlanForm['people'][number][] = [];
    for (const capacity of suggestedCapacities(expected.presence)) people.push(newPerson(people, capacity));
    change({ people });
  }, [expected]);
}
