import type { PreparationService } from '../../preparation/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';

export interface PreparationHandlersNeeds {
  readonly preparation: PreparationService;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `preparation`. */
export function preparationHandlers(os: Implementer, { preparation }: PreparationHandlersNeeds) {
  const { preparation: of } = os;
  return {
    get: of.get.handler(({ input }) => preparation.view(input.interview)),
    answer: of.answer.handler(({ input, context: { call } }) =>
      preparation.answer(input.interview, input.answer, input.words, actorOf(call)),
    ),
    takeStill: of.takeStill.handler(({ input, context: { call } }) =>
      preparation.takeStill(input.interview, input.source, actorOf(call)),
    ),
    keepStill: of.keepStill.handler(({ input, context: { call } }) =>
      preparation.keepStill(input.interview, input.still, actorOf(call)),
    ),
    still: of.still.handler(({ input }) => preparation.still(input.interview, input.source)),
    names: of.names.handler(({ input, context: { call } }) =>
      preparation.names(input.interview, actorOf(call), call.keys),
    ),
  };
}
