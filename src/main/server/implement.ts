import { implement } from '@orpc/server';
import { nobody } from '../../shared/contract/access.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Log } from '../platform/log.ts';
import { authorise, type FindRelations } from './authorise.ts';
import type { CallContext } from './context.ts';
import { crossing } from './crossing.ts';

export interface ImplementerNeeds {
  readonly relations: FindRelations;
  readonly log: Log;
}

/**
 * The contract, ready to be given handlers. Every operation passes through here: the role table decides before the
 * input is parsed, refusals cross as `{code, data: {params}}`, and whatever else goes wrong is logged with its stack
 * and crosses as INTERNAL without it.
 */
export function implementer({ relations, log }: ImplementerNeeds) {
  return implement(contract, {
    initialInputValidationIndex: Number.POSITIVE_INFINITY,
    initialOutputValidationIndex: Number.POSITIVE_INFINITY,
  })
    .$context<{ call: CallContext }>()
    .use(async ({ context, next, procedure, path }, input) => {
      const { call } = context;
      try {
        const access = procedure['~orpc'].meta.access ?? nobody;
        const { screen, session } = call;
        authorise(
          access,
          { screen, person: session?.person ?? null, locked: session?.locked ?? false },
          input,
          relations,
        );
        return await next();
      } catch (error) {
        throw crossing(error, path.join('.'), log);
      }
    });
}
export type Implementer = ReturnType<typeof implementer>;
