import { Refusal } from '../../shared/errors.ts';
import { systemWord } from './fileSource.ts';

/** Told once for each target that failed and was dropped; the other goes on. */
export type OnTargetLost = (target: string, error: unknown) => void;

interface Target {
  readonly folder: string;
  close(): Promise<void>;
}

/** One or two targets that take the same steps. One that fails is dropped; without any the work cannot go on. */
export class TargetSet<T extends Target> {
  #left: readonly T[];
  #lastLoss: { readonly folder: string; readonly error: unknown } | undefined;
  readonly #onLost: OnTargetLost | undefined;

  constructor(targets: readonly T[], onLost: OnTargetLost | undefined) {
    this.#left = targets;
    this.#onLost = onLost;
  }

  /** Those that have not failed. */
  get left(): readonly T[] {
    return this.#left;
  }

  /** Does `act` on every target at once. Throws `TARGET_UNUSABLE` (`target`, the system's `reason`) if none is left. */
  async each(act: (target: T) => Promise<void>): Promise<void> {
    const outcomes = await Promise.all(this.#left.map((target) => attempt(target, act)));
    const lost = outcomes.filter((outcome) => outcome.failed);
    this.#left = outcomes.filter((outcome) => !outcome.failed).map((outcome) => outcome.target);
    for (const { target, error } of lost) {
      this.#lastLoss = { folder: target.folder, error };
      // What it failed with is known already; a handle that cannot even be closed tells nothing more.
      await target.close().catch(() => undefined);
      this.#onLost?.(target.folder, error);
    }
    if (this.#left.length === 0) throw unusable(this.#lastLoss);
  }

  /** Closes what is open and has no targets any more. */
  async closeAll(): Promise<void> {
    const open = this.#left;
    this.#left = [];
    await Promise.allSettled(open.map((target) => target.close()));
  }
}

async function attempt<T extends Target>(target: T, act: (target: T) => Promise<void>) {
  try {
    await act(target);
    return { target, failed: false, error: undefined };
  } catch (error) {
    return { target, failed: true, error };
  }
}

function unusable(loss: { folder: string; error: unknown } | undefined): Refusal {
  const params = { target: loss?.folder ?? '', reason: systemWord(loss?.error) };
  return new Refusal('TARGET_UNUSABLE', params, { cause: loss?.error });
}
