import type { JurisdictionService } from '../../jurisdiction/index.ts';
import type { Implementer } from '../implement.ts';

export interface JurisdictionHandlersNeeds {
  readonly jurisdiction: JurisdictionService;
}

/** Handlers of `jurisdiction`. */
export function jurisdictionHandlers(os: Implementer, { jurisdiction }: JurisdictionHandlersNeeds) {
  const { jurisdiction: of } = os;
  return {
    inForce: of.inForce.handler(() => jurisdiction.view()),
    choices: of.choices.handler(() => jurisdiction.choices()),
    look: of.look.handler(({ input }) => jurisdiction.look(input.path)),
    adopt: of.adopt.handler(({ input, context: { call } }) =>
      jurisdiction.adopt(input, { id: call.person.code, role: call.person.role }),
    ),
  };
}
