import type { TimelineEntry } from '../evidence/record.ts';

type Place = 'interview' | 'observation';
interface Placed {
  readonly code: string;
  readonly place: Place;
}

const lastMove = (timeline: readonly TimelineEntry[], code: string) =>
  timeline.findLast((entry) => entry.type === 'roster' && entry['code'] === code);

/** Whether one of the planned people is here now: everybody is, until the timeline says otherwise. */
export function isHere(timeline: readonly TimelineEntry[], code: string): boolean {
  const last = lastMove(timeline, code);
  return last === undefined || last['present'] === true;
}

/** In which room a person is, or was last: as planned, until the timeline says otherwise. */
export function placeNow(timeline: readonly TimelineEntry[], { code, place }: Placed): Place {
  const said = lastMove(timeline, code)?.['place'];
  return said === 'interview' || said === 'observation' ? said : place;
}

/** These people, each with the room in which they are now instead of the one they were planned for. */
export function placedNow<Person extends Placed>(
  timeline: readonly TimelineEntry[],
  people: readonly Person[],
): Person[] {
  return people.map((person) => ({ ...person, place: placeNow(timeline, person) }));
}
