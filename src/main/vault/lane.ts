import type { PartTarget, Step } from './partTarget.ts';

/** One go never writes more than this, so that a disk that is slow and one that hangs can be told apart, in bytes. */
const LARGEST_GO = 1024 * 1024;

/**
 * What one target has still to do for one part, in order. What waits is done in one go: a disk that needs long for each
 * sync syncs less often, and keeps up. Never makes another target wait; whoever pushes watches `behindBytes`.
 */
export class Lane {
  readonly target: PartTarget;
  readonly #changed: (lane: Lane) => void;
  #waiting: { readonly step: Step; readonly bytes: number; readonly number: number }[] = [];
  #pushed = 0;
  #done = 0;
  #bytes = 0;
  #durable = 0;
  #failure: { readonly error: unknown } | null = null;
  #goingSince: number | null = null;
  #ended = false;

  /** `changed` is called after each go, also after one that failed. */
  constructor(target: PartTarget, changed: (lane: Lane) => void) {
    this.target = target;
    this.#changed = changed;
  }

  /** The number of the last step that is done; steps count from 1. */
  get done(): number {
    return this.#done;
  }

  /** Bytes that were pushed and are not written. */
  get behindBytes(): number {
    return this.#bytes;
  }

  /** Plaintext bytes of the part that survive a power cut here. */
  get durableBytes(): number {
    return this.#durable;
  }

  get idle(): boolean {
    return this.#done === this.#pushed;
  }

  get failure(): { readonly error: unknown } | null {
    return this.#failure;
  }

  /** How long the present go has taken, ms; 0 when there is none. */
  busyMs(now: number): number {
    return this.#goingSince === null ? 0 : now - this.#goingSince;
  }

  push(step: Step): void {
    if (this.#ended) return;
    const bytes = sizeOf(step);
    this.#pushed += 1;
    this.#bytes += bytes;
    this.#waiting.push({ step, bytes, number: this.#pushed });
    if (this.#goingSince === null) void this.#go();
  }

  /** Takes nothing more and forgets what waits; a go that hangs is left behind. */
  end(): void {
    this.#ended = true;
    this.#waiting = [];
    this.#bytes = 0;
  }

  async #go(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#goingSince = performance.now();
      const { steps, bytes, last } = this.#next();
      try {
        await this.target.perform(steps);
      } catch (error) {
        this.#failure = { error };
        this.end();
      }
      this.#goingSince = null;
      if (!this.#ended) {
        this.#done = last;
        this.#bytes -= bytes;
        this.#durable = steps.findLast(({ durable }) => durable !== undefined)?.durable?.upTo ?? this.#durable;
      }
      this.#changed(this);
    }
  }

  #next(): { steps: Step[]; bytes: number; last: number } {
    const taken = { steps: [] as Step[], bytes: 0, last: this.#done };
    while (taken.bytes < LARGEST_GO) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      taken.steps.push(next.step);
      taken.bytes += next.bytes;
      taken.last = next.number;
    }
    return taken;
  }
}

function sizeOf({ sealed, durable, text }: Step): number {
  return (sealed?.length ?? 0) + (durable?.tail?.length ?? 0) + (text?.bytes.length ?? 0);
}
