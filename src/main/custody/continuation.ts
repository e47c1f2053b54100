import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { type LogContinued, LogContinuedDetails } from '../../shared/evidence/details.ts';
import type { CustodyEvent } from '../../shared/evidence/event.ts';
import { checkpointText, type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { type CustodyLog, type EventDraft, type LogOptions, openLog } from './log.ts';
import { logId, putContinuation } from './logStore.ts';
import { type NoteSigner, parseVkey } from './noteKey.ts';
import { parseNote, signNote } from './signedNote.ts';

/** The action of the first event of a log that continues another. */
export const LOG_CONTINUED = 'log.continued';
/** The further line of a closing head: `continued by <verifier key of the log after it>`. */
const CONTINUED_BY = 'continued by ';

export interface ContinueLog {
  readonly db: Database;
  readonly clock: LogOptions['clock'];
  /** The log that ends here. */
  readonly earlier: CustodyLog;
  /** Its key, which signs its last head and nothing after it. */
  readonly signer: NoteSigner;
  /** Key of the log that begins; its name is the new origin. */
  readonly vkey: string;
  readonly actor: EventDraft['actor'];
  /** Why, and what the event shall tell besides. */
  readonly details: EventDraft['details'];
}

/**
 * Closes a log and begins the one that goes on from it (EVIDENCE-FORMAT §4), inside the caller's transaction: the old
 * key signs the last head with a further line that names the new key, and the new log's first event quotes that head.
 * The old log stays as it is, to be read and proved; subjects' sequences go on in the new one.
 */
export function continueLog(input: ContinueLog): CustodyLog {
  const { db, clock, earlier, signer, vkey } = input;
  const origin = parseVkey(vkey).name;
  const head = { origin: earlier.origin, size: earlier.size(), root: earlier.root() };
  const closing = signNote(checkpointText(head, [`${CONTINUED_BY}${vkey}`]), signer);
  earlier.keepHead(closing, null);
  putContinuation(db, logId(db, origin), {
    earlier: logId(db, earlier.origin),
    earlier_vkey: signer.vkey,
    closing,
  });
  const log = openLog({ db, origin, clock });
  const quoted: LogContinued['earlier'] = {
    origin: head.origin,
    size: head.size,
    root: head.root.toString('hex'),
    checkpoint_sha256: sha256(closing),
    vkey: signer.vkey,
  };
  log.append({
    action: LOG_CONTINUED,
    actor: input.actor,
    subject: { type: 'log', id: origin },
    details: { ...input.details, earlier: quoted, vkey },
  });
  return log;
}

/**
 * Whether `first`, the event at index 0 of the log of key `vkey`, and `closing`, the last head of the log of key
 * `earlierVkey`, say of each other that the one goes on from the other. Gives the closed log's head, or what is wrong.
 * Throws what `verifyCheckpoint` and `parseVkey` throw.
 */
export function checkContinuation(
  closing: string,
  earlierVkey: string,
  first: CustodyEvent,
  vkey: string,
): VerifiedCheckpoint | 'closing' | 'first-event' {
  const key = parseVkey(earlierVkey);
  const head = verifyCheckpoint(closing, key.name, [key]);
  if (continuedBy(closing) !== vkey) return 'closing';
  const details = LogContinuedDetails.safeParse(first.details);
  if (first.action !== LOG_CONTINUED || first.prev !== null || !details.success) return 'first-event';
  const { earlier } = details.data;
  const quotes =
    details.data.vkey === vkey &&
    earlier.vkey === earlierVkey &&
    earlier.origin === head.origin &&
    earlier.size === head.size &&
    earlier.root === head.root.toString('hex') &&
    earlier.checkpoint_sha256 === sha256(closing);
  return quotes ? head : 'first-event';
}

/** The key that a closing head names; null for a head that closes nothing. */
export function continuedBy(note: string): string | null {
  const [, , , ...further] = parseNote(note).text.slice(0, -1).split('\n');
  return further.find((line) => line.startsWith(CONTINUED_BY))?.slice(CONTINUED_BY.length) ?? null;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
