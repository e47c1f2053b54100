import type { SourceRun } from '../ffmpeg/sourcePorts.ts';
import type { Fragment } from './fragment.ts';

/** What the ring holds of one run: whole fragments, the first of which begins with a key frame. */
export interface RingPiece {
  readonly run: SourceRun;
  readonly fragments: readonly Fragment[];
}

interface Group {
  readonly fragments: Fragment[];
  bytes: number;
}

/** A little more than a room keeps from before the button, so that making the folders costs nothing of it. */
const KEPT_SECONDS = 12;
/** A camera of 10 Mbit/s for the whole time; one that sends more is kept for less. */
const LARGEST = 16 * 1024 * 1024;

/**
 * The newest seconds of one source, in memory only: from its current run, always from a key frame on, bounded in time
 * and bytes. A new run begins afresh, because its bytes need its own initialisation section.
 */
export class FragmentRing {
  readonly #seconds: number;
  readonly #largest: number;
  #run: SourceRun | null = null;
  #groups: Group[] = [];
  #bytes = 0;

  constructor(limits: { seconds: number; bytes: number } = { seconds: KEPT_SECONDS, bytes: LARGEST }) {
    this.#seconds = limits.seconds;
    this.#largest = limits.bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  take(run: SourceRun, fragment: Fragment): void {
    if (this.#run !== run) {
      this.clear();
      this.#run = run;
    }
    if (fragment.keyFrame) this.#groups.push({ fragments: [], bytes: 0 });
    const newest = this.#groups.at(-1);
    if (newest === undefined) return;
    newest.fragments.push(fragment);
    newest.bytes += fragment.bytes.length;
    this.#bytes += fragment.bytes.length;
    this.#shorten(run, fragment.end);
  }

  clear(): void {
    this.#run = null;
    this.#groups = [];
    this.#bytes = 0;
  }

  /** Fragments from the first key frame that stands at or after `fromNs` (monotonic); null when there is none. */
  since(fromNs: bigint): RingPiece | null {
    const run = this.#run;
    if (run === null) return null;
    const first = this.#groups.findIndex(({ fragments }) => {
      const start = fragments[0]?.start ?? 0;
      return run.zeroNs + BigInt(Math.round((start / run.init.timescale) * 1e9)) >= fromNs;
    });
    return first < 0 ? null : this.#piece(run, first);
  }

  /** The newest fragments that together last at least `ms` milliseconds, or all there are; null when there are none. */
  newest(ms: number): RingPiece | null {
    const run = this.#run;
    const end = this.#groups.at(-1)?.fragments.at(-1)?.end;
    if (run === null || end === undefined) return null;
    const wanted = end - (ms / 1000) * run.init.timescale;
    return this.#piece(
      run,
      Math.max(
        0,
        this.#groups.findLastIndex(({ fragments }) => (fragments[0]?.start ?? 0) <= wanted),
      ),
    );
  }

  #piece(run: SourceRun, firstGroup: number): RingPiece {
    return { run, fragments: this.#groups.slice(firstGroup).flatMap(({ fragments }) => fragments) };
  }

  /** Drops the oldest group while the rest still lasts long enough, or when the bytes are too many. */
  #shorten(run: SourceRun, end: number): void {
    for (;;) {
      const oldest = this.#groups[0];
      if (oldest === undefined) return;
      const nextStart = this.#groups[1]?.fragments[0]?.start;
      const spare = nextStart !== undefined && end - nextStart >= this.#seconds * run.init.timescale;
      if (!spare && this.#bytes <= this.#largest) return;
      this.#groups.shift();
      this.#bytes -= oldest.bytes;
    }
  }
}

/** How long a piece of the ring lasts, in milliseconds. */
export function durationMs({ run, fragments }: RingPiece): number {
  const span = (fragments.at(-1)?.end ?? 0) - (fragments[0]?.start ?? 0);
  return Math.round((span * 1000) / run.init.timescale);
}
