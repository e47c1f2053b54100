import { readRow } from './loggedEvent.ts';
import type { EventRow } from './logStore.ts';
import { type CheckedEvent, quickEvent } from './quickEvent.ts';

/** An event as the check of a whole log needs it. Throws `LOG_DAMAGED` if the row's bytes are none. */
export function checkedEvent(row: EventRow): CheckedEvent {
  const quick = quickEvent(row.bytes);
  if (quick !== undefined) return quick;
  const { event, leafHash } = readRow(row);
  const { action, actor, at, log, prev, subject } = event;
  return { action, actor: actor.id, at, log, prev, subject, leafHex: leafHash.toString('hex') };
}

/** True where the columns for looking up say what the event says. */
export function columnsAgree(row: EventRow, { action, actor, at, subject }: CheckedEvent): boolean {
  return (
    row.action === action &&
    row.actor_id === actor &&
    row.at === at &&
    row.subject_type === subject.type &&
    row.subject_id === subject.id &&
    row.subject_seq === subject.seq
  );
}

/** Names a subject among all. */
export const subjectKey = ({ subject }: CheckedEvent): string => `${subject.type} ${subject.id}`;
