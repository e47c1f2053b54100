import { done } from '../../../shared/contract/common.ts';
import type { KeyRotation, RecoveryEntry } from '../../accounts/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';

export interface KeyRingHandlersNeeds {
  readonly rotation: KeyRotation;
  readonly recovery: RecoveryEntry;
  readonly jobs: Jobs;
}

/** Handlers of `keyRing`: the court's own keys. */
export function keyRingHandlers(os: Implementer, { rotation, recovery, jobs }: KeyRingHandlersNeeds) {
  const { keyRing: of } = os;
  const work = (call: CallContext, withoutAway: boolean) => {
    const { person, keys } = call;
    return jobs.start('rotate', person.id, (control) => rotation.work(person, keys, withoutAway, control));
  };
  return {
    state: of.state.handler(() => rotation.state()),
    rotateVault: of.rotateVault.handler(async ({ context: { call } }) => {
      await rotation.begin(call.person, call.keys);
      return work(call, false);
    }),
    showRecovery: of.showRecovery.handler(({ context: { call } }) => rotation.show(call.person, call.keys)),
    takeRecovery: of.takeRecovery.handler(async ({ input, context: { call } }) => {
      await rotation.use(input, call.person, call.keys);
      return work(call, false);
    }),
    goOn: of.goOn.handler(({ input, context: { call } }) => work(call, input.withoutAway)),
    openByRecovery: of.openByRecovery.handler(async ({ input }) => {
      await recovery.open(input);
      return done;
    }),
    inviteByRecovery: of.inviteByRecovery.handler(({ input }) => recovery.inviteAdministrator(input)),
  };
}
