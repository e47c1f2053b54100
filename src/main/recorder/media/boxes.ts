import { Refusal } from '../../../shared/errors.ts';

/** A box within another one. `body` starts after the header. */
export interface InnerBox {
  readonly type: string;
  readonly body: Buffer;
}

export const damaged = (problem: string): Refusal => new Refusal('SOURCE_STREAM_DAMAGED', { problem });

/** The boxes that lie one after another in `bytes`; a box that reaches over the end is refused. */
export function* innerBoxes(bytes: Buffer): Generator<InnerBox> {
  let at = 0;
  while (at < bytes.length) {
    if (at + 8 > bytes.length) throw damaged('box header cut off');
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > bytes.length) throw damaged('inner box reaches over its parent');
    yield { type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, at + size) };
    at += size;
  }
}

/** The body of a whole box as the box reader gives it. */
export function bodyOf(box: Buffer): Buffer {
  return box.subarray(box.readUInt32BE(0) === 1 ? 16 : 8);
}

/** The one box of `type` in `bytes`; none or several are refused. */
export function onlyBox(bytes: Buffer, type: string): Buffer {
  const found = [...innerBoxes(bytes)].filter((box) => box.type === type);
  const [first] = found;
  if (first === undefined || found.length > 1) throw damaged(`${found.length} boxes of type ${type}`);
  return first.body;
}

/** The first box of `type`, or null. */
export function firstBox(bytes: Buffer, type: string): Buffer | null {
  for (const box of innerBoxes(bytes)) if (box.type === type) return box.body;
  return null;
}

/** Reads fields one after another; reading over the end is refused. */
export class Fields {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  skip(count: number): this {
    this.#need(count);
    this.#at += count;
    return this;
  }

  u8(): number {
    this.#need(1);
    return this.#bytes.readUInt8(this.#at++);
  }

  u32(): number {
    this.#need(4);
    const value = this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  u64(): number {
    this.#need(8);
    const value = Number(this.#bytes.readBigUInt64BE(this.#at));
    this.#at += 8;
    if (!Number.isSafeInteger(value)) throw damaged('64-bit field out of range');
    return value;
  }

  text(count: number): string {
    this.#need(count);
    const value = this.#bytes.toString('latin1', this.#at, this.#at + count);
    this.#at += count;
    return value;
  }

  get rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  #need(count: number): void {
    if (this.#at + count > this.#bytes.length) throw damaged('field cut off');
  }
}
