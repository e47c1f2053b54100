import { Refusal } from '../../shared/errors.ts';
import { systemWord } from './fileSource.ts';

/** Told once for each target that failed and was dropped; the other goes on. */
export type OnTargetLost = (target: string, error: unknown) => void;

interface Target {
  readonly folder: string;
  close(): Promise<void>;
}

/** How long a target may take when the other has already done the same step, ms. */
const PATIENCE_MS = 10_000;

export interface TargetSetOptions {
  readonly onLost: OnTargetLost | undefined;
  readonly patienceMs: number | undefined;
}

/**
 * One or two targets that take the same steps. One that fails is dropped, as is one that hangs although the other has
 * done the step; when all of them hang it is the machine that is slow, and nothing is given up. Without any target the
 * work cannot go on.
 */
export class TargetSet<T extends Target> {
  #left: readonly T[];
  #lastLoss: { readonly folder: string; readonly error: unknown } | undefined;
  readonly #onLost: OnTargetLost | undefined;
  readonly #patienceMs: number;

  constructor(targets: readonly T[], options: TargetSetOptions) {
    this.#left = targets;
    this.#onLost = options.onLost;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  /** Those that have not failed. */
  get left(): readonly T[] {
    return this.#left;
  }

  /** Does `act` on every target at once. Throws `TARGET_UNUSABLE` (`target`, the system's `reason`) if none is left. */
  async each(act: (target: T) => Promise<void>): Promise<void> {
    const outcomes = await outcomesOf(this.#left, act, this.#patienceMs);
    this.#left = outcomes.filter((outcome) => outcome.state === 'done').map((outcome) => outcome.target);
    for (const outcome of outcomes) if (outcome.state !== 'done') await this.#lose(outcome);
    if (this.#left.length === 0) throw unusable(this.#lastLoss);
  }

  /** Closes what is open and has no targets any more. */
  async closeAll(): Promise<void> {
    const open = this.#left;
    this.#left = [];
    await Promise.allSettled(open.map((target) => target.close()));
  }

  async #lose({ target, error, state }: Outcome<T>): Promise<void> {
    this.#lastLoss = { folder: target.folder, error };
    // What it failed with is known already; a handle that cannot even be closed tells nothing more. One that hangs
    // would hang here too, and is not waited for.
    const closed = target.close().catch(() => undefined);
    if (state === 'failed') await closed;
    this.#onLost?.(target.folder, error);
  }
}

interface Outcome<T> {
  readonly target: T;
  readonly state: 'done' | 'failed' | 'hung';
  readonly error: unknown;
}

/** Waits for all; once one has done its step, for the others no longer than patience lasts. */
function outcomesOf<T>(
  targets: readonly T[],
  act: (target: T) => Promise<void>,
  patienceMs: number,
): Promise<Outcome<T>[]> {
  const { promise, resolve } = Promise.withResolvers<Outcome<T>[]>();
  const known = new Map<T, Outcome<T>>();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    resolve(targets.map((target) => known.get(target) ?? { target, state: 'hung', error: hanging() }));
  };
  for (const target of targets) {
    void attempt(target, act).then((outcome) => {
      known.set(target, outcome);
      if (known.size === targets.length) end();
      else if (outcome.state === 'done') timer ??= setTimeout(end, patienceMs);
    });
  }
  if (targets.length === 0) end();
  return promise;
}

async function attempt<T>(target: T, act: (target: T) => Promise<void>): Promise<Outcome<T>> {
  try {
    await act(target);
    return { target, state: 'done', error: undefined };
  } catch (error) {
    return { target, state: 'failed', error };
  }
}

function hanging(): Error {
  return Object.assign(new Error('the disk does not answer'), { code: 'ETIMEDOUT' });
}

function unusable(loss: { folder: string; error: unknown } | undefined): Refusal {
  const params = { target: loss?.folder ?? '', reason: systemWord(loss?.error) };
  return new Refusal('TARGET_UNUSABLE', params, { cause: loss?.error });
}
