import type { TimelineEntry } from '../evidence/record.ts';

/** Whether one of the planned people is here now: everybody is, until the timeline says otherwise. */
export function isHere(timeline: readonly TimelineEntry[], code: string): boolean {
  const last = timeline.findLast((entry) => entry.type === 'roster' && entry['code'] === code);
  return last === undefined || last['present'] === true;
}
