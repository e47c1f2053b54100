import { type ErrorCode, type ErrorParams, Refusal } from '../../shared/errors.ts';

/** A refusal that says what led to it, for the log. */
export const refusal = (code: ErrorCode, params: ErrorParams, cause: unknown): Refusal =>
  new Refusal(code, params, { cause });
