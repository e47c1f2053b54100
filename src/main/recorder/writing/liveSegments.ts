import type { SegmentLine } from '../../../shared/evidence/record.ts';
import type { Segment } from '../media/segmenter.ts';

const KEPT_SEGMENTS = 6;
const KEPT_BYTES = 12 * 1024 * 1024;

/** What a live view gets: lines, and their bytes joined in the same order. */
export interface LiveAnswer {
  readonly part: string | null;
  readonly init: SegmentLine | null;
  readonly segments: readonly SegmentLine[];
  readonly bytes: Buffer;
}

/**
 * The last few segments of one track that the targets have confirmed, in memory, bounded in number and bytes. A new
 * part begins afresh: its segments need its own initialisation section.
 */
export class LiveSegmentStore {
  #part: string | null = null;
  #init: Segment | null = null;
  #segments: Segment[] = [];
  #bytes = 0;

  begin(part: string, init: Segment): void {
    this.#part = part;
    this.#init = init;
    this.#segments = [];
    this.#bytes = 0;
  }

  add(segment: Segment): void {
    if (segment.bytes.length === 0) return;
    this.#segments.push(segment);
    this.#bytes += segment.line.length;
    while (this.#segments.length > KEPT_SEGMENTS || (this.#bytes > KEPT_BYTES && this.#segments.length > 1)) {
      this.#bytes -= this.#segments.shift()?.line.length ?? 0;
    }
  }

  clear(): void {
    this.#part = null;
    this.#init = null;
    this.#segments = [];
    this.#bytes = 0;
  }

  /** Segments after line `after` of `part`; all that are kept, with the initialisation section, for another part. */
  get(part: string | null, after: number): LiveAnswer {
    const fresh = part !== this.#part || after < 0;
    const segments = this.#segments.filter(({ line }) => fresh || line.i > after);
    const init = fresh ? this.#init : null;
    const bytes = [...(init?.bytes ?? []), ...segments.flatMap((segment) => segment.bytes)];
    return {
      part: this.#part,
      init: init?.line ?? null,
      segments: segments.map(({ line }) => line),
      bytes: Buffer.concat(bytes),
    };
  }
}
