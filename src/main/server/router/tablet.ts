import { done } from '../../../shared/contract/common.ts';
import type { Voices, Wishes } from '../../tablet/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';

export interface TabletHandlersNeeds {
  readonly wishes: Wishes;
  readonly voices: Voices;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `tablet`. */
export function tabletHandlers(os: Implementer, { wishes, voices }: TabletHandlersNeeds) {
  const { tablet: of } = os;
  return {
    watch: of.watch.handler(({ input }) => wishes.view(input.interview)),
    wish: of.wish.handler(({ input, context: { call } }) => ({
      told: wishes.tell(input, call.screen.kind === 'child' ? null : call.person.code),
    })),
    voices: of.voices.handler(() => voices.all()),
    setVoice: of.setVoice.handler(async ({ input, context: { call } }) =>
      voices.set(input, new Uint8Array(await input.content.arrayBuffer()), actorOf(call)),
    ),
    resetVoice: of.resetVoice.handler(({ input, context: { call } }) => {
      voices.reset(input, actorOf(call));
      return done;
    }),
  };
}
