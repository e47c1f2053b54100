import { Refusal } from '../../shared/errors.ts';

const RUNNING = 0;
const PAUSED = 1;
const CANCELLED = 2;

/** Lets long work wait or end, across threads: whoever holds it says so, the work asks between two pieces. */
export class Gate {
  /** What another thread makes its own gate of. */
  readonly memory: SharedArrayBuffer;
  readonly #state: Int32Array<SharedArrayBuffer>;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#state = new Int32Array(memory);
  }

  pause(): void {
    Atomics.compareExchange(this.#state, 0, RUNNING, PAUSED);
  }

  resume(): void {
    Atomics.compareExchange(this.#state, 0, PAUSED, RUNNING);
    Atomics.notify(this.#state, 0);
  }

  /** For good: nothing passes any more. */
  cancel(): void {
    Atomics.store(this.#state, 0, CANCELLED);
    Atomics.notify(this.#state, 0);
  }

  /**
   * Goes on, or stands still for as long as it is paused: call it in a thread that serves nobody else. Throws
   * `JOB_CANCELLED`.
   */
  pass(): void {
    while (Atomics.load(this.#state, 0) === PAUSED) Atomics.wait(this.#state, 0, PAUSED);
    if (Atomics.load(this.#state, 0) === CANCELLED) throw new Refusal('JOB_CANCELLED');
  }
}
