import { createHash, type Hash } from 'node:crypto';
import type { SegmentLine } from '../../../shared/evidence/record.ts';
import type { Fragment } from './fragment.ts';
import type { InitSection } from './initSection.ts';

/** A segment ends before a key frame once it is this long: about a second for a key frame a second, and for sound. */
const SHORTEST_SEGMENT_MS = 750;

/** A camera without key frames makes a segment without end; its bytes are not kept in memory beyond this. */
const LARGEST_KEPT = 12 * 1024 * 1024;

/** One closed segment: its line, and its bytes as they were given; none for one that is too large for a live view. */
export interface Segment {
  readonly line: SegmentLine;
  readonly bytes: readonly Buffer[];
}

/** Media time in milliseconds, rounded down, so that a segment's end is the next one's start. */
export const toMs = (time: number, timescale: number): number => Math.floor((time * 1000) / timescale);

/**
 * Groups the fragments of one part into segments, key frame to key frame (EVIDENCE-FORMAT §1). Where a segment ends
 * depends on the bytes alone, so that recovery after a crash finds the same ones. Line 0 is the initialisation section.
 */
export class Segmenter {
  readonly #timescale: number;
  readonly #init: InitSection;
  #next = 0;
  #offset = 0;
  #open: { hash: Hash; bytes: Buffer[]; length: number; start: number; end: number } | null = null;

  constructor(init: InitSection) {
    this.#init = init;
    this.#timescale = init.timescale;
  }

  /** The line of the initialisation section: to be taken first, once. */
  begin(): Segment {
    const { bytes } = this.#init;
    return this.#segment(createHash('sha256').update(bytes), [bytes], bytes.length, 0, 0);
  }

  /** Takes the next fragment; returns the segment that it closes, if it does. */
  add(fragment: Fragment): Segment | null {
    const open = this.#open;
    const long = open !== null && toMs(fragment.start - open.start, this.#timescale) >= SHORTEST_SEGMENT_MS;
    const closed = long && fragment.keyFrame ? this.end() : null;
    this.#open ??= { hash: createHash('sha256'), bytes: [], length: 0, start: fragment.start, end: fragment.end };
    this.#open.hash.update(fragment.bytes);
    this.#open.length += fragment.bytes.length;
    if (this.#open.length > LARGEST_KEPT) this.#open.bytes = [];
    else this.#open.bytes.push(fragment.bytes);
    this.#open.end = fragment.end;
    return closed;
  }

  /** Closes the segment that is open, if one is: at the end of a part. */
  end(): Segment | null {
    const open = this.#open;
    if (open === null) return null;
    this.#open = null;
    return this.#segment(open.hash, open.bytes, open.length, open.start, open.end);
  }

  #segment(hash: Hash, bytes: Buffer[], length: number, start: number, end: number): Segment {
    const start_ms = toMs(start, this.#timescale);
    const line: SegmentLine = {
      duration_ms: Math.max(0, toMs(end, this.#timescale) - start_ms),
      i: this.#next++,
      length,
      offset: this.#offset,
      sha256: hash.digest('hex'),
      start_ms,
    };
    this.#offset += length;
    return { line, bytes };
  }
}
