import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Hearing, Playback, Presented } from '../../shared/contract/hearings.ts';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { SerialByKey } from '../platform/serial.ts';
import type { Actor, Hearings } from './hearings.ts';
import { type DamagedCopy, OpenExhibit } from './openExhibit.ts';
import { placement, playlist } from './playlist.ts';
import type { Range } from './ranges.ts';

/** What the station keeps of a sealed exhibit, as playback needs it. */
export interface StoredExhibit {
  readonly record: Uint8Array;
  readonly recordSha256: string;
  readonly folders: readonly string[];
  readonly keyAge: Uint8Array;
}

export interface PlaybackNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: CustodyLog;
  readonly hearings: Hearings;
  /** @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE where it is not sealed */
  readonly stored: (exhibit: string) => StoredExhibit;
  /** Opens `exhibit.key.age` with the vault's identity. */
  readonly openKey: (keyAge: Uint8Array, vaultIdentity: string) => Promise<string>;
  /** Whether the record's signatures are valid and by certificates that this station trusts for it. */
  readonly signaturesValid: (exhibit: string, record: Uint8Array, folders: readonly string[]) => Promise<boolean>;
  /** Names of signers, by their code, as far as this station knows them. */
  readonly nameOf: (code: string) => string;
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

const idle: Presented = { exhibit: null, atMs: 0, playing: false, rate: 1, view: 'both' };

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
    const exhibit = await this.#openExhibit(input.exhibit, input.hearing, actor, await vaultIdentity());
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

  async #openExhibit(number: string, hearing: string, actor: Actor, vaultIdentity: string): Promise<OpenExhibit> {
    const stored = this.#needs.stored(number);
    if (createHash('sha256').update(stored.record).digest('hex') !== stored.recordSha256) {
      throw new Refusal('RECORD_INVALID', { where: 'record.json', reason: 'digest' });
    }
    if (!(await this.#needs.signaturesValid(number, stored.record, stored.folders)))
      throw new Refusal('SIGNATURE_INVALID');
    const record = EvidenceRecord.parse(JSON.parse(Buffer.from(stored.record).toString('utf8')));
    const identity = await this.#needs.openKey(stored.keyAge, vaultIdentity);
    const exhibit = new OpenExhibit(record, stored.folders, identity, this.#damaged(number, hearing, actor));
    await exhibit.start();
    return exhibit;
  }

  /** Logs each damaged copy once in a playback. */
  #damaged(number: string, hearing: string, actor: Actor): (copy: DamagedCopy) => void {
    const told = new Set<string>();
    return (copy) => {
      const key = `${copy.folder}/${copy.file}/${copy.line}`;
      if (told.has(key)) return;
      told.add(key);
      this.#needs.custody.append({
        action: 'playback.segment-damaged',
        actor,
        subject: { type: 'exhibit', id: number },
        details: { hearing, file: copy.file, line: copy.line, reason: copy.reason },
      });
    };
  }

  #view(running: Running, hearing: Hearing, watermark: string): Playback {
    const { record } = running.exhibit;
    const summary = hearing.exhibits.find((one) => one.number === running.number);
    if (summary === undefined) throw new Refusal('EXHIBIT_NOT_ADMITTED', { exhibit: running.number });
    return {
      exhibit: summary,
      durationMs: Date.parse(record.interview.ended_at) - Date.parse(record.interview.started_at),
      tracks: record.tracks.map((track) => ({
        id: track.id,
        place: track.id,
        kind: track.kind,
        label: track.source.label,
        simulated: track.source.simulated,
        playlist: `/media/${running.number}/${track.id}/index.m3u8`,
        codecs: track.codecs,
        parts: placement(running.exhibit.parts(track.id)),
      })),
      timeline: record.timeline,
      watermark,
      sealed: {
        at: record.interview.sealed_at,
        by: record.signers.map(({ role, code }) => ({ role, code, name: this.#needs.nameOf(code) })),
      },
    };
  }
}

/** The playlist of one track of an open exhibit. */
export const trackPlaylist = (exhibit: OpenExhibit, track: string): string => playlist(exhibit.parts(track));

const keyOf = (input: { hearing: string; exhibit: string }) => `${input.hearing}/${input.exhibit}`;
