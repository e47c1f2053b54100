import type { Database } from 'better-sqlite3';
import type { Interview } from '../../shared/contract/cases.ts';
import type { TabletView } from '../../shared/contract/tablet.ts';
import type { ChildWishId } from '../../shared/domain/childWishes.ts';
import { stretchOf } from '../../shared/domain/interviewStates.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import type { Voices } from './voices.ts';
import { wishEntry } from './wishEntry.ts';

export interface WishesNeeds {
  readonly db: Database;
  readonly voices: Pick<Voices, 'kindOf' | 'soundsOf'>;
  /** @throws Refusal INTERVIEW_UNKNOWN */
  readonly interview: (id: string) => Interview;
  readonly timeline: (interview: string) => TimelineEntry[];
  /** Milliseconds since the recording began; null while nothing is recorded. */
  readonly elapsedMs: (interview: string) => number | null;
  readonly addEntry: (interview: string, entry: TimelineEntry) => unknown;
  /** Wakes the screens that watch this interview. */
  readonly timelineChanged: (interview: string) => void;
}

/** What the child says by pressing a picture, put on the timeline at its moment of the common clock. */
export class Wishes {
  readonly #needs: WishesNeeds;

  constructor(needs: WishesNeeds) {
    this.#needs = needs;
  }

  /** What the tablet shows and which sounds it has to have. @throws Refusal INTERVIEW_UNKNOWN */
  view(interview: string): TabletView {
    const { state, language } = this.#needs.interview(interview);
    return { state: stretchOf(state), language, sounds: this.#needs.voices.soundsOf(language) };
  }

  /**
   * Keeps a press; false while nothing is recorded. `by` = the code of an officer to whom the child said it, null for the
   * tablet. @throws Refusal INTERVIEW_UNKNOWN
   */
  tell(input: { interview: string; wish: ChildWishId; id: string }, by: string | null): boolean {
    const { db, voices, interview, timeline, elapsedMs, addEntry, timelineChanged } = this.#needs;
    const plan = interview(input.interview);
    const atMs = plan.state === 'recording' ? elapsedMs(plan.id) : null;
    if (atMs === null) return false;
    const voice = by === null ? voices.kindOf(plan.language, input.wish) : null;
    const press = { wish: input.wish, id: input.id, voice, by: by ?? 'child' };
    const kept = db.transaction(() => {
      const entry = wishEntry(press, atMs, timeline(plan.id));
      if (entry !== null) addEntry(plan.id, entry);
      return entry !== null;
    })();
    if (kept) timelineChanged(plan.id);
    return true;
  }
}
