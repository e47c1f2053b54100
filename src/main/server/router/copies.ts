import { done } from '../../../shared/contract/common.ts';
import type { CopiesService } from '../../copies/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';
import { handOf } from './handOf.ts';

export interface CopyHandlersNeeds {
  readonly copies: CopiesService;
  readonly jobs: Jobs;
}

const actorOf = ({ person }: CallContext) => ({
  id: person.code,
  role: person.role,
  account: person.id,
  name: person.name,
});

/** Handlers of `copies`. Keys are taken before a job starts: a lock in between does not break it. */
export function copyHandlers(os: Implementer, { copies, jobs }: CopyHandlersNeeds) {
  return {
    copies: {
      list: os.copies.list.handler(({ input }) => copies.list(input.exhibit)),
      make: os.copies.make.handler(async ({ input, context: { call } }) => {
        const maker = await handOf(call);
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('copy', call.person.id, (control) => copies.make(input, maker, vaultIdentity, control));
      }),
      delete: os.copies.delete.handler(async ({ input, context: { call } }) => {
        await copies.delete(input.exhibit, input.copy, actorOf(call));
        return done;
      }),
      open: os.copies.open.handler(async ({ input, context: { call } }) =>
        copies.open(input, actorOf(call), await call.keys.vaultIdentity()),
      ),
      close: os.copies.close.handler(async ({ input, context: { call } }) => {
        await copies.close(input, actorOf(call));
        return done;
      }),
      give: os.copies.give.handler(async ({ input, context: { call } }) => {
        const maker = await handOf(call);
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('copy', call.person.id, (control) => copies.give(input, maker, vaultIdentity, control));
      }),
    },
  };
}
