import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { attachRecorder, type RecorderClient, type StartOptions, startRecorder } from '../recorder/index.ts';
import { ChildTime } from './childTime.ts';
import type { ExhibitRows } from './exhibitRows.ts';
import { endIdleRecorder } from './idleRecorder.ts';
import { type Active, LiveViews } from './liveViews.ts';
import type { RecordingNeeds } from './needs.ts';

/** The recorders that this station holds: one a room, each for one interview while that is prepared or recorded. */
export class HeldRooms {
  readonly views: LiveViews;
  readonly #needs: RecordingNeeds;
  readonly #rows: ExhibitRows;
  readonly #active = new Map<string, Active>();

  constructor(needs: RecordingNeeds, rows: ExhibitRows) {
    this.#needs = needs;
    this.#rows = rows;
    this.views = new LiveViews(needs, this.#active, new ChildTime(needs, rows));
  }

  /** True while an interview is prepared or recorded. */
  get busy(): boolean {
    return this.#active.size > 0;
  }

  /** Where a room's recorder keeps its files. */
  folder(room: string): string {
    return join(this.#needs.recorderFolder, room);
  }

  /** The interview that holds a room, or null. */
  holder(room: string): string | null {
    return this.#active.get(room)?.interview ?? null;
  }

  /** The room of this interview. @throws Refusal RECORDER_NOT_RUNNING */
  of(interview: string): Active {
    const active = this.#find(interview);
    if (active === undefined) throw new Refusal('RECORDER_NOT_RUNNING');
    return active;
  }

  /**
   * Starts a room's recorder for an interview, ending one that runs for nobody.
   * @throws Refusal FFMPEG_MISSING, FFMPEG_UNSUITABLE, RECORDER_START_FAILED, RECORDER_WRONG_PHASE
   */
  async open(interview: string, name: string, options: Omit<StartOptions, 'folder'>): Promise<void> {
    const folder = this.folder(options.room);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await endIdleRecorder(folder, name);
    const client = await startRecorder({ ...options, folder });
    await this.acknowledgeEarlier(client);
    await this.adopt(interview, options.room, client);
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

  /** Attaches to the room's recorder if one is alive. */
  async find(room: string): Promise<RecorderClient | null> {
    return await attachRecorder(this.folder(room));
  }

  /** Takes a living recorder as this interview's: after a start, or when the station found it running. */
  async adopt(interview: string, room: string, client: RecorderClient): Promise<void> {
    const active: Active = { interview, room, client, state: await client.state(), busy: false };
    this.#active.set(room, active);
    this.views.follow(active);
    void client.closed.then(async () => {
      if (this.#active.get(room) !== active) return;
      this.#active.delete(room);
      this.views.changed(active);
      await this.#needs.onRecorderGone(interview);
    });
  }

  /** Lets go of an interview's recorder, where one runs: previews end. Never while it records: the recorder refuses. */
  async letGo(interview: string): Promise<void> {
    const active = this.#find(interview);
    if (active === undefined) return;
    this.#active.delete(active.room);
    this.views.ended(active);
    await active.client.release();
    active.client.close();
  }

  /** The station stops: a recording goes on in its recorder; one that only shows previews ends. */
  async leave(): Promise<void> {
    const all = [...this.#active.values()];
    this.#active.clear();
    for (const { client, state } of all) {
      if (state.phase === 'ready') await client.release().catch(() => undefined);
      client.close();
    }
  }

  #find(interview: string): Active | undefined {
    return [...this.#active.values()].find((one) => one.interview === interview);
  }
}

/** One button at a time: a second press while the first is being served is refused, not queued. */
export async function exclusively<T>(active: Active, state: string, act: () => Promise<T>): Promise<T> {
  if (active.busy) throw new Refusal('INTERVIEW_WRONG_STATE', { state, act: 'busy' });
  active.busy = true;
  try {
    return await act();
  } finally {
    active.busy = false;
  }
}
