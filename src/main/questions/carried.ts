import type { Interview } from '../../shared/contract/cases.ts';
import type { QuestionChange } from '../../shared/domain/questions.ts';

type Person = Interview['participants'][number];

/** Whoever has the same capacity at the same place of the list; another plan may have other people: then it is the capacity. */
const askerNow = ({ capacity }: Person, now: Person | undefined): string =>
  now?.capacity === capacity ? now.code : capacity;

/**
 * The changes of questions as they stand in the interview that goes on from a cut-off one: each with when it really was
 * instead of a time on a recording that is over, with the exhibit in which it was said, and with the asker's new code.
 */
export function carriedChanges(
  changes: readonly QuestionChange[],
  before: Pick<Interview, 'exhibit' | 'participants' | 'startedAt'>,
  after: Pick<Interview, 'participants'>,
): QuestionChange[] {
  const codes = new Map(before.participants.map((person, i) => [person.code, askerNow(person, after.participants[i])]));
  const startedMs = before.startedAt === null ? null : Date.parse(before.startedAt);
  return changes.map((change) => ({
    ...change,
    ...(change.at_ms === null || startedMs === null ? {} : { at: new Date(startedMs + change.at_ms).toISOString() }),
    at_ms: null,
    by: codes.get(change.by) ?? change.by,
    from_exhibit: change.from_exhibit ?? before.exhibit,
  }));
}
