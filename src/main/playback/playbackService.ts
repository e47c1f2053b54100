import type { Database } from 'better-sqlite3';
import type { Hearing, Playback, Presented } from '../../shared/contract/hearings.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { SerialByKey } from '../platform/serial.ts';
import type { Actor, Hearings } from './hearings.ts';
import type { OpenExhibit } from './openExhibit.ts';
import { type OpeningNeeds, openVerified, playbackOf } from './openVerified.ts';
import { playlist } from './playlist.ts';
import type { Range } from './ranges.ts';

export interface PlaybackNeeds extends OpeningNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly hearings: Hearings;
}

interface Running {
  readonly exhibit: OpenExhibit;
  readonly number: string;
  readonly hearing: string;
  readonly judge: Actor;
  /** When the custody log last got what was shown, on the monotonic clock. */
  loggedNs: bigint;
}

const LOG_EVERY_NS = 30_000_000_000n;

const idle: Presented = { exhibit: null, atMs: 0, playing: false, rate: 1, view: 'both', sound: 'all' };

/** Plays admitted exhibits in open hearings. Keys are held while an exhibit is open here, no longer. */
export class PlaybackService {
  readonly #needs: PlaybackNeeds;
  readonly #running = new Map<string, Running>();
  /** Opening takes a moment: a second wish for the same exhibit waits and joins the first. */
  readonly #turns = new SerialByKey();
  readonly #presented = new Map<string, Presented>();

  constructor(needs: PlaybackNeeds) {
    this.#needs = needs;
  }

  get busy(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Opens an exhibit in a hearing: record against its digest and signatures, segment lists against the record.
   * `vaultIdentity` is the judge's to give; the courtroom's screen joins what the judge opened.
   * @throws Refusal HEARING_WRONG_STATE, EXHIBIT_NOT_ADMITTED, SIGNATURE_INVALID, RECORD_INVALID, SEGMENT_DAMAGED, ACCESS_NOT_GRANTED
   */
  async open(
    input: { hearing: string; exhibit: string },
    actor: Actor,
    watermark: string,
    vaultIdentity: (() => Promise<string>) | null,
  ): Promise<Playback> {
    const hearing = this.#needs.hearings.get(input.hearing);
    if (hearing.state !== 'open') throw new Refusal('HEARING_WRONG_STATE', { state: hearing.state });
    if (!hearing.exhibits.some((one) => one.number === input.exhibit)) {
      throw new Refusal('EXHIBIT_NOT_ADMITTED', { exhibit: input.exhibit });
    }
    const running = await this.#turns.run(keyOf(input), () => this.#join(input, actor, vaultIdentity));
    return this.#view(running, hearing, watermark);
  }

  /** The exhibit as it is open in the hearing; opened and logged where it is not yet. */
  async #join(
    input: { hearing: string; exhibit: string },
    actor: Actor,
    vaultIdentity: (() => Promise<string>) | null,
  ): Promise<Running> {
    const there = this.#running.get(keyOf(input));
    if (there !== undefined) return there;
    if (vaultIdentity === null) throw new Refusal('HEARING_WRONG_STATE', { state: 'not-opened-by-judge' });
    const exhibit = await openVerified(this.#needs, input.exhibit, await vaultIdentity(), {
      actor,
      details: { hearing: input.hearing },
    });
    const running: Running = {
      exhibit,
      number: input.exhibit,
      hearing: input.hearing,
      judge: actor,
      loggedNs: this.#needs.clock.monotonicNs(),
    };
    this.#running.set(keyOf(input), running);
    this.#needs.custody.append({
      action: 'playback.opened',
      actor,
      subject: { type: 'exhibit', id: input.exhibit },
      details: { hearing: input.hearing },
    });
    return running;
  }

  /**
   * Keeps what was shown and tells the courtroom's screen what to show. Every report is durable at once; the custody log
   * gets it merged, at each pause and at least every half minute, so that an hour of playback is not a thousand events.
   */
  present(hearingId: string, presented: Presented, shown: readonly Range[], actor: Actor): Hearing {
    const { db, hearings } = this.#needs;
    this.#presented.set(hearingId, presented);
    const { exhibit } = presented;
    const ranges = shown.filter(([from, to]) => to > from);
    if (exhibit !== null) {
      const running = this.#running.get(keyOf({ hearing: hearingId, exhibit }));
      if (running === undefined && ranges.length > 0) throw new Refusal('EXHIBIT_NOT_ADMITTED', { exhibit });
      db.transaction(() => {
        hearings.addPlayed(hearingId, exhibit, ranges);
        if (running !== undefined && (!presented.playing || this.#due(running)))
          this.#logShown(hearingId, exhibit, actor);
      })();
    }
    return hearings.get(hearingId);
  }

  /** Logs what was shown before a station ended without doing so: called once at the start. */
  settle(): void {
    const station = { id: 'station', role: 'station' };
    this.#needs.db.transaction(() => {
      for (const { hearing, exhibit } of this.#needs.hearings.unlogged()) this.#logShown(hearing, exhibit, station);
    })();
  }

  #due(running: Running): boolean {
    const now = this.#needs.clock.monotonicNs();
    if (now - running.loggedNs < LOG_EVERY_NS) return false;
    running.loggedNs = now;
    return true;
  }

  #logShown(hearing: string, exhibit: string, actor: Actor): void {
    const ranges = this.#needs.hearings.takeUnlogged(hearing, exhibit);
    if (ranges.length === 0) return;
    this.#needs.custody.append({
      action: 'playback.played',
      actor,
      subject: { type: 'exhibit', id: exhibit },
      details: { hearing, ranges: ranges.map((range) => [...range]) },
    });
  }

  presented(hearing: string): Presented {
    return this.#presented.get(hearing) ?? idle;
  }

  /** Closes an exhibit in a hearing and forgets its key. */
  async close(input: { hearing: string; exhibit: string }, actor: Actor): Promise<Hearing> {
    const running = this.#running.get(keyOf(input));
    if (running !== undefined) {
      this.#running.delete(keyOf(input));
      this.#presented.delete(input.hearing);
      await running.exhibit.close();
      this.#needs.db.transaction(() => {
        this.#logShown(input.hearing, input.exhibit, actor);
        this.#needs.custody.append({
          action: 'playback.closed',
          actor,
          subject: { type: 'exhibit', id: input.exhibit },
          details: { hearing: input.hearing },
        });
      })();
    }
    return this.#needs.hearings.get(input.hearing);
  }

  /** Closes everything that is open in a hearing. */
  async closeHearing(hearing: string, actor: Actor): Promise<void> {
    for (const running of [...this.#running.values()]) {
      if (running.hearing === hearing) await this.close({ hearing, exhibit: running.number }, actor);
    }
  }

  /** The exhibit as opened for this viewer: its judge, or a screen of the hearing. @throws Refusal EXHIBIT_NOT_ADMITTED */
  opened(exhibit: string, viewer: { account: string | null; hearing: string | null }): OpenExhibit {
    for (const running of this.#running.values()) {
      const own = viewer.account !== null && this.#needs.hearings.get(running.hearing).judge.id === viewer.account;
      if (running.number === exhibit && (own || running.hearing === viewer.hearing)) return running.exhibit;
    }
    throw new Refusal('EXHIBIT_NOT_ADMITTED', { exhibit });
  }

  async stop(): Promise<void> {
    for (const running of this.#running.values()) await running.exhibit.close();
    this.#running.clear();
  }

  #view(running: Running, hearing: Hearing, watermark: string): Playback {
    const summary = hearing.exhibits.find((one) => one.number === running.number);
    if (summary === undefined) throw new Refusal('EXHIBIT_NOT_ADMITTED', { exhibit: running.number });
    return playbackOf(this.#needs, running.exhibit, summary, watermark);
  }
}

/** The playlist of one track of an open exhibit. */
export const trackPlaylist = (exhibit: OpenExhibit, track: string): string => playlist(exhibit.parts(track));

const keyOf = (input: { hearing: string; exhibit: string }) => `${input.hearing}/${input.exhibit}`;
