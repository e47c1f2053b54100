import { parseCanonical } from '../../shared/domain/canonical.ts';
import { Refusal } from '../../shared/errors.ts';
import { CustodyEvent } from '../../shared/evidence/event.ts';
import type { EventRow } from './logStore.ts';
import { leafHash } from './merkle.ts';

/** An event of the log: its number, what it says, the exact bytes that were hashed, and their leaf hash. */
export interface LoggedEvent {
  readonly index: number;
  readonly event: CustodyEvent;
  readonly bytes: Buffer;
  readonly leafHash: Buffer;
}

/** An event out of its row. Throws `LOG_DAMAGED` with its index if the bytes are not an event in canonical form. */
export function readRow(row: EventRow): LoggedEvent {
  return { index: row.idx, event: parseEvent(row), bytes: row.bytes, leafHash: leafHash(row.bytes) };
}

function parseEvent(row: EventRow): CustodyEvent {
  try {
    return CustodyEvent.parse(parseCanonical(row.bytes));
  } catch (error) {
    throw notAnEvent(row.idx, error);
  }
}

function notAnEvent(index: number, cause: unknown): Refusal {
  return new Refusal('LOG_DAMAGED', { index, reason: 'not an event' }, { cause });
}
