import type { TimestampAuthority, TimestampProblem } from '../../shared/contract/timestamps.ts';
import { isRefusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { timestampRequest } from '../sealing/index.ts';
import { askAuthority, type Fetch } from './askAuthority.ts';
import { type CheckedToken, checkToken } from './checkToken.ts';

export interface ObtainNeeds {
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** At least 8 random bytes, new at each call. */
  readonly nonce: () => Uint8Array;
  /** For one authority, milliseconds. */
  readonly timeoutMs: number;
}

/** A token and who gave it, or what each authority answered instead. */
export type Obtained =
  | { readonly token: CheckedToken; readonly authority: TimestampAuthority }
  | { readonly token: null; readonly problems: readonly TimestampProblem[] };

/** One token over a SHA-256 digest from one authority, checked in full. @throws Refusal TSA_… */
export async function tokenFrom(
  authority: TimestampAuthority,
  sha256: Uint8Array,
  needs: ObtainNeeds,
  signal: AbortSignal,
): Promise<CheckedToken> {
  const nonce = needs.nonce();
  const request = timestampRequest({ sha256, nonce, policy: authority.policy });
  const { fetch, timeoutMs, clock } = needs;
  const tsr = await askAuthority(authority.address, request, { fetch, timeoutMs, signal });
  return checkToken({ authority, tsr, sha256, nonce, now: clock.now() });
}

/** Asks the authorities in their order until one gives a token that holds. Throws the signal's reason when it is aborted. */
export async function obtainToken(
  authorities: readonly TimestampAuthority[],
  sha256: Uint8Array,
  needs: ObtainNeeds,
  signal: AbortSignal,
): Promise<Obtained> {
  const problems: TimestampProblem[] = [];
  for (const authority of authorities) {
    signal.throwIfAborted();
    try {
      return { token: await tokenFrom(authority, sha256, needs, signal), authority };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      problems.push({ authority: authority.address, code: error.code, params: { ...error.params } });
    }
  }
  return { token: null, problems };
}
