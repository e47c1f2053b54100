import type { NetworkService } from '../../network/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';

export interface NetworkHandlersNeeds {
  readonly network: NetworkService;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `network`. Only an administrator's keys open the authority that issues the door's certificate. */
export function networkHandlers(os: Implementer, { network }: NetworkHandlersNeeds) {
  const { network: of } = os;
  const authority = (call: CallContext) => () => call.keys.certificateAuthority();
  return {
    state: of.state.handler(({ context: { call } }) => network.renewIfDue(authority(call), actorOf(call))),
    set: of.set.handler(({ input, context: { call } }) => network.set(input, authority(call), actorOf(call))),
    renew: of.renew.handler(({ context: { call } }) => network.renew(authority(call), actorOf(call))),
    check: of.check.handler(() => network.check()),
  };
}
