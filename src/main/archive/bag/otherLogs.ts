import { type CustodyLog, chainOf, type LoggedEvent, type NoteSigner } from '../../custody/index.ts';
import type { BagLog } from './bagInput.ts';

/** One log of a station's chain with the head that a bag proves its events to. */
export interface LogInBag {
  readonly log: CustodyLog;
  readonly vkey: string;
  readonly checkpoint: string;
}

/**
 * The logs that an exhibit's events stand in, oldest first, with those between and the one that hands over now
 * (EVIDENCE-FORMAT §4): one, unless the station was restored from a backup.
 */
export function logsOf(
  log: CustodyLog,
  signer: NoteSigner,
  home: string,
  events: readonly LoggedEvent[],
): readonly LogInBag[] {
  const chain = chainOf(log);
  const first = chain.findIndex(({ origin }) => origin === home || events.some(({ event }) => event.log === origin));
  return chain.slice(first).map((one, at, rest) => {
    const after = rest[at + 1]?.earlier;
    if (after !== undefined && after !== null) return { log: one, vkey: after.vkey, checkpoint: after.closing };
    const checkpoint = one.checkpoint(signer);
    one.keepHead(checkpoint, null);
    return { log: one, vkey: signer.vkey, checkpoint };
  });
}

/** The proofs of the events of `log`, by index. */
export function proofsIn({ log, checkpoint }: LogInBag, events: readonly LoggedEvent[]): Map<number, string> {
  const own = events.filter(({ event }) => event.log === log.origin);
  return new Map(own.map(({ index }) => [index, log.proofFile(index, checkpoint)]));
}

/** The event with which a log says from which one it goes on, and its proof. */
export function firstOf({ log, checkpoint }: LogInBag): NonNullable<BagLog['first']> {
  const first = log.event(0);
  if (first === undefined) throw new Error(`an empty log ${log.origin}`);
  return { event: first.bytes, proof: log.proofFile(0, checkpoint) };
}
