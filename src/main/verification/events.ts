import { CustodyEvent } from '../../shared/evidence/event.ts';
import type { CheckReason } from '../../shared/evidence/verification.ts';
import { leafHash } from '../custody/index.ts';
import type { ReadBag } from './bag.ts';
import { parseJson } from './json.ts';
import { textLines } from './textLines.ts';

export const EVENTS = 'data/custody/events.jsonl';

/** One event of the bag's `events.jsonl`: what it says and the leaf hash of its exact bytes. */
export interface BagEvent {
  readonly event: CustodyEvent;
  readonly leafHash: Buffer;
}

export type ReadEvents = { readonly events: readonly BagEvent[] } | { readonly problem: CheckReason };

/** Reads the exhibit's events: each line one canonical object of the event's shape. */
export function readEvents(bag: ReadBag): ReadEvents {
  const bytes = bag.contents.texts.get(EVENTS);
  if (bytes === undefined) return { problem: { code: 'file-missing', params: { file: EVENTS } } };
  const cut = textLines(EVENTS, bytes);
  if ('problem' in cut) return cut;
  const events: BagEvent[] = [];
  for (const [index, line] of cut.lines.entries()) {
    const parsed = parseJson(`${EVENTS}:${index + 1}`, line, CustodyEvent);
    if ('problem' in parsed) return parsed;
    events.push({ event: parsed.value, leafHash: leafHash(line) });
  }
  return { events };
}

/** The only event with this action, or null when there is none or more than one. */
export function onlyEvent(events: readonly BagEvent[], action: string): BagEvent | null {
  const found = events.filter((each) => each.event.action === action);
  return found.length === 1 ? (found[0] ?? null) : null;
}
