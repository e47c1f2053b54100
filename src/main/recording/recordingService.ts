import type { z } from 'zod';
import type { RecordingView, SealCard, StopResult } from '../../shared/contract/recording.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { tellOfBefore } from './before.ts';
import { Endings, type OfficerSigner } from './endings.ts';
import { ensureExhibitKey, storeKey } from './exhibitKey.ts';
import { ExhibitRows } from './exhibitRows.ts';
import { exclusively, HeldRooms } from './heldRooms.ts';
import { LiveMedia } from './liveMedia.ts';
import type { LiveViews } from './liveViews.ts';
import { Marks } from './marks.ts';
import type { Actor, RecordingNeeds } from './needs.ts';
import { buttonEntries } from './timeline.ts';

/** What the officer confirmed before the button: one disk alone, and the tracks that may be missing. */
export interface Confirmed {
  readonly single: boolean;
  readonly missing: readonly string[];
}

/** Conducts interviews from *planned* to *sealed*: one recorder a room, the state by the table, every step on record. */
export class RecordingService {
  readonly #needs: RecordingNeeds;
  readonly #rows: ExhibitRows;
  readonly #live: LiveMedia;
  /** The recorders that run for this station's interviews. */
  readonly rooms: HeldRooms;
  /** What people mark while it is recorded. */
  readonly marks: Marks;
  /** What follows the stop. */
  readonly endings: Endings;

  constructor(needs: RecordingNeeds) {
    this.#needs = needs;
    this.#rows = new ExhibitRows(needs.db);
    this.rooms = new HeldRooms(needs, this.#rows);
    this.marks = new Marks(needs, this.rooms, this.#rows);
    this.endings = new Endings(needs, this.#rows);
    this.#live = new LiveMedia({ clock: needs.clock, recordingOf: (interview) => this.views.recordingOf(interview) });
  }

  get views(): LiveViews {
    return this.rooms.views;
  }

  /** Pictures and sound of what is being recorded. */
  get live(): LiveMedia {
    return this.#live;
  }

  /**
   * Starts the room's recorder: previews and levels, nothing is kept.
   * @throws Refusal INTERVIEW_WRONG_STATE, ROOM_BUSY, ROOM_INCOMPLETE, FFMPEG_MISSING, FFMPEG_UNSUITABLE, RECORDER_START_FAILED
   */
  async prepare(interview: string, actor: Actor): Promise<RecordingView> {
    const { db, interviews, rooms, custody } = this.#needs;
    const plan = interviews.get(interview);
    const holder = this.rooms.holder(plan.room.id);
    if (holder === interview) return this.views.view(interview);
    if (holder !== null) throw new Refusal('ROOM_BUSY', { room: plan.room.name });
    if (plan.state !== 'planned' && plan.state !== 'ready') {
      throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'prepare' });
    }
    const { sources, secrets, settings } = await rooms.sourcesFor(plan.room.id);
    const ffmpeg = await this.#needs.ffmpeg();
    const targets = this.#needs.targets();
    const baseLines = this.#needs.baseLines(plan.room.id, sources);
    await this.rooms.open(interview, plan.room.name, {
      ...{ room: plan.room.id, sources, settings, targets, baseLines, ffmpeg, secrets },
    });
    db.transaction(() => {
      interviews.act(interview, 'prepare');
      custody.append({
        action: 'interview.prepared',
        actor,
        subject: { type: 'exhibit', id: plan.exhibit },
        details: { sources: sources.map((one) => ({ id: one.id, place: one.place, simulated: one.device.simulated })) },
      });
    })();
    return this.views.view(interview);
  }

  /** Ends preview and levels; the interview is planned again. @throws Refusal INTERVIEW_WRONG_STATE */
  async release(interview: string, actor: Actor): Promise<void> {
    const { db, interviews, custody } = this.#needs;
    const plan = interviews.get(interview);
    if (plan.state !== 'ready') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'release' });
    await this.rooms.letGo(interview);
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
    const active = this.rooms.of(interview);
    if (plan.state !== 'ready') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'start' });
    return await exclusively(active, plan.state, async () => {
      if (this.#needs.targets().length < 2 && !singleTargetConfirmed) throw new Refusal('SINGLE_TARGET_NOT_CONFIRMED');
      const key = await ensureExhibitKey(this.#needs, plan.exhibit);
      const subject = { type: 'exhibit', id: plan.exhibit } as const;
      custody.append({ action: 'recording.requested', actor, subject, details: { targets: key.folders.length } });
      const usable = await storeKey(key.folders, key.keyAge, singleTargetConfirmed);
      if (key.before.length > 0) await this.#needs.attachments.bring(plan.exhibit, key.before, usable);
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
          tellOfBefore(this.#needs, interview);
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
      this.views.changed(active);
      return this.views.view(interview);
    });
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
    const active = this.rooms.of(interview);
    return await exclusively(active, plan.state, async () => {
      const stoppedNs = this.#needs.clock.monotonicNs();
      const result = await active.client.end();
      this.endings.keepResult(plan.exhibit, interview, result, actor);
      await active.client.acknowledge();
      // Seal first, then tidy up: the room's previews can wait, the seal shall not.
      const sealed = await this.endings.seal(plan.exhibit, interview, actor, officer, stoppedNs);
      await this.rooms
        .letGo(interview)
        .catch((error: unknown) => this.#needs.log.warn({ err: error }, 'recorder not let go'));
      return sealed;
    });
  }

  /** Seals what ended earlier and waited for keys. @throws Refusal INTERVIEW_WRONG_STATE, ALREADY_SEALED */
  async seal(interview: string, actor: Actor, officer: OfficerSigner): Promise<z.infer<typeof StopResult>> {
    const plan = this.#needs.interviews.get(interview);
    if (plan.state === 'sealed') throw new Refusal('ALREADY_SEALED', { exhibit: plan.exhibit });
    if (plan.state !== 'ended') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'seal' });
    return await this.endings.seal(plan.exhibit, interview, actor, officer, null);
  }

  /** See `Endings.card`. */
  card(interview: string): SealCard {
    return this.endings.card(interview);
  }

  /** The newest preview picture of a source of this interview; null while there is none. */
  async preview(interview: string, source: string): Promise<Uint8Array | null> {
    const active = this.rooms.of(interview);
    const place = active.state.sources.find((one) => one.id === source)?.place;
    return place === undefined ? null : await active.client.preview(place);
  }

  /** The station stops: a recording goes on in its recorder; one that only shows previews ends. */
  async leave(): Promise<void> {
    this.#live.stop();
    await this.rooms.leave();
  }
}
