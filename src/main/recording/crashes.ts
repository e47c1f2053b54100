import { existsSync } from 'node:fs';
import type { Interview } from '../../shared/contract/cases.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  pendingResult,
  type RecorderClient,
  type RecordingResult,
  readJournal,
  readRecordingFile,
  sealCrashed,
  secureCrashed,
} from '../recorder/index.ts';
import { tellOfBefore } from './before.ts';
import type { OfficerSigner } from './endings.ts';
import { openExhibitKey } from './exhibitKey.ts';
import { type ExhibitRow, ExhibitRows } from './exhibitRows.ts';
import { keepEvents } from './keepEvents.ts';
import { type Actor, type RecordingNeeds, stationActor } from './needs.ts';
import type { RecordingService } from './recordingService.ts';
import { buttonEntries } from './timeline.ts';

/**
 * What the station finds when it starts, and what it does when a recorder dies: a living recorder is attached to, a
 * recording that ended meanwhile is taken over, one that was cut off is secured without any key, and sealed later by a
 * person who holds the vault.
 */
export class Crashes {
  readonly #needs: RecordingNeeds;
  readonly #service: RecordingService;
  readonly #rows: ExhibitRows;

  constructor(needs: RecordingNeeds, service: RecordingService) {
    this.#needs = needs;
    this.#service = service;
    this.#rows = new ExhibitRows(needs.db);
  }

  /** Finishes or states what was left between: called once at the station's start. */
  async settle(): Promise<void> {
    for (const interview of this.#needs.interviews.inStates(['ready', 'recording'])) await this.#settleOne(interview);
  }

  /** Secures an interview's recording if its recorder is gone. Called when a recorder's connection ended by itself. */
  async recorderGone(interviewId: string): Promise<void> {
    const interview = this.#needs.interviews.get(interviewId);
    if (interview.state === 'recording' || interview.state === 'ready') await this.#settleOne(interview);
  }

  /**
   * Seals what was secured: the parts are cut to the last whole segment, written as complete age files, and the record
   * says what was lost. The files of the crash are kept until the new ones are durable.
   * @throws Refusal EXHIBIT_WRONG_STATE, ACCESS_NOT_GRANTED, STATION_KEYS_LOCKED, CERTIFICATE_MISSING, RECORDING_NOTHING_KEPT
   */
  async recover(
    exhibit: string,
    actor: Actor,
    vaultIdentity: () => Promise<string>,
    officer: OfficerSigner,
  ): Promise<void> {
    const row = this.#rows.get(exhibit);
    if (row.state !== 'secured' || row.keyAge === null || row.recipient === null || row.interview === null) {
      throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit, state: row.state });
    }
    const signer = await officer();
    this.#needs.stationKeys.signer();
    const identity = await openExhibitKey(row.keyAge, await vaultIdentity());
    const plan = this.#needs.interviews.get(row.interview);
    this.#needs.custody.append({
      action: 'exhibit.recovery-begun',
      actor,
      subject: { type: 'exhibit', id: exhibit },
      details: {},
    });
    // A recovery whose seal failed has its files already: they are sealed as they were recovered, not recovered anew.
    const result =
      row.result?.end === 'crashed'
        ? row.result
        : await this.#recovered(row, { identity, recipient: row.recipient }, plan.room.id);
    this.#needs.db.transaction(() => this.#rows.recovered(exhibit, result))();
    const what = { row: this.#rows.get(exhibit), result, officer: signer, actor, stoppedNs: null };
    await this.#service.endings.sealKept(what, row.interview);
  }

  async #recovered(
    row: ExhibitRow,
    key: { identity: string; recipient: string },
    room: string,
  ): Promise<RecordingResult> {
    const { sources } = await this.#needs.rooms.sourcesFor(room);
    return await sealCrashed({
      exhibit: row.number,
      folders: row.folders.filter((folder) => existsSync(folder)),
      ...key,
      sources,
      startedAt: row.startedAt,
      ffmpegVersion: (await this.#needs.ffmpeg()).version,
    });
  }

  async #settleOne(interview: Interview): Promise<void> {
    const { db, interviews, custody, log } = this.#needs;
    const client = await this.#service.rooms.find(interview.room.id);
    if (client !== null && (await this.#takeOver(interview, client))) return;
    const kept = await pendingResult(this.#service.rooms.folder(interview.room.id));
    if (interview.state === 'recording' && kept !== null && kept.exhibit === interview.exhibit) {
      this.#service.endings.keepResult(interview.exhibit, interview.id, kept, stationActor);
    } else if (interview.state === 'recording') {
      await this.#secure(interview);
    } else {
      db.transaction(() => {
        interviews.act(interview.id, 'release');
        custody.append({
          action: 'interview.released',
          actor: stationActor,
          subject: { type: 'exhibit', id: interview.exhibit },
          details: { reason: 'recorder-gone' },
        });
      })();
    }
    log.info({ interview: interview.id, was: interview.state }, 'settled');
  }

  /** True when the living recorder belongs to this interview and is attached to, or its result was taken over. */
  async #takeOver(interview: Interview, client: RecorderClient): Promise<boolean> {
    const state = await client.state();
    if (state.exhibit !== null && state.exhibit !== interview.exhibit) {
      client.close();
      return false;
    }
    if (interview.state === 'recording' && state.phase !== 'recording') {
      const result = await client.result();
      if (result === null || result.exhibit !== interview.exhibit) {
        client.close();
        return false;
      }
      this.#service.endings.keepResult(interview.exhibit, interview.id, result, stationActor);
      await client.acknowledge();
      await client.release();
      client.close();
      return true;
    }
    if (interview.state === 'ready' && state.phase === 'recording') await this.#begunUnseen(interview);
    await this.#service.rooms.adopt(interview.id, interview.room.id, client);
    this.#needs.custody.append({
      action: 'recorder.attached',
      actor: stationActor,
      subject: { type: 'exhibit', id: interview.exhibit },
      details: { phase: state.phase },
    });
    return true;
  }

  /** The station ended between the recorder's beginning and its own note of it: the note is made up for. */
  async #begunUnseen(interview: Interview): Promise<void> {
    const { db, interviews, custody } = this.#needs;
    const row = this.#rows.get(interview.exhibit);
    for (const folder of row.folders) {
      const notes = await readRecordingFile(folder).catch(() => null);
      if (notes === null) continue;
      db.transaction(() => {
        interviews.act(interview.id, 'start');
        this.#rows.begun(interview.exhibit, notes.startedAt, notes.targets.length < 2 ? 'station' : null);
        for (const entry of buttonEntries(notes.buttonMs)) interviews.addEntry(interview.id, entry);
        tellOfBefore(this.#needs, interview.id);
        custody.append({
          action: 'recording.started',
          actor: stationActor,
          subject: { type: 'exhibit', id: interview.exhibit },
          details: {
            recorder_vkey: notes.recorderVkey,
            started_at: notes.startedAt,
            button_ms: notes.buttonMs,
            targets: notes.targets.length,
            sources: notes.tracks.map(({ source }) => ({
              id: source.id,
              place: source.place,
              kind: source.kind,
              device_kind: source.device.backend,
              simulated: source.device.simulated,
            })),
          },
        });
      })();
      return;
    }
    throw new Refusal('RECORDING_NOTHING_KEPT');
  }

  async #secure(interview: Interview): Promise<void> {
    const { db, interviews, custody, clock } = this.#needs;
    const row = this.#rows.get(interview.exhibit);
    const files = await secureCrashed(row.folders);
    const events = await readJournal(this.#service.rooms.folder(interview.room.id), interview.exhibit);
    db.transaction(() => {
      this.#rows.secured(interview.exhibit, clock.now().toISOString(), 'recorder-ended');
      interviews.act(interview.id, 'secure');
      keepEvents(this.#needs, { exhibit: interview.exhibit, interview: interview.id }, events);
      custody.append({
        action: 'recording.ended',
        actor: stationActor,
        subject: { type: 'exhibit', id: interview.exhibit },
        details: { reason: 'recorder-ended' },
      });
      custody.append({
        action: 'exhibit.secured',
        actor: stationActor,
        subject: { type: 'exhibit', id: interview.exhibit },
        details: { reason: 'recorder-ended', files: files.map((file) => ({ ...file })) },
      });
    })();
  }
}
