import { Refusal } from '../../shared/errors.ts';

/** Tokens are a few kilobytes; one with a long chain of certificates stays far below this. */
const LARGEST_ANSWER = 256 * 1024;

/** How the network is reached: Node's `fetch`, or a test's. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface Asking {
  readonly fetch: Fetch;
  /** For the whole exchange, milliseconds. */
  readonly timeoutMs: number;
  /** Ends the exchange when the station stops; its reason is thrown. */
  readonly signal: AbortSignal;
}

/**
 * Sends a request to an authority (RFC 3161 §3.4, HTTP) and gives the bytes of its answer, whatever they are. Redirects are
 * not followed.
 * @throws Refusal TSA_ADDRESS_INVALID, TSA_UNREACHABLE, TSA_TOO_SLOW, TSA_HTTP_STATUS, TSA_ANSWER_TOO_LARGE
 */
export async function askAuthority(address: string, request: Uint8Array, asking: Asking): Promise<Buffer> {
  checkAddress(address);
  const timeout = AbortSignal.timeout(asking.timeoutMs);
  try {
    const answer = await asking.fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Buffer.from(request),
      redirect: 'manual',
      signal: AbortSignal.any([timeout, asking.signal]),
    });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw new Refusal('TSA_HTTP_STATUS', { authority: address, status: answer.status });
    }
    return await bounded(answer, address);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    asking.signal.throwIfAborted();
    if (timeout.aborted) throw tooSlow(address, asking.timeoutMs, error);
    throw unreachable(address, error);
  }
}

/** @throws Refusal TSA_ADDRESS_INVALID for what is no HTTP address, or carries a password */
export function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new Refusal('TSA_ADDRESS_INVALID', { authority: address.slice(0, 200) });
  }
}

async function bounded(answer: Response, authority: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body ?? []) {
    length += piece.length;
    // Leaving the loop cancels the rest of the answer.
    if (length > LARGEST_ANSWER) throw new Refusal('TSA_ANSWER_TOO_LARGE', { authority });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooSlow(authority: string, timeoutMs: number, cause: unknown): Refusal {
  return new Refusal('TSA_TOO_SLOW', { authority, seconds: Math.ceil(timeoutMs / 1000) }, { cause });
}

function unreachable(authority: string, error: unknown): Refusal {
  return new Refusal('TSA_UNREACHABLE', { authority, reason: systemWord(error) }, { cause: error });
}

/** The system's own word (`ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`), which fetch hides in the cause. */
function systemWord(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return systemWord(at.errors[0]);
  }
  return error instanceof Error ? error.name : 'unknown';
}
