import { Refusal } from '../../../shared/errors.ts';
import { refusal } from '../refusal.ts';

/** One message: a JSON value and bytes that belong to it (a picture, a segment). */
export interface Frame {
  readonly json: unknown;
  readonly binary: Buffer;
}

/** Larger frames are refused before they are held: the largest true one carries a few live segments. */
export const LARGEST_FRAME = 64 * 1024 * 1024;

/** `uint32 total, uint32 jsonLength, json, binary`, big-endian; `total` counts everything after itself. */
export function encodeFrame(json: unknown, binary: Uint8Array = Buffer.alloc(0)): Buffer {
  const text = Buffer.from(JSON.stringify(json), 'utf8');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(4 + text.length + binary.length, 0);
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text, binary]);
}

/** Cuts bytes into frames, however they are split. Refuses with REQUEST_MALFORMED. */
export class FrameReader {
  readonly #largest: number;
  #pieces: Buffer[] = [];
  #held = 0;

  constructor(largest = LARGEST_FRAME) {
    this.#largest = largest;
  }

  push(chunk: Buffer): Frame[] {
    this.#pieces.push(chunk);
    this.#held += chunk.length;
    const frames: Frame[] = [];
    for (;;) {
      if (this.#held < 8) return frames;
      const head = this.#joined(8);
      const total = head.readUInt32BE(0);
      const jsonLength = head.readUInt32BE(4);
      if (total < 4 || total > this.#largest || jsonLength > total - 4) throw new Refusal('REQUEST_MALFORMED');
      if (this.#held < 4 + total) return frames;
      const all = this.#joined(4 + total);
      frames.push({
        json: parse(all.toString('utf8', 8, 8 + jsonLength)),
        binary: all.subarray(8 + jsonLength, 4 + total),
      });
      const rest = all.subarray(4 + total);
      this.#pieces = rest.length > 0 ? [rest] : [];
      this.#held = rest.length;
    }
  }

  #joined(count: number): Buffer {
    const [first] = this.#pieces;
    if (first !== undefined && first.length >= count) {
      if (this.#pieces.length === 1) return first;
      if (count <= 8) return first;
    }
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal('REQUEST_MALFORMED', {}, error);
  }
}
