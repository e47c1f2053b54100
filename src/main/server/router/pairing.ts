import { done } from '../../../shared/contract/common.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { Pairing } from '../pairing.ts';

export interface PairingHandlersNeeds {
  readonly pairing: Pairing;
  readonly exhibitOf: (interview: string) => string;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `pairing`. */
export function pairingHandlers(os: Implementer, { pairing, exhibitOf }: PairingHandlersNeeds) {
  const { pairing: of } = os;
  return {
    offer: of.offer.handler(({ input, context: { call } }) =>
      pairing.offer(input.kind, input.interview, actorOf(call)),
    ),
    screens: of.screens.handler(({ input }) => pairing.list(input.interview, (kind) => kind !== 'desk')),
    end: of.end.handler(({ input, context: { call } }) => {
      const about = { type: 'exhibit', id: exhibitOf(input.interview) } as const;
      pairing.end(input.interview, input.screen, about, actorOf(call));
      return done;
    }),
    offerCourtroom: of.offerCourtroom.handler(({ input, context: { call } }) =>
      pairing.offer('courtroom', input.hearing, actorOf(call)),
    ),
    courtroomScreens: of.courtroomScreens.handler(({ input }) =>
      pairing.list(input.hearing, (kind) => kind === 'courtroom'),
    ),
    endCourtroom: of.endCourtroom.handler(({ input, context: { call } }) => {
      pairing.end(input.hearing, input.screen, { type: 'hearing', id: input.hearing }, actorOf(call));
      return done;
    }),
  };
}
