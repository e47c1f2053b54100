import { done } from '../../../shared/contract/common.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { Observers } from '../observers.ts';

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `observers`. */
export function observerHandlers(os: Implementer, { observers }: { readonly observers: Observers }) {
  const { observers: of } = os;
  return {
    admit: of.admit.handler(({ input, context: { call } }) => observers.admit(input.interview, actorOf(call))),
    screens: of.screens.handler(({ input }) => ({ connected: observers.connected(input.interview) })),
    dismiss: of.dismiss.handler(({ input, context: { call } }) => {
      observers.dismiss(input.interview, actorOf(call));
      return done;
    }),
    watch: of.watch.handler(({ input, context: { call } }) => {
      const paired = call.screen.kind === 'observer';
      return observers.watch(
        input.interview,
        call.screen,
        paired ? { id: call.screen.id, role: 'observer' } : actorOf(call),
      );
    }),
  };
}
