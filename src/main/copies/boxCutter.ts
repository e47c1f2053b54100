import { Refusal } from '../../shared/errors.ts';

/** A box with its header (ISO/IEC 14496-12 §4.2). */
export interface Box {
  readonly type: string;
  readonly bytes: Buffer;
}

/** A second of a copy is some hundred KiB; what claims to be larger is not from our encoder. */
const LARGEST = 64 << 20;

/** Cuts what an encoder writes into its top-level boxes, however the bytes arrive. Holds one unfinished box. */
export class BoxCutter {
  #held: Buffer[] = [];
  #bytes = 0;

  /** Takes bytes, gives the boxes that they complete. Throws COPY_FAILED for what cannot be a box. */
  push(piece: Buffer): Box[] {
    this.#held.push(piece);
    this.#bytes += piece.length;
    const boxes: Box[] = [];
    for (;;) {
      const size = this.#nextSize();
      if (size === null || this.#bytes < size) return boxes;
      const all = this.#joined();
      boxes.push({ type: all.toString('latin1', 4, 8), bytes: all.subarray(0, size) });
      this.#held = [all.subarray(size)];
      this.#bytes -= size;
    }
  }

  /** Bytes of a box that is not complete. */
  get pending(): number {
    return this.#bytes;
  }

  #nextSize(): number | null {
    if (this.#bytes < 16) return null;
    const [first] = this.#held;
    const head = first !== undefined && first.length >= 16 ? first : this.#joined();
    const short = head.readUInt32BE(0);
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (size < 8 || size > LARGEST) throw new Refusal('COPY_FAILED', { reason: `a box of ${size} bytes` });
    return size;
  }

  #joined(): Buffer {
    const all = Buffer.concat(this.#held);
    this.#held = [all];
    return all;
  }
}

/** The boxes inside `bytes`, one after another; stops where no whole box follows. */
export function* boxesIn(bytes: Buffer): Generator<{ readonly type: string; readonly body: Buffer }> {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > bytes.length) return;
    yield { type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, at + size) };
    at += size;
  }
}

/** The body of the first box at this path of types, or null. */
export function boxAt(bytes: Buffer, ...path: readonly string[]): Buffer | null {
  let here: Buffer | null = bytes;
  for (const type of path) {
    if (here === null) return null;
    here = [...boxesIn(here)].find((box) => box.type === type)?.body ?? null;
  }
  return here;
}
