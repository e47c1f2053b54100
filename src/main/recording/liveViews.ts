import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingView } from '../../shared/contract/recording.ts';
import type { RecorderState } from '../../shared/domain/liveState.ts';
import type { RecorderClient } from '../recorder/index.ts';
import type { ChildTime } from './childTime.ts';
import type { LiveRecording } from './liveMedia.ts';
import type { RecordingNeeds } from './needs.ts';
import { currentPhase } from './timeline.ts';

/** A room's recorder while an interview is prepared or recorded. `busy`: a button is being served. */
export interface Active {
  readonly interview: string;
  readonly room: string;
  readonly client: RecorderClient;
  state: RecorderState;
  busy: boolean;
}

/** Screens are told of changes at most this often, and at least once a second. */
const SHORTEST_MS = 200;
const LONGEST_MS = 1000;

/** What screens see of a running interview: always the whole view, made anew from the newest state. */
export class LiveViews {
  readonly #needs: RecordingNeeds;
  readonly #active: ReadonlyMap<string, Active>;
  readonly #time: ChildTime;
  /** Woken at each change, by interview. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(needs: RecordingNeeds, active: ReadonlyMap<string, Active>, time: ChildTime) {
    this.#needs = needs;
    this.#time = time;
    this.#active = active;
  }

  /** Takes the recorder's word from now on. */
  follow(active: Active): void {
    active.client.onEvent((event) => {
      if (event.event === 'state') active.state = event.state;
      else if (event.event === 'levels') active.state = withLevels(active.state, event.levels);
      this.changed(active);
    });
  }

  changed(active: Active): void {
    this.changedIn(active.interview);
  }

  /** Something of this interview changed that is not its recorder's. */
  changedIn(interview: string): void {
    for (const wake of this.#waiting.get(interview) ?? []) wake();
  }

  ended(active: Active): void {
    this.changed(active);
  }

  /** Milliseconds since the recording of this interview began, on the recorder's clock; null before. */
  elapsedMs(interview: string): number | null {
    const active = this.#activeOf(interview);
    const started = active?.state.startedMonotonicNs ?? null;
    if (active === undefined || started === null || active.state.phase !== 'recording') return null;
    return Number((this.#needs.clock.monotonicNs() - BigInt(started)) / 1_000_000n);
  }

  /** The recording of this interview with its recorder, null while none runs. */
  recordingOf(interview: string): LiveRecording | null {
    const active = this.#activeOf(interview);
    if (active === undefined || active.state.phase !== 'recording') return null;
    const { startedAt, startedMonotonicNs, sources } = active.state;
    if (startedAt === null || startedMonotonicNs === null) return null;
    return {
      client: active.client,
      tracks: sources.map(({ id }) => id),
      startedMs: Date.parse(startedAt),
      startedNs: BigInt(startedMonotonicNs),
    };
  }

  view(interview: string): RecordingView {
    const active = this.#activeOf(interview);
    const timeline = this.#needs.interviews.timeline(interview);
    const plan = this.#needs.interviews.get(interview);
    const elapsedMs = this.elapsedMs(interview);
    return {
      interview: plan,
      recorder: active?.state ?? null,
      elapsedMs,
      timeline,
      phase: currentPhase(timeline),
      phases: this.#needs.phases(plan.startedAt),
      guard: this.#time.of(plan, elapsedMs, timeline),
    };
  }

  /** The view now, after each change, and at least once a second, until `signal` says enough. */
  async *live(interview: string, signal: AbortSignal | undefined): AsyncGenerator<RecordingView> {
    while (signal?.aborted !== true) {
      yield this.view(interview);
      await delay(SHORTEST_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      await this.#change(interview, signal);
    }
  }

  #activeOf(interview: string): Active | undefined {
    return [...this.#active.values()].find((one) => one.interview === interview);
  }

  #change(interview: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(interview) ?? new Set();
      this.#waiting.set(interview, waiting);
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, LONGEST_MS - SHORTEST_MS);
      waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}

function withLevels(
  state: RecorderState,
  levels: Readonly<Record<string, RecorderState['sources'][number]['level']>>,
): RecorderState {
  return { ...state, sources: state.sources.map((one) => ({ ...one, level: levels[one.id] ?? one.level })) };
}
