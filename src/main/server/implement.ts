import { implement, ORPCError } from '@orpc/server';
import { nobody } from '../../shared/contract/access.ts';
import { contract } from '../../shared/contract/index.ts';
import { type ErrorParams, Refusal } from '../../shared/errors.ts';
import type { Log } from '../platform/log.ts';
import { authorise, type FindRelations } from './authorise.ts';
import type { CallContext } from './context.ts';

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
  return implement(contract, { initialInputValidationIndex: Number.POSITIVE_INFINITY })
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

/** What crosses to the screen instead of `error`. */
function crossing(error: unknown, operation: string, log: Log): ORPCError<string, { params: ErrorParams }> {
  if (error instanceof Refusal) {
    log.info({ operation, code: error.code }, 'refused');
    return refusalAsError(error);
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    return refusalAsError(new Refusal('REQUEST_MALFORMED', { at: operation }));
  }
  if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') return error;
  log.error({ operation, err: error }, 'failed');
  return refusalAsError(new Refusal('INTERNAL', { at: operation }));
}

const statuses: Readonly<Partial<Record<string, number>>> = {
  SESSION_MISSING: 401,
  SESSION_LOCKED: 401,
  SIGN_IN_FAILED: 401,
  ROLE_REFUSED: 403,
  TIE_REFUSED: 403,
  NOT_FROM_A_KNOWN_SCREEN: 403,
  INTERNAL: 500,
};

function refusalAsError(refusal: Refusal): ORPCError<string, { params: ErrorParams }> {
  return new ORPCError(refusal.code, {
    status: statuses[refusal.code] ?? 422,
    message: refusal.code,
    data: { params: refusal.params },
  });
}
