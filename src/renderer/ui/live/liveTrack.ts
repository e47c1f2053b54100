import Hls, { Events, type LevelDetails } from 'hls.js';
import type { Behind, StationNow } from './liveClock.ts';

const AGAIN_MS = 700;
/** New segments arrive and the picture stands all the same for so long: the player is begun anew. */
const STUCK_MS = 10_000;

/**
 * One live track in its element. It keeps trying for as long as it is there: a playlist that is not there yet, a new part
 * after a camera came back, a station that was started again.
 */
export class LiveTrack {
  readonly id: string;
  readonly element: HTMLMediaElement;
  readonly #address: string;
  readonly #now: StationNow;
  readonly #onBlocked: (blocked: boolean) => void;
  #hls: Hls | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #details: LevelDetails | null = null;
  #moved = { atSeconds: 0, sinceMs: 0 };

  constructor(
    interview: string,
    id: string,
    element: HTMLMediaElement,
    now: StationNow,
    onBlocked: (blocked: boolean) => void,
  ) {
    this.id = id;
    this.element = element;
    this.#address = `/media/live/${interview}/${id}/index.m3u8`;
    this.#now = now;
    this.#onBlocked = onBlocked;
  }

  start(): void {
    this.#moved = { atSeconds: 0, sinceMs: performance.now() };
    const hls = new Hls({
      lowLatencyMode: false,
      // The stage decides how far behind to run; hls.js begins near the end and leaves the speed alone.
      liveSyncDuration: 1,
      liveMaxLatencyDuration: 12,
      liveDurationInfinity: true,
      maxBufferLength: 10,
      backBufferLength: 6,
      maxBufferHole: 0.5,
      enableWorker: false,
      // Says what it has: the station answers as soon as there is more.
      xhrSetup: (xhr, url) => {
        const have = this.#details?.endSN;
        if (have !== undefined && url.endsWith('.m3u8')) xhr.open('GET', `${url}?have=${have}`, true);
      },
    });
    this.#hls = hls;
    hls.on(Events.LEVEL_LOADED, (_, { details, networkDetails }) => {
      this.#details = details;
      const said = networkDetails instanceof XMLHttpRequest ? networkDetails.getResponseHeader('x-birret-now') : null;
      if (said !== null) this.#now.take(Number(said), performance.now());
    });
    hls.on(Events.ERROR, (_, { fatal }) => {
      if (fatal) this.#again();
    });
    hls.loadSource(this.#address);
    hls.attachMedia(this.element);
    this.play();
  }

  /** Asks the element to play; a browser that wants a press first says so. */
  play(): void {
    this.element.play().then(
      () => this.#onBlocked(false),
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.#onBlocked(true);
      },
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#end();
    this.element.removeAttribute('src');
    this.element.load();
  }

  /** Where this track stands against the recording's clock. */
  behind(): Behind {
    const now = performance.now();
    const stationMs = this.#now.at(now);
    const { currentTime, buffered, readyState } = this.element;
    if (stationMs === null || this.#details === null) return { shownMs: null, heldMs: null };
    const end = buffered.length === 0 ? null : buffered.end(buffered.length - 1);
    const heldAt = end === null ? null : this.#dateAt(end - 0.02);
    const shownAt = readyState < HTMLMediaElement.HAVE_CURRENT_DATA ? null : this.#dateAt(currentTime);
    return {
      shownMs: shownAt === null ? null : stationMs - shownAt,
      heldMs: heldAt === null ? null : stationMs - heldAt - 20,
    };
  }

  /** Watches that the picture moves while there is more of it; begins anew where it does not. */
  watch(): void {
    const { currentTime, buffered, paused } = this.element;
    const now = performance.now();
    const ahead = buffered.length === 0 ? 0 : buffered.end(buffered.length - 1) - currentTime;
    if (currentTime !== this.#moved.atSeconds || ahead < 0.3) {
      this.#moved = { atSeconds: currentTime, sinceMs: now };
    } else if (now - this.#moved.sinceMs > STUCK_MS) {
      if (paused) this.play();
      this.#again();
    }
  }

  /** When what stands at `seconds` of the element was recorded, milliseconds since the epoch. */
  #dateAt(seconds: number): number | null {
    const fragments = this.#details?.fragments ?? [];
    // What is older than the playlist is counted back from its beginning.
    const found = fragments.findLast((one) => one.start <= seconds + 0.05) ?? fragments[0];
    if (found === undefined || found.programDateTime === null || seconds > found.end + 0.5) return null;
    return found.programDateTime + (seconds - found.start) * 1000;
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.#end();
    this.#timer = setTimeout(() => this.start(), AGAIN_MS);
  }

  #end(): void {
    this.#hls?.destroy();
    this.#hls = null;
    this.#details = null;
  }
}
