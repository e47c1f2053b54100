import Hls from 'hls.js';
import { LiveTarget, StationNow, stepTo } from './liveClock.ts';
import { LiveTrack } from './liveTrack.ts';

export interface LiveState {
  /** How late each track is that this screen plays, in ms; null while it shows nothing. */
  readonly late: Readonly<Record<string, number | null>>;
  /** The browser wants a person's press before it plays sound. */
  readonly blocked: boolean;
}

const TICK_MS = 250;
/** A picture that is older than this is not shown as live. */
const TOO_LATE_MS = 12_000;

/** True where this browser can play what is recorded. */
export const canPlayLive = (): boolean => Hls.isSupported();

/** All live tracks of one screen, in step: one figure of how far behind the recording they run. */
export class LiveStage {
  readonly #interview: string;
  readonly #tracks = new Map<string, LiveTrack>();
  readonly #target = new LiveTarget();
  readonly #now = new StationNow();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #state: LiveState = { late: {}, blocked: false };

  constructor(interview: string) {
    this.#interview = interview;
  }

  get state(): LiveState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const track of this.#tracks.values()) track.stop();
    this.#tracks.clear();
  }

  /** Plays a track in this element from now on; null takes it out. */
  attach(id: string, element: HTMLMediaElement | null): void {
    this.#tracks.get(id)?.stop();
    this.#tracks.delete(id);
    if (element === null) return;
    const track = new LiveTrack(this.#interview, id, element, this.#now, (blocked) => this.#set({ blocked }));
    this.#tracks.set(id, track);
    track.start();
  }

  /** After the press that the browser wanted. */
  play(): void {
    for (const track of this.#tracks.values()) track.play();
  }

  #tick(): void {
    const tracks = [...this.#tracks.values()].map((track) => ({ track, behind: track.behind() }));
    const targetMs = this.#target.take(
      tracks.map(({ behind }) => behind),
      performance.now(),
    );
    const late: Record<string, number | null> = {};
    for (const { track, behind } of tracks) {
      const step = stepTo(behind, targetMs);
      if ('jumpMs' in step) track.element.currentTime += step.jumpMs / 1000;
      else if (track.element.playbackRate !== step.rate) track.element.playbackRate = step.rate;
      track.watch();
      const { shownMs } = behind;
      // For the bench, and for whoever looks into the page.
      track.element.dataset['behindMs'] = shownMs === null ? '' : String(Math.round(shownMs));
      // In tenths: the label shall not flicker.
      late[track.id] = shownMs === null || shownMs > TOO_LATE_MS ? null : Math.round(shownMs / 100) * 100;
    }
    this.#set({ late });
  }

  #set(part: Partial<LiveState>): void {
    const next = { ...this.#state, ...part };
    const before = this.#state;
    const ids = Object.keys({ ...next.late, ...before.late });
    if (next.blocked === before.blocked && ids.every((id) => next.late[id] === before.late[id])) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
