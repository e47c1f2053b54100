import { ORPCError } from '@orpc/server';
import { type ErrorParams, errorCodes, Refusal } from '../../shared/errors.ts';
import type { Log } from '../platform/log.ts';

/**
 * What crosses to the screen instead of `error`: a code of the closed list with its parameters. What is not a refusal is
 * logged with its stack, and crosses without it.
 */
export function crossing(error: unknown, operation: string, log: Log): ORPCError<string, { params: ErrorParams }> {
  if (error instanceof Refusal) {
    log.info({ operation, code: error.code }, 'refused');
    return refusalAsError(error);
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    return refusalAsError(new Refusal('REQUEST_MALFORMED', { at: operation }));
  }
  log.error({ operation, err: error }, 'failed');
  return refusalAsError(new Refusal('INTERNAL', { at: operation }));
}

/**
 * For the handler of HTTP: what went wrong outside any operation (a body that cannot be read, a method or shape that the
 * protocol does not know) crosses as REQUEST_MALFORMED too, so that every answer carries a code of the closed list.
 */
export const inTheClosedList =
  (log: Log) =>
  async <T>({ next }: { next: () => Promise<T> }): Promise<T> => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ORPCError && errorCodes.some((code) => code === error.code)) throw error;
      // The name alone: a parser's message quotes what it could not read, and that may be a password.
      log.info({ reason: error instanceof Error ? error.name : typeof error }, 'not a request of the contract');
      throw refusalAsError(new Refusal('REQUEST_MALFORMED'));
    }
  };

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
