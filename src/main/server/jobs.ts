import type { JobState } from '../../shared/contract/station.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';

/** What long work is given: how far it is (0 to 1), and the wish to stop. */
export interface JobControl {
  readonly signal: AbortSignal;
  progress(done: number): void;
  /** Work that can stand still says so, and hands over how. */
  pausable(gate: Pausable): void;
}

export interface Pausable {
  pause(): void;
  resume(): void;
}

type JsonValue = NonNullable<JobState['result']>;

interface Job {
  state: JobState;
  readonly owner: string;
  readonly abort: AbortController;
  gate: Pausable | null;
}

/** Work that takes longer than an answer may: it runs on when the screen closes, can be watched and cancelled. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Starts `work` for the account `owner`; answers at once with the job's id. */
  start(kind: JobState['kind'], owner: string, work: (control: JobControl) => Promise<JsonValue>): { job: string } {
    const id = newId();
    const abort = new AbortController();
    const job: Job = {
      state: { job: id, kind, state: 'running', progress: null, paused: null, result: null, error: null },
      owner,
      abort,
      gate: null,
    };
    this.#jobs.set(id, job);
    const control: JobControl = {
      signal: abort.signal,
      progress: (done) => {
        if (job.state.state === 'running') job.state = { ...job.state, progress: Math.min(1, Math.max(0, done)) };
      },
      pausable: (gate) => {
        if (job.state.state !== 'running') return;
        job.gate = gate;
        job.state = { ...job.state, paused: false };
      },
    };
    // What throws before it could begin is a failed job, not one that runs for ever.
    const working = (async () => await work(control))();
    void working.then(
      (result) => {
        job.state = { ...job.state, state: 'done', progress: 1, paused: null, result };
      },
      (error: unknown) => {
        job.state = this.#ended(job, error);
      },
    );
    return { job: id };
  }

  /** @throws Refusal JOB_UNKNOWN, for another account's job too */
  state(id: string, owner: string): JobState {
    return this.#own(id, owner).state;
  }

  /** Lets the job stand still, or go on; nothing for one that cannot or is over. @throws Refusal JOB_UNKNOWN */
  pause(id: string, owner: string, paused: boolean): JobState {
    const job = this.#own(id, owner);
    if (job.state.state !== 'running' || job.gate === null) return job.state;
    if (paused) job.gate.pause();
    else job.gate.resume();
    job.state = { ...job.state, paused };
    return job.state;
  }

  /** Asks the job to stop; it ends as cancelled when its work has let go. @throws Refusal JOB_UNKNOWN */
  cancel(id: string, owner: string): void {
    this.#own(id, owner).abort.abort(new Refusal('JOB_CANCELLED'));
  }

  get running(): boolean {
    return [...this.#jobs.values()].some((job) => job.state.state === 'running');
  }

  /** Cancels all; for the station's end. */
  stop(): void {
    for (const job of this.#jobs.values()) job.abort.abort(new Refusal('JOB_CANCELLED'));
  }

  #own(id: string, owner: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined || job.owner !== owner) throw new Refusal('JOB_UNKNOWN');
    return job;
  }

  #ended(job: Job, error: unknown): JobState {
    if (job.abort.signal.aborted) return { ...job.state, state: 'cancelled', paused: null };
    if (isRefusal(error)) {
      return { ...job.state, state: 'failed', paused: null, error: { code: error.code, params: { ...error.params } } };
    }
    this.#log.error({ job: job.state.kind, err: error }, 'job failed');
    return { ...job.state, state: 'failed', paused: null, error: { code: 'INTERNAL', params: { at: job.state.kind } } };
  }
}
