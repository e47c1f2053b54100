import type { Database } from 'better-sqlite3';
import type { Interview } from '../../shared/contract/cases.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';

/** Who sends, decides or looks: a person by the code of their account, or a paired screen by its own id. */
export interface Asker {
  readonly id: string;
  /** A role, or the kind of a paired screen. */
  readonly role: string;
}

/** What this area asks of others; the composition hands it in. */
export interface QuestionsNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: () => Pick<CustodyLog, 'append'>;
  /** INTERVIEW_UNKNOWN. */
  readonly interview: (id: string) => Pick<Interview, 'exhibit' | 'state' | 'participants' | 'startedAt'>;
  readonly timeline: (interview: string) => readonly TimelineEntry[];
  /** Milliseconds since the recording began, on its own clock; null while nothing is recorded. */
  readonly elapsedMs: (interview: string) => number | null;
  /** Puts an entry on the timeline, inside the caller's transaction. */
  readonly addEntry: (interview: string, entry: TimelineEntry) => unknown;
  /** The timeline has a new entry: whoever watches the recording is told. */
  readonly timelineChanged: (interview: string) => void;
}
