import type { SourceConfig } from '../../../shared/domain/devices.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Fragment } from '../media/fragment.ts';
import { AAC_PRIMING_NS, startOnMonotonic } from './inputStart.ts';
import type { SourceRun } from './sourcePorts.ts';

/** What ends further ahead of its arrival than this was stamped by a clock that has been set. */
const AHEAD_NS = 250_000_000n;

/**
 * Where decode time 0 of one run of an encoder stands on the monotonic clock. Told by the input's own stamps where they
 * are of a clock that we have, by a network camera's relay, and otherwise by arrival: nothing arrives before it happened.
 */
export class Placement {
  readonly #source: SourceConfig;
  readonly #clock: Clock;
  readonly #relayZeroNs: () => bigint | null;
  /** Monotonic time of decode time 0 where a clock tells it. */
  #zeroNs: bigint | null = null;
  /** The stamp of decode time 0 on the input's own count, as ffmpeg's log has it. */
  #startSeconds: number | null = null;
  #onWallClock: boolean;

  /** `relayZeroNs` = when the first stamp stands that the relay passed on (`OpenedInput.zeroNs`). */
  constructor(source: SourceConfig, clock: Clock, relayZeroNs: () => bigint | null) {
    this.#source = source;
    this.#clock = clock;
    this.#relayZeroNs = relayZeroNs;
    // Until its first stamp is known any input but a camera's through the relay may be on the wall clock.
    this.#onWallClock = !['rtsp', 'simulated'].includes(source.device.backend);
  }

  /** This run's stamps are, or may be, the wall clock's: they bend when it is set. */
  get onWallClock(): boolean {
    return this.#onWallClock;
  }

  /** Where a run stands of which only the initialisation section has come, at `arrivedNs`. */
  begin(arrivedNs: bigint): Pick<SourceRun, 'zeroNs' | 'placedBy'> {
    return { zeroNs: this.#zeroNs ?? arrivedNs, placedBy: this.#zeroNs === null ? 'arrival' : 'clock' };
  }

  /**
   * Takes the input's first stamp in seconds. If it is of a clock that we have it is carried over to the monotonic clock
   * once, here. Not so for a simulated device, which takes its stamp before it has drawn its scene and is paced from later
   * on (seconds, on a busy machine).
   */
  start(seconds: number): void {
    this.#startSeconds = seconds;
    if (this.#source.device.backend === 'simulated' || this.#source.device.backend === 'rtsp') return;
    const now = { epochMs: this.#clock.now().getTime(), monotonicNs: this.#clock.monotonicNs() };
    const start = startOnMonotonic(seconds, now);
    this.#onWallClock = start?.clock === 'wall';
    if (start === null) return;
    this.#zeroNs = start.ns - (this.#source.kind === 'audio' ? AAC_PRIMING_NS : 0n);
  }

  /**
   * Settles `run` by what this fragment says; gives how many milliseconds late it came. Without a clock decode time 0 is
   * the earliest that the arrivals allow; `first` = nothing of this run was seen before.
   */
  settle(run: SourceRun, fragment: Fragment, arrivedNs: bigint, first: boolean): number {
    const endNs = nsOf(run, fragment.end);
    // A network camera's relay knows, best when the first fragment is there: it has seen enough pictures by then.
    this.#zeroNs ??= this.#byRelay();
    if (this.#zeroNs !== null) {
      run.zeroNs = this.#zeroNs;
      run.placedBy = 'clock';
    } else if (arrivedNs - endNs < run.zeroNs || first) run.zeroNs = arrivedNs - endNs;
    return Math.max(0, Math.round(Number(arrivedNs - endNs - run.zeroNs) / 1e6));
  }

  /** No sound comes out of the future: the wall clock was set, and nobody has noticed yet. */
  isAhead(run: SourceRun, fragment: Fragment, arrivedNs: bigint): boolean {
    return this.#onWallClock && run.zeroNs + nsOf(run, fragment.end) - arrivedNs > AHEAD_NS;
  }

  /** ffmpeg lets a camera's pictures keep the relay's stamps; its sound it counts from the first one. */
  #byRelay(): bigint | null {
    if (this.#source.kind === 'audio' && this.#startSeconds === null) return null;
    const zeroNs = this.#relayZeroNs();
    if (zeroNs === null || this.#source.kind === 'video') return zeroNs;
    return zeroNs + BigInt(Math.round((this.#startSeconds ?? 0) * 1e9)) - AAC_PRIMING_NS;
  }
}

/** A time of the run's media, in its ticks, as nanoseconds. */
export const nsOf = (run: Pick<SourceRun, 'init'>, time: number): bigint =>
  BigInt(Math.round((time / run.init.timescale) * 1e9));
