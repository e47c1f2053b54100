import { Refusal } from '../../../shared/errors.ts';

/** A top-level box, whole: header and body. */
export interface Box {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Larger boxes are refused: half a second of video is a few hundred KiB. */
export const LARGEST_BOX = 64 * 1024 * 1024;

/**
 * Cuts a stream of bytes into top-level boxes (ISO/IEC 14496-12 §4.2), however it is split on the way. Holds at most
 * one unfinished box. A box without an end (size 0), one smaller than its header and one larger than `LARGEST_BOX` are
 * refused with SOURCE_STREAM_DAMAGED.
 */
export class BoxReader {
  #pieces: Buffer[] = [];
  #held = 0;
  /** Size of the box at the front, 0 while its header is not complete. */
  #size = 0;

  #failed: Error | null = null;

  /**
   * Takes the next bytes; returns the boxes that they complete. What cannot be a box is refused with the call after the
   * one that gave the last good boxes, so that none of these is lost with it.
   */
  push(chunk: Buffer): Box[] {
    if (this.#failed !== null) throw this.#failed;
    const boxes: Box[] = [];
    try {
      this.#cut(chunk, boxes);
    } catch (error) {
      this.#failed = error instanceof Error ? error : new Error(String(error));
      if (boxes.length === 0) throw error;
    }
    return boxes;
  }

  #cut(chunk: Buffer, boxes: Box[]): void {
    if (chunk.length > 0) {
      this.#pieces.push(chunk);
      this.#held += chunk.length;
    }
    for (;;) {
      if (this.#size === 0) this.#size = this.#readSize();
      if (this.#size === 0 || this.#held < this.#size) return;
      const bytes = this.#take(this.#size);
      this.#size = 0;
      boxes.push({ type: bytes.toString('latin1', 4, 8), bytes });
    }
  }

  /** Bytes of the box that is not complete yet. */
  get pending(): number {
    return this.#held;
  }

  #readSize(): number {
    if (this.#held < 8) return 0;
    const short = this.#peek(8);
    let size = short.readUInt32BE(0);
    let header = 8;
    if (size === 1) {
      if (this.#held < 16) return 0;
      header = 16;
      size = Number(this.#peek(16).readBigUInt64BE(8));
    }
    if (size < header || size > LARGEST_BOX)
      throw new Refusal('SOURCE_STREAM_DAMAGED', { problem: `box of ${size} bytes` });
    return size;
  }

  /** The first `count` bytes in one buffer, without taking them. */
  #peek(count: number): Buffer {
    const [first] = this.#pieces;
    if (first !== undefined && first.length >= count) return first;
    const joined = Buffer.concat(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }

  #take(count: number): Buffer {
    const [only] = this.#pieces;
    const all = only !== undefined && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces);
    const rest = all.subarray(count);
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#held -= count;
    return all.subarray(0, count);
  }
}
