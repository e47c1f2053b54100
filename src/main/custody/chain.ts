import { isRefusal, Refusal } from '../../shared/errors.ts';
import { checkContinuation } from './continuation.ts';
import type { CustodyLog, EarlierLog } from './log.ts';

/** What was recomputed of a log that was continued. */
export interface CheckedLog {
  readonly origin: string;
  readonly size: number;
}

/**
 * Recomputes a log and every one that it goes on from, and holds each to the next. Throws `LOG_DAMAGED`; where it is an
 * earlier log the reason names it. `vkey` is the log's key as the caller knows it; null goes by what its first event says.
 */
export async function verifyChain(
  log: CustodyLog,
  vkey: string | null,
): Promise<{ readonly size: number; readonly root: Buffer; readonly earlier: readonly CheckedLog[] }> {
  const { earlier } = log;
  const own = await log.verifyAll();
  if (earlier === null) return { ...own, earlier: [] };
  const before = await verifyChain(earlier.log, earlier.vkey).catch((error: unknown) => {
    throw namedAfter(earlier, error);
  });
  const problem = linkProblem(log, vkey, earlier);
  if (problem !== null) throw new Refusal('LOG_DAMAGED', { index: 0, reason: problem });
  return { ...own, earlier: [...before.earlier, { origin: earlier.log.origin, size: before.size }] };
}

/** The logs that hold anything of a station, the first one first. */
export function chainOf(log: CustodyLog): CustodyLog[] {
  const { earlier } = log;
  return earlier === null ? [log] : [...chainOf(earlier.log), log];
}

function linkProblem(log: CustodyLog, known: string | null, earlier: EarlierLog): string | null {
  const first = log.event(0);
  const vkey = known ?? first?.event.details['vkey'];
  if (first === undefined || typeof vkey !== 'string') return 'the log does not say from which it goes on';
  try {
    const head = checkContinuation(earlier.closing, earlier.vkey, first.event, vkey);
    if (typeof head === 'string') return `it does not go on from ${earlier.log.origin}: ${head}`;
    const same = head.size === earlier.log.size() && head.root.equals(earlier.log.root());
    return same ? null : `${earlier.log.origin} is not what it was when it was closed`;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `${earlier.log.origin} was not closed by its own key`;
  }
}

function namedAfter(earlier: EarlierLog, error: unknown): unknown {
  if (!isRefusal(error, 'LOG_DAMAGED')) return error;
  const { index = 0, reason = '' } = error.params;
  return new Refusal('LOG_DAMAGED', { index, reason: `${reason} (${earlier.log.origin})` }, { cause: error });
}
