import type { ObserverView } from '../../shared/contract/observers.ts';
import type { RecordingView } from '../../shared/contract/recording.ts';
import { wishIn } from '../../shared/domain/childWishes.ts';
import { stretchOf } from '../../shared/domain/interviewStates.ts';
import { isHere, placedNow } from '../../shared/domain/presence.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { PairingCodes } from '../network/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Screen, ScreenRegistry } from './screens.ts';

export interface ObserversNeeds {
  readonly clock: Clock;
  readonly screens: ScreenRegistry;
  readonly codes: Pick<PairingCodes, 'endOf'>;
  readonly custody: () => Pick<CustodyLog, 'append'>;
  readonly view: (interview: string) => RecordingView;
}

/** Who does it, as custody events say it; for an observers' screen, the screen itself. */
type Actor = Readonly<{ id: string; role: string }>;

/** A screen asks once a second: one that has not for this long is not there any more. */
const HERE_NS = 6_000_000_000n;

/**
 * The observers' screens of running interviews: admitted by the officer or the operator, each admission and each screen
 * that connects on record, counted while they watch. What they are let see is decided by the role table, not here.
 */
export class Observers {
  readonly #needs: ObserversNeeds;
  /** When each screen last asked, on the monotonic clock, by interview. */
  readonly #seen = new Map<string, Map<string, bigint>>();

  constructor(needs: ObserversNeeds) {
    this.#needs = needs;
  }

  /** A single-use code for one more screen. @throws Refusal OBSERVERS_NOT_NOW once the recording is over */
  admit(interview: string, actor: Actor): { code: string; path: string } {
    const view = this.#needs.view(interview);
    if (stretchOf(view.interview.state) === 'over') throw new Refusal('OBSERVERS_NOT_NOW');
    this.#tell('observers.admitted', view, actor);
    return { code: this.#needs.screens.newCode('observer', interview), path: '/observe' };
  }

  /** Ends every observers' screen of this interview. */
  dismiss(interview: string, actor: Actor): void {
    this.#needs.screens.endOf(interview, 'observer');
    this.#needs.codes.endOf(interview, 'observer');
    this.#seen.delete(interview);
    this.#tell('observers.dismissed', this.#needs.view(interview), actor);
  }

  /** How many screens watch at this moment. */
  connected(interview: string): number {
    const now = this.#needs.clock.monotonicNs();
    return [...(this.#seen.get(interview)?.values() ?? [])].filter((at) => now - at < HERE_NS).length;
  }

  /** What the screen shows now. Its first question goes on record. */
  watch(interview: string, screen: Screen, actor: Actor): ObserverView {
    const view = this.#needs.view(interview);
    const state = stretchOf(view.interview.state);
    const seen = this.#seen.get(interview) ?? new Map<string, bigint>();
    this.#seen.set(interview, seen);
    if (state !== 'over') {
      if (!seen.has(screen.id)) this.#tell('observers.connected', view, actor);
      seen.set(screen.id, this.#needs.clock.monotonicNs());
    } else seen.clear();
    const sources = state === 'recording' ? (view.recorder?.sources ?? []) : [];
    return {
      state,
      tracks: sources.map(({ id, place, kind, simulated, state: now }) => ({
        ...{ id, place, kind, simulated },
        sends: now === 'running' || now === 'starting',
      })),
      elapsedMs: state === 'recording' ? view.elapsedMs : null,
      phase: state === 'recording' ? view.phase : null,
      phases: state === 'recording' ? view.phases : [],
      pause: state === 'recording' && view.timeline.findLast(({ type }) => type === 'break')?.['begins'] === true,
      wish: state === 'recording' ? wishIn(view.timeline) : null,
      present: state === 'recording' ? presentIn(view) : [],
    };
  }

  #tell(action: string, { interview }: RecordingView, actor: Actor): void {
    const subject = { type: 'exhibit', id: interview.exhibit } as const;
    this.#needs.custody().append({ action, actor, subject, details: {} });
  }
}

/** Who is there now, in the room where they are now. */
function presentIn({ interview, timeline }: RecordingView): ObserverView['present'] {
  return placedNow(
    timeline,
    interview.participants.filter(({ code }) => isHere(timeline, code)),
  );
}
