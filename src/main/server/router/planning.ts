import type { PlanningService } from '../../cases/index.ts';
import type { Implementer } from '../implement.ts';

/** Handlers of `planning`. */
export function planningHandlers(os: Implementer, { planning }: { planning: PlanningService }) {
  const { planning: of } = os;
  return {
    expected: of.expected.handler(({ input }) => planning.expected(input)),
    facts: of.facts.handler(({ input }) => planning.facts(input.interview)),
    change: of.change.handler(({ input, context: { call } }) => planning.change(input, call.person)),
    calendar: of.calendar.handler(({ input, context: { call } }) => planning.calendar(input, call.person)),
    freeTimes: of.freeTimes.handler(({ input }) => planning.freeTimes(input)),
    perhaps: of.perhaps.handler(({ input }) => planning.perhaps(input.childId)),
    decide: of.decide.handler(({ input, context: { call } }) => planning.decide(input, call.person)),
    imported: of.imported.handler(({ input }) => planning.imported(input.childId)),
    link: of.link.handler(({ input, context: { call } }) => planning.link(input, call.person)),
  };
}
