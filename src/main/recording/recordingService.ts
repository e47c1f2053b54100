import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { MarkInput, RecordingView, SealCard, StopResult } from '../../shared/contract/recording.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { attachRecorder, type RecorderClient, type RecordingResult, startRecorder } from '../recorder/index.ts';
import { newExhibitKey, storeKey } from './exhibitKey.ts';
import { ExhibitRows } from './exhibitRows.ts';
import { endIdleRecorder } from './idleRecorder.ts';
import { keepEvents } from './keepEvents.ts';
import { LiveMedia } from './liveMedia.ts';
import { type Active, LiveViews } from './liveViews.ts';
import type { Actor, RecordingNeeds, Signer } from './needs.ts';
import { sealCard } from './sealCard.ts';
import { sealExhibit } from './sealExhibit.ts';
import { buttonEntries, markToEntry } from './timeline.ts';

/** What the officer confirmed before the button: one disk alone, and the tracks that may be missing. */
export interface Confirmed {
  readonly single: boolean;
  readonly missing: readonly string[];
}

/** Gives the officer's signer, or refuses (CERTIFICATE_MISSING, SESSION_LOCKED). */
export type OfficerSigner = () => Promise<Signer>;

/** Conducts interviews from *planned* to *sealed*: one recorder a room, the state by the table, every step on record. */
export class RecordingService {
  readonly #needs: RecordingNeeds;
  readonly #rows: ExhibitRows;
  readonly #active = new Map<string, Active>();
  readonly #views: LiveViews;
  readonly #live: LiveMedia;

  constructor(needs: RecordingNeeds) {
    this.#needs = needs;
    this.#rows = new ExhibitRows(needs.db);
    this.#views = new LiveViews(needs, this.#active);
    this.#live = new LiveMedia({ clock: needs.clock, recordingOf: (interview) => this.#views.recordingOf(interview) });
  }

  get views(): LiveViews {
    return this.#views;
  }

  /** Pictures and sound of what is being recorded. */
  get live(): LiveMedia {
    return this.#live;
  }

  /** True while an interview is prepared or recorded. */
  get busy(): boolean {
    return this.#active.size > 0;
  }

  recorderFolder(room: string): string {
    return join(this.#needs.recorderFolder, room);
  }

  /**
   * Starts the room's recorder: previews and levels, nothing is kept.
   * @throws Refusal INTERVIEW_WRONG_STATE, ROOM_BUSY, ROOM_INCOMPLETE, FFMPEG_MISSING, FFMPEG_UNSUITABLE, RECORDER_START_FAILED
   */
  async prepare(interview: string, actor: Actor): Promise<RecordingView> {
    const { db, interviews, rooms, custody } = this.#needs;
    const plan = interviews.get(interview);
    const there = this.#active.get(plan.room.id);
    if (there !== undefined) {
      if (there.interview === interview) return this.#views.view(interview);
      throw new Refusal('ROOM_BUSY', { room: plan.room.name });
    }
    if (plan.state !== 'planned' && plan.state !== 'ready') {
      throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'prepare' });
    }
    const { sources, secrets, settings } = await rooms.sourcesFor(plan.room.id);
    const ffmpeg = await this.#needs.ffmpeg();
    const targets = this.#needs.targets();
    const folder = this.recorderFolder(plan.room.id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await endIdleRecorder(folder, plan.room.name);
    const client = await startRecorder({ folder, room: plan.room.id, sources, settings, targets, ffmpeg, secrets });
    await this.acknowledgeEarlier(client);
    await this.adopt(interview, plan.room.id, client);
    db.transaction(() => {
      interviews.act(interview, 'prepare');
      custody.append({
        action: 'interview.prepared',
        actor,
        subject: { type: 'exhibit', id: plan.exhibit },
        details: { sources: sources.map((one) => ({ id: one.id, place: one.place, simulated: one.device.simulated })) },
      });
    })();
    return this.#views.view(interview);
  }

  /**
   * A recorder that ended in good order without a station keeps its result until somebody says that it has been taken
   * over: the station does that at its start, when there is no recorder to tell, so the room's next one is told.
   * @throws Refusal RECORDER_WRONG_PHASE where the station has not taken it over: then it is kept
   */
  async acknowledgeEarlier(client: RecorderClient): Promise<void> {
    const earlier = await client.result();
    if (earlier === null) return;
    if (this.#rows.get(earlier.exhibit).result === null) {
      await client.release();
      client.close();
      throw new Refusal('RECORDER_WRONG_PHASE', { phase: 'ended' });
    }
    await client.acknowledge();
  }

  /** Takes a living recorder as this interview's: after a start, or when the station found it running. */
  async adopt(interview: string, room: string, client: RecorderClient): Promise<void> {
    const active: Active = { interview, room, client, state: await client.state(), busy: false };
    this.#active.set(room, active);
    this.#views.follow(active);
    void client.closed.then(async () => {
      if (this.#active.get(room) !== active) return;
      this.#active.delete(room);
      this.#views.changed(active);
      await this.#needs.onRecorderGone(interview);
    });
  }

  /** Ends preview and levels; the interview is planned again. @throws Refusal INTERVIEW_WRONG_STATE */
  async release(interview: string, actor: Actor): Promise<void> {
    const { db, interviews, custody } = this.#needs;
    const plan = interviews.get(interview);
    if (plan.state !== 'ready') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'release' });
    await this.letGo(interview);
    db.transaction(() => {
      interviews.act(interview, 'release');
      custody.append({
        action: 'interview.released',
        actor,
        subject: { type: 'exhibit', id: plan.exhibit },
        details: {},
      });
    })();
  }

  /**
   * The button: every source's bytes are kept from its next key frame on. Resolves when every track has its first
   * durable fragment.
   * @throws Refusal INTERVIEW_WRONG_STATE, SOURCE_FAILED, NO_ROOM_ON_DISK, TARGET_UNUSABLE, SINGLE_TARGET_NOT_CONFIRMED
   */
  async begin(interview: string, actor: Actor, confirmed: Confirmed): Promise<RecordingView> {
    const { single: singleTargetConfirmed, missing } = confirmed;
    const { db, interviews, custody } = this.#needs;
    const plan = interviews.get(interview);
    const active = this.#activeOf(interview);
    if (plan.state !== 'ready') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'start' });
    return await exclusively(active, plan.state, async () => {
      const key = await newExhibitKey(this.#needs.recipients());
      const targets = this.#needs.targets();
      if (targets.length < 2 && !singleTargetConfirmed) throw new Refusal('SINGLE_TARGET_NOT_CONFIRMED');
      const folders = targets.map((target) => join(target, plan.exhibit));
      const subject = { type: 'exhibit', id: plan.exhibit } as const;
      db.transaction(() => {
        this.#rows.keyed(plan.exhibit, key, folders);
        custody.append({ action: 'recording.requested', actor, subject, details: { targets: folders.length } });
      })();
      const usable = await storeKey(folders, key.keyAge, singleTargetConfirmed);
      // Asked while the recorder begins, so that the button waits for neither.
      const referenceClock = this.#needs.referenceClock();
      try {
        const begun = await active.client.begin({
          exhibit: plan.exhibit,
          recipient: key.recipient,
          targets: usable,
          plannedMs: plan.plannedMinutes * 60_000,
          confirmedSingle: singleTargetConfirmed,
          confirmedMissing: [...missing],
        });
        const clock = await referenceClock;
        db.transaction(() => {
          interviews.act(interview, 'start');
          const single = begun.targets.filter((target) => target.ok).length < 2;
          this.#rows.begun(plan.exhibit, begun.startedAt, single ? actor.id : null);
          for (const entry of buttonEntries(begun.buttonMs)) interviews.addEntry(interview, entry);
          custody.append({
            action: 'recording.started',
            actor,
            subject,
            details: {
              recorder_vkey: begun.recorderVkey,
              started_at: begun.startedAt,
              clock: { ...clock },
              button_ms: begun.buttonMs,
              targets: begun.targets.filter((target) => target.ok).length,
              disks: begun.disks,
              confirmed_single_by: single ? actor.id : null,
              missing: begun.tracks.filter(({ sending }) => !sending).map(({ id }) => id),
              sources: begun.tracks.map((track) => ({
                id: track.id,
                place: track.place,
                kind: track.kind,
                device_kind: track.deviceKind,
                simulated: track.simulated,
              })),
            },
          });
        })();
      } catch (error) {
        const code = isRefusal(error) ? error.code : 'INTERNAL';
        custody.append({ action: 'recording.not-started', actor, subject, details: { code } });
        throw error;
      }
      active.state = await active.client.state();
      this.#views.changed(active);
      return this.#views.view(interview);
    });
  }

  /** Puts an entry on the timeline, at this moment of the common clock. @throws Refusal INTERVIEW_WRONG_STATE */
  mark(input: z.infer<typeof MarkInput>): TimelineEntry {
    const { db, interviews } = this.#needs;
    const plan = interviews.get(input.interview);
    const atMs = this.#views.elapsedMs(input.interview);
    if (plan.state !== 'recording' || atMs === null) {
      throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'mark' });
    }
    const entry = markToEntry(input, atMs, interviews.timeline(input.interview), plan.participants);
    db.transaction(() => interviews.addEntry(input.interview, entry))();
    const active = this.#active.get(plan.room.id);
    if (active !== undefined) this.#views.changed(active);
    return entry;
  }

  /**
   * Ends the recording, then seals it if the keys for that are there. What was recorded is safe either way.
   * @throws Refusal STOP_NOT_CONFIRMED, INTERVIEW_WRONG_STATE, RECORDER_NOT_RUNNING
   */
  async stop(
    interview: string,
    actor: Actor,
    confirmed: boolean,
    officer: OfficerSigner,
  ): Promise<z.infer<typeof StopResult>> {
    if (!confirmed) throw new Refusal('STOP_NOT_CONFIRMED');
    const plan = this.#needs.interviews.get(interview);
    if (plan.state !== 'recording') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'stop' });
    const active = this.#activeOf(interview);
    return await exclusively(active, plan.state, async () => {
      const stoppedNs = this.#needs.clock.monotonicNs();
      const result = await active.client.end();
      this.keepResult(plan.exhibit, interview, result, actor);
      await active.client.acknowledge();
      // Seal first, then tidy up: the room's previews can wait, the seal shall not.
      const sealed = await this.#seal(plan.exhibit, interview, actor, officer, stoppedNs);
      await this.letGo(interview).catch((error: unknown) =>
        this.#needs.log.warn({ err: error }, 'recorder not let go'),
      );
      return sealed;
    });
  }

  /** Seals what ended earlier and waited for keys. @throws Refusal INTERVIEW_WRONG_STATE, ALREADY_SEALED */
  async seal(interview: string, actor: Actor, officer: OfficerSigner): Promise<z.infer<typeof StopResult>> {
    const plan = this.#needs.interviews.get(interview);
    if (plan.state === 'sealed') throw new Refusal('ALREADY_SEALED', { exhibit: plan.exhibit });
    if (plan.state !== 'ended') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'seal' });
    return await this.#seal(plan.exhibit, interview, actor, officer, null);
  }

  /** The seal card of a sealed interview. @throws Refusal INTERVIEW_WRONG_STATE */
  card(interview: string): SealCard {
    const plan = this.#needs.interviews.get(interview);
    if (plan.state !== 'sealed') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'card' });
    return sealCard(this.#rows.get(plan.exhibit));
  }

  /** The newest preview picture of a source of this interview; null while there is none. */
  async preview(interview: string, source: string): Promise<Uint8Array | null> {
    const active = this.#activeOf(interview);
    const place = active.state.sources.find((one) => one.id === source)?.place;
    return place === undefined ? null : await active.client.preview(place);
  }

  /** Takes what the recorder gave at the end into the database, with `recording.ended` and its journal. */
  keepResult(exhibit: string, interview: string, result: RecordingResult, actor: Actor): void {
    const { db, interviews, custody } = this.#needs;
    const subject = { type: 'exhibit', id: exhibit } as const;
    db.transaction(() => {
      keepEvents(this.#needs, { exhibit, interview }, result.events);
      interviews.act(interview, 'stop');
      this.#rows.ended(exhibit, result, actor.id);
      custody.append({
        action: 'recording.ended',
        actor,
        subject,
        details: {
          ended_at: result.endedAt,
          duration_ms: result.durationMs,
          parts: result.tracks.flatMap(({ track }) =>
            track.parts.map((part) => ({
              file: part.file,
              bytes: part.bytes,
              sha256: part.sha256,
              merkle_root: part.merkle_root,
            })),
          ),
        },
      });
    })();
  }

  /** The station stops: a recording goes on in its recorder; one that only shows previews ends. */
  async leave(): Promise<void> {
    this.#live.stop();
    const all = [...this.#active.values()];
    this.#active.clear();
    for (const { client, state } of all) {
      if (state.phase === 'ready') await client.release().catch(() => undefined);
      client.close();
    }
  }

  /** Attaches to the room's recorder if one is alive. */
  async findRecorder(room: string): Promise<RecorderClient | null> {
    return await attachRecorder(this.recorderFolder(room));
  }

  async #seal(
    exhibit: string,
    interview: string,
    actor: Actor,
    officer: OfficerSigner,
    stoppedNs: bigint | null,
  ): Promise<z.infer<typeof StopResult>> {
    const row = this.#rows.get(exhibit);
    if (row.result === null) throw new Refusal('RECORDING_NOTHING_KEPT');
    try {
      await sealExhibit(this.#needs, this.#rows, {
        row,
        result: row.result,
        officer: await officer(),
        actor,
        stoppedNs,
      });
    } catch (error) {
      const waitsFor = waits(error);
      if (waitsFor === null) throw error;
      return { state: 'ended', waitsFor };
    }
    return { state: 'sealed', card: this.card(interview) };
  }

  /** Lets go of an interview's recorder, where one runs: previews end. Never while it records: the recorder refuses. */
  async letGo(interview: string): Promise<void> {
    const active = [...this.#active.values()].find((one) => one.interview === interview);
    if (active === undefined) return;
    this.#active.delete(active.room);
    this.#views.ended(active);
    await active.client.release();
    active.client.close();
  }

  #activeOf(interview: string): Active {
    const active = [...this.#active.values()].find((one) => one.interview === interview);
    if (active === undefined) throw new Refusal('RECORDER_NOT_RUNNING');
    return active;
  }
}

/** One button at a time: a second press while the first is being served is refused, not queued. */
async function exclusively<T>(active: Active, state: string, act: () => Promise<T>): Promise<T> {
  if (active.busy) throw new Refusal('INTERVIEW_WRONG_STATE', { state, act: 'busy' });
  active.busy = true;
  try {
    return await act();
  } finally {
    active.busy = false;
  }
}

function waits(error: unknown): 'station-keys' | 'certificate' | 'unlock' | null {
  if (isRefusal(error, 'STATION_KEYS_LOCKED')) return 'station-keys';
  if (isRefusal(error, 'CERTIFICATE_MISSING')) return 'certificate';
  if (isRefusal(error, 'SESSION_LOCKED') || isRefusal(error, 'SESSION_MISSING')) return 'unlock';
  return null;
}
