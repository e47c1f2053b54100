import { chainOf } from './chain.ts';
import type { CustodyLog } from './log.ts';

/** A log of this station's chain as a head that is brought back is held to it. */
export interface KnownLog {
  readonly log: CustodyLog;
  readonly vkey: string;
  /** Its last head, which names the log after it; null for the log that goes on now. */
  readonly closing: string | null;
}

/** The log that `vkey` signs now and those that it goes on from, the first one first. */
export function knownLogs(log: CustodyLog, vkey: string): KnownLog[] {
  const chain = chainOf(log);
  return chain.map((one, at) => {
    const after = chain[at + 1]?.earlier;
    return after === undefined || after === null
      ? { log: one, vkey, closing: null }
      : { log: one, vkey: after.vkey, closing: after.closing };
  });
}
