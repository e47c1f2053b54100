import { Refusal } from '../../shared/errors.ts';
import { systemWord } from './fileSource.ts';
import { Lane } from './lane.ts';
import type { PartTarget, Step } from './partTarget.ts';
import type { OnTargetLost } from './targetSet.ts';

export interface LanesOptions {
  readonly onLost: OnTargetLost | undefined;
  /** A target lags behind the other for seconds (`true`), or has caught up again (`false`). */
  readonly onSlow: ((target: string, slow: boolean) => void) | undefined;
  /** After each go of a target. */
  readonly onProgress: () => void;
  /** How long one go of a target may take when the other is further, ms. */
  readonly patienceMs: number;
  /** How long a step waits for the second target once the first has done it, ms. */
  readonly graceMs: number;
  /** How far a target may fall behind, bytes. */
  readonly largestLag: number;
}

/** From when on a target that lags is said to be slow, ms. */
const SLOW_MS = 2000;

interface Waiter {
  readonly number: number;
  /** Waits for the slow one as well, as long as patience lasts, and then gives it up. */
  readonly last: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The targets of one part, each with a queue of its own. A step is done when every target that keeps up has done it; one
 * that does not is left to catch up behind, up to a bound. It is dropped when it fails, when a go of it hangs although
 * the other is further (ETIMEDOUT), and when it lags too far (TOO_SLOW). When all of them hang it is the machine that is
 * slow, and nothing is given up. Without any target the work cannot go on.
 */
export class TargetLanes {
  readonly #options: LanesOptions;
  #left: readonly Lane[];
  readonly #lagging = new Map<Lane, { since: number; told: boolean }>();
  #waiters: Waiter[] = [];
  #number = 0;
  #lastLoss: { readonly folder: string; readonly error: unknown } | undefined;

  constructor(targets: readonly PartTarget[], options: LanesOptions) {
    this.#options = options;
    this.#left = targets.map((target) => new Lane(target, (lane) => this.#changed(lane)));
  }

  /** Those that have not failed. */
  get left(): readonly Lane[] {
    return this.#left;
  }

  /**
   * Gives every target that is left `step` to do; resolves as described above. With `last` the slow one is waited for as
   * long as patience lasts, then dropped. Throws `TARGET_UNUSABLE` (`target`, the system's `reason`) if none is left.
   */
  async do(step: Step, last = false): Promise<void> {
    this.#judge();
    this.#number += 1;
    for (const lane of this.#left) lane.push(step);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiters.push({ number: this.#number, last, resolve, reject, timer: undefined });
    this.#settle();
    await promise;
  }

  /** Closes what is open and has no targets any more. One that hangs is not waited for. */
  async closeAll(): Promise<void> {
    const open = this.#left;
    this.#left = [];
    for (const lane of open) lane.end();
    const closing = open.map((lane) => ({ lane, closed: lane.target.close().catch(() => undefined) }));
    await Promise.all(closing.filter(({ lane }) => lane.idle).map(({ closed }) => closed));
    this.#settle();
  }

  #changed(lane: Lane): void {
    if (lane.failure !== null) this.#drop(lane, lane.failure.error);
    else if (lane.idle) this.#caughtUp(lane);
    this.#settle();
    this.#options.onProgress();
  }

  /** Lets go those who wait for what is done, or for a target that others need not wait for. */
  #settle(): void {
    this.#waiters = this.#waiters.filter((waiter) => {
      const open = this.#left.filter((lane) => lane.done < waiter.number);
      if (this.#left.length === 0) waiter.reject(this.#unusable());
      else if (open.length > 0 && (open.length === this.#left.length || waiter.last || !this.#allLag(open))) {
        if (open.length < this.#left.length) this.#watch(waiter);
        return true;
      }
      clearTimeout(waiter.timer);
      waiter.resolve();
      return false;
    });
  }

  #allLag(lanes: readonly Lane[]): boolean {
    return lanes.every((lane) => this.#lagging.has(lane));
  }

  #watch(waiter: Waiter): void {
    const { graceMs, patienceMs } = this.#options;
    waiter.timer ??= setTimeout(
      () => {
        for (const lane of this.#left.filter(({ done }) => done < waiter.number)) {
          if (waiter.last) this.#drop(lane, late('ETIMEDOUT'));
          else if (!this.#lagging.has(lane)) this.#lagging.set(lane, { since: performance.now(), told: false });
        }
        this.#settle();
        this.#options.onProgress();
      },
      waiter.last ? patienceMs : graceMs,
    );
  }

  /** Looks at those that lag, each time that there is more for them to do. */
  #judge(): void {
    const { patienceMs, largestLag, onSlow } = this.#options;
    const now = performance.now();
    for (const [lane, lag] of this.#lagging) {
      if (!this.#left.some((other) => other !== lane && other.done > lane.done)) continue;
      if (lane.behindBytes > largestLag) this.#drop(lane, late('TOO_SLOW'));
      else if (lane.busyMs(now) > patienceMs) this.#drop(lane, late('ETIMEDOUT'));
      else if (!lag.told && now - lag.since > SLOW_MS) {
        lag.told = true;
        onSlow?.(lane.target.folder, true);
      }
    }
  }

  #caughtUp(lane: Lane): void {
    const lag = this.#lagging.get(lane);
    this.#lagging.delete(lane);
    if (lag?.told === true) this.#options.onSlow?.(lane.target.folder, false);
  }

  #drop(lane: Lane, error: unknown): void {
    if (!this.#left.includes(lane)) return;
    this.#left = this.#left.filter((one) => one !== lane);
    this.#caughtUp(lane);
    lane.end();
    this.#lastLoss = { folder: lane.target.folder, error };
    // What it failed with is known already; a handle that cannot even be closed tells nothing more, and one that hangs
    // would hang here too: neither is waited for.
    void lane.target.close().catch(() => undefined);
    this.#options.onLost?.(lane.target.folder, error);
  }

  #unusable(): Refusal {
    const params = { target: this.#lastLoss?.folder ?? '', reason: systemWord(this.#lastLoss?.error) };
    return new Refusal('TARGET_UNUSABLE', params, { cause: this.#lastLoss?.error });
  }
}

/** A reason of our own, in the shape of the system's. */
function late(code: 'ETIMEDOUT' | 'TOO_SLOW'): Error {
  const words = code === 'ETIMEDOUT' ? 'the disk does not answer' : 'the disk is too slow for what comes in';
  return Object.assign(new Error(words), { code });
}
