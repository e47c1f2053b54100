import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { RecorderClient } from '../recorder/index.ts';
import { livePlaylist } from './livePlaylist.ts';
import { LiveWindow } from './liveWindow.ts';

/** A recording that runs: its recorder, and when it began on both of the machine's clocks. */
export interface LiveRecording {
  readonly client: Pick<RecorderClient, 'live'>;
  readonly tracks: readonly string[];
  readonly startedMs: number;
  readonly startedNs: bigint;
}

export interface LiveMediaNeeds {
  readonly clock: Clock;
  /** The recording of this interview, null while none runs. */
  readonly recordingOf: (interview: string) => LiveRecording | null;
}

export interface LivePlaylist {
  readonly text: string;
  /** Now on the recording's clock, milliseconds since the epoch: what the playlist's times are to be compared with. */
  readonly nowMs: number;
}

/** How often the recorder is asked for new segments, and for how long after the last request of a screen. */
const EVERY_MS = 100;
const IDLE_NS = 5_000_000_000n;
/**
 * How long a playlist is held back for the next segment. Players come again a second after they asked, or half of it where
 * nothing was new: held so long, a player soon asks just before each segment, and has it at once. Longer would use up the
 * few connections that a browser opens.
 */
const HELD_MS = 450;

/**
 * What screens see and hear while it is recorded: segments that every disk in use has confirmed, out of the recorder's
 * memory. Each is fetched once, however many watch, and nothing is fetched while nobody does.
 */
export class LiveMedia {
  readonly #needs: LiveMediaNeeds;
  readonly #feeds = new Map<string, Feed>();
  #stopped = false;

  constructor(needs: LiveMediaNeeds) {
    this.#needs = needs;
  }

  /**
   * A track's playlist at this moment, or as soon as it has a segment after number `have`, at most half a second later.
   * @throws Refusal RECORDER_NOT_RUNNING where nothing is recorded, LIVE_NOTHING_YET before the first segment
   */
  async playlist(interview: string, track: string, have: number | null = null): Promise<LivePlaylist> {
    const recording = this.#recording(interview, track);
    const feed = this.#feed(interview, track, recording);
    await feed.first;
    if (have !== null && (feed.window.segments.at(-1)?.sn ?? -1) <= have) await this.#next(feed);
    if (feed.window.segments.length === 0) throw new Refusal('LIVE_NOTHING_YET', { track });
    const elapsedMs = Number((this.#needs.clock.monotonicNs() - recording.startedNs) / 1_000_000n);
    return { text: livePlaylist(feed.window.segments), nowMs: recording.startedMs + elapsedMs };
  }

  /**
   * One segment, whole; line 0 is the part's initialisation section.
   * @throws Refusal RECORDER_NOT_RUNNING, LIVE_SEGMENT_GONE where it is not, or no longer, in memory
   */
  async segment(interview: string, track: string, part: number, line: number): Promise<Uint8Array<ArrayBuffer>> {
    const feed = this.#feed(interview, track, this.#recording(interview, track));
    await feed.first;
    const bytes = feed.window.bytes(part, line);
    if (bytes === null) throw new Refusal('LIVE_SEGMENT_GONE', { track });
    return new Uint8Array(bytes);
  }

  /** Forgets what it holds; nothing is fetched any more. */
  stop(): void {
    this.#stopped = true;
    this.#feeds.clear();
  }

  /** Resolves with the next new segment, or after a while without one. */
  #next(feed: Feed): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        feed.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, HELD_MS);
      feed.waiting.add(done);
    });
  }

  #recording(interview: string, track: string): LiveRecording {
    const recording = this.#needs.recordingOf(interview);
    if (recording === null || this.#stopped) throw new Refusal('RECORDER_NOT_RUNNING');
    if (!recording.tracks.includes(track)) throw new Refusal('LIVE_SEGMENT_GONE', { track: track.slice(0, 64) });
    return recording;
  }

  #feed(interview: string, track: string, recording: LiveRecording): Feed {
    const key = `${interview}/${track}`;
    const known = this.#feeds.get(key);
    const now = this.#needs.clock.monotonicNs();
    // Another start is another recording: an interview that went on after a crash, in a room of its own recorder.
    if (known !== undefined && known.startedNs === recording.startedNs) {
      known.askedNs = now;
      return known;
    }
    const window = new LiveWindow(track);
    const feed: Feed = {
      ...{ window, startedNs: recording.startedNs, askedNs: now },
      first: Promise.resolve(),
      waiting: new Set(),
    };
    this.#feeds.set(key, feed);
    const poll = async (): Promise<void> => {
      const { part, after } = window.cursor;
      const before = window.segments.at(-1);
      window.take(await recording.client.live(track, part, after), recording.startedMs);
      if (window.segments.at(-1) !== before) for (const wake of [...feed.waiting]) wake();
    };
    feed.first = poll();
    // What the first asking ends with is its caller's to hear.
    feed.first.catch(() => undefined);
    void this.#keepUp(key, feed, poll);
    return feed;
  }

  async #keepUp(key: string, feed: Feed, poll: () => Promise<void>): Promise<void> {
    try {
      await feed.first;
      while (this.#feeds.get(key) === feed && this.#needs.clock.monotonicNs() - feed.askedNs < IDLE_NS) {
        await delay(EVERY_MS);
        await poll();
      }
    } catch {
      // The recorder is gone, which its owner hears of by itself: the next request finds out whether another one runs.
    } finally {
      if (this.#feeds.get(key) === feed) this.#feeds.delete(key);
    }
  }
}

interface Feed {
  readonly window: LiveWindow;
  readonly startedNs: bigint;
  askedNs: bigint;
  first: Promise<void>;
  /** Playlists that are held back for the next segment. */
  readonly waiting: Set<() => void>;
}
