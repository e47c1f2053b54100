import { correction, momentAt, partEnd, placeAt, Shown } from './clock.ts';
import { type Refused, type Track, TrackMedia } from './trackMedia.ts';

/** What a screen shows of the player. `gaps`: the tracks that have nothing at this moment, and until when (null: to the end). */
export interface PlayerState {
  readonly atMs: number;
  readonly playing: boolean;
  readonly rate: number;
  /** Playing, but what comes next has not arrived yet. */
  readonly waiting: boolean;
  readonly gaps: Readonly<Record<string, number | null>>;
  readonly refused: readonly Refused[];
  /** The browser wants a person's press before it plays sound. */
  readonly blocked: boolean;
}

const TICK_MS = 100;
const SEEK_PAUSE_MS = 1000;
/** Sources begin a moment after one another; so short a beginning without a picture is not spoken of. */
const BEGINNING_MS = 1500;

/**
 * Plays all tracks of an exhibit in step. The interview's time is the clock; the room view leads it (or the first track
 * that plays), the others are nudged or moved to it. Where no track has anything the clock runs on by itself.
 */
export class StepPlayer {
  readonly durationMs: number;
  /** Where the first track begins: before it there is nothing to see or hear. */
  readonly #beginMs: number;
  readonly #tracks: readonly Track[];
  readonly #media = new Map<string, TrackMedia>();
  readonly #sought = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  readonly #shown = new Shown();
  #state: PlayerState = { atMs: 0, playing: false, rate: 1, waiting: false, gaps: {}, refused: [], blocked: false };
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastTick = 0;
  /** How much faster or slower than `rate` the leader runs, to follow another screen. */
  #pull = 1;

  constructor(tracks: readonly Track[], durationMs: number) {
    // The room view leads, then the face, then what is heard.
    const order = (track: Track) => (track.place === 'room' ? 0 : track.kind === 'audio' ? 2 : 1);
    this.#tracks = tracks.toSorted((a, b) => order(a) - order(b));
    this.durationMs = durationMs;
    const begins = tracks.map(({ parts }) => parts[0]?.fromMs).filter((ms) => ms !== undefined);
    this.#beginMs = begins.length > 0 ? Math.max(0, Math.min(...begins)) : 0;
    this.#state = { ...this.#state, atMs: this.#beginMs };
  }

  start(): void {
    this.#lastTick = performance.now();
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const media of this.#media.values()) media.stop();
    this.#media.clear();
  }

  /** Gives a track its element; null takes it away. */
  attach(trackId: string, element: HTMLMediaElement | null): void {
    const there = this.#media.get(trackId);
    if (there?.element === element) return;
    there?.stop();
    this.#media.delete(trackId);
    const track = this.#tracks.find((one) => one.id === trackId);
    if (element === null || track === undefined) return;
    const media = new TrackMedia(track, element, (refused) => this.#refuse(refused));
    this.#media.set(trackId, media);
    media.start();
  }

  get state(): PlayerState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  play(): void {
    const over = this.#state.atMs >= this.durationMs - 50;
    if (over) this.seek(0);
    this.#lastTick = performance.now();
    this.#set({ playing: true, blocked: false });
    this.#tick();
  }

  pause(): void {
    this.#set({ playing: false, waiting: false });
    for (const { element } of this.#media.values()) element.pause();
  }

  seek(toMs: number): void {
    const atMs = Math.min(Math.max(this.#beginMs, toMs), this.durationMs);
    this.#set({ atMs });
    for (const media of this.#media.values()) this.#moveTo(media, atMs);
    this.#lastTick = performance.now();
  }

  setRate(rate: number): void {
    this.#set({ rate });
  }

  /** Runs this much faster or slower than the chosen speed: to come into step with another screen. */
  pull(factor: number): void {
    this.#pull = factor;
  }

  /** A person decided to go on behind what was refused. */
  goOn(): void {
    const { refused } = this.#state;
    this.#set({ refused: [] });
    let beyond = this.#state.atMs;
    for (const { track, segment } of refused) {
      const media = this.#media.get(track);
      if (media === undefined) continue;
      if (segment === null) {
        media.resume(0);
        continue;
      }
      const moment = momentAt(media.track.parts, segment.untilMs + 60);
      if (moment !== null) beyond = Math.max(beyond, moment);
      media.resume(segment.untilMs + 60);
    }
    this.seek(beyond);
    this.play();
  }

  /** What was really shown since the last call. */
  takeShown(): [number, number][] {
    return this.#shown.take();
  }

  restoreShown(ranges: readonly (readonly [number, number])[]): void {
    this.#shown.restore(ranges);
  }

  #refuse(refused: Refused): void {
    if (this.#state.refused.some((one) => one.track === refused.track)) return;
    this.#set({ refused: [...this.#state.refused, refused] });
  }

  #moveTo(media: TrackMedia, atMs: number): void {
    const place = placeAt(media.track.parts, atMs);
    if (!('playlistMs' in place)) {
      media.element.pause();
      return;
    }
    this.#sought.set(media.track.id, performance.now());
    media.element.currentTime = place.playlistMs / 1000;
  }

  #tick(): void {
    const now = performance.now();
    const wallMs = Math.min(now - this.#lastTick, 2000);
    this.#lastTick = now;
    const { playing, atMs: before } = this.#state;
    const gaps = this.#gaps(before);
    if (!playing) {
      this.#set({ gaps });
      return;
    }
    const leader = this.#leader(before);
    if (leader === null) {
      // Nothing at all was recorded here: the clock crosses the gap by itself, and nothing counts as shown.
      this.#advance(before + wallMs * this.#state.rate, gaps, false);
      return;
    }
    const { element, track } = leader;
    this.#run(leader, this.#state.rate * this.#pull);
    const led = momentAt(track.parts, element.currentTime * 1000);
    // Just after a jump, or while the next second is on its way, the clock waits with the leader.
    const ready = !element.seeking && element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
    const atEnd = element.ended;
    if (!ready && !atEnd) {
      this.#set({ waiting: true, gaps });
      for (const media of this.#media.values()) if (media !== leader) media.element.pause();
      if (this.#state.refused.some((one) => one.track === track.id)) this.pause();
      return;
    }
    const end = partEnd(track.parts, before);
    const over = end !== null && (atEnd || led === null || led >= end);
    // Parts follow one another on the playlist without the gap that was between them: the leader waits at the edge.
    if (over) element.pause();
    const atMs = over ? end : Math.max(led ?? before, before);
    this.#shown.went(before, atMs, wallMs, this.#state.rate);
    this.#advance(atMs, gaps, true);
    for (const media of this.#media.values()) if (media !== leader) this.#follow(media, atMs, now);
  }

  #advance(atMs: number, gaps: PlayerState['gaps'], shown: boolean): void {
    if (atMs >= this.durationMs - 30) {
      this.#set({ atMs: this.durationMs, gaps, waiting: false });
      this.pause();
      return;
    }
    this.#set({ atMs, gaps, waiting: false });
    if (!shown) for (const media of this.#media.values()) this.#follow(media, atMs, performance.now());
  }

  /** Brings a track to the clock. */
  #follow(media: TrackMedia, atMs: number, now: number): void {
    const { element, track } = media;
    const place = placeAt(track.parts, atMs);
    if (!('playlistMs' in place)) {
      element.pause();
      return;
    }
    const rate = this.#state.rate * this.#pull;
    const done = correction(element.currentTime * 1000 - place.playlistMs, rate);
    if ('rate' in done) {
      this.#run(media, done.rate);
      return;
    }
    this.#run(media, rate);
    if (now - (this.#sought.get(track.id) ?? 0) < SEEK_PAUSE_MS) return;
    this.#sought.set(track.id, now);
    element.currentTime = place.playlistMs / 1000;
  }

  #run({ element }: TrackMedia, rate: number): void {
    if (element.playbackRate !== rate) element.playbackRate = rate;
    if (!element.paused || element.ended) return;
    element.play().catch((error: unknown) => {
      // A pause that came in between is no trouble; a browser that wants a press first is said on screen.
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        this.pause();
        this.#set({ blocked: true });
      }
    });
  }

  /** The first track, in order, that has something at this moment and is not one that the station refused. */
  #leader(atMs: number): TrackMedia | null {
    const whole = (id: string) => !this.#state.refused.some((one) => one.track === id && one.segment === null);
    for (const { id, parts } of this.#tracks) {
      const media = this.#media.get(id);
      if (media !== undefined && whole(id) && 'playlistMs' in placeAt(parts, atMs)) return this.#entered(media, atMs);
    }
    return null;
  }

  /** A leader that just came out of a gap stands somewhere else: it is moved to the clock first. */
  #entered(media: TrackMedia, atMs: number): TrackMedia {
    const led = momentAt(media.track.parts, media.element.currentTime * 1000);
    const off = led === null ? Number.POSITIVE_INFINITY : Math.abs(led - atMs);
    const late = performance.now() - (this.#sought.get(media.track.id) ?? 0) > SEEK_PAUSE_MS;
    if (off > 1000 && late) this.#moveTo(media, atMs);
    return media;
  }

  #gaps(atMs: number): PlayerState['gaps'] {
    const gaps: Record<string, number | null> = {};
    for (const { id, parts } of this.#tracks) {
      const place = placeAt(parts, atMs);
      if (!('gap' in place) || atMs >= this.durationMs - 500) continue;
      const { fromMs, untilMs } = place.gap;
      const beginning = fromMs === 0 && untilMs !== null && untilMs < BEGINNING_MS;
      if (!beginning) gaps[id] = untilMs;
    }
    return gaps;
  }

  #set(part: Partial<PlayerState>): void {
    const next = { ...this.#state, ...part };
    if (same(this.#state, next)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}

function same(a: PlayerState, b: PlayerState): boolean {
  const gapsOf = (state: PlayerState) => JSON.stringify(state.gaps);
  return (
    a.atMs === b.atMs &&
    a.playing === b.playing &&
    a.rate === b.rate &&
    a.waiting === b.waiting &&
    a.blocked === b.blocked &&
    a.refused === b.refused &&
    gapsOf(a) === gapsOf(b)
  );
}
