import { createHash } from 'node:crypto';
import { Refusal } from '../../shared/errors.ts';
import type { SegmentLine } from '../../shared/evidence/record.ts';
import { BoxCutter, boxAt, boxesIn } from './boxCutter.ts';

interface Piece {
  readonly length: number;
  readonly sha256: string;
  /** Decode time of its first picture, ms; null for the initialisation section and where there is none. */
  readonly startMs: number | null;
}

/**
 * The segment list of a copy, made while it is written: as of a master's part (EVIDENCE-FORMAT §1), except that picture
 * and sound share a file and the picture tells the time, from its first one on. Line 0 is the initialisation section.
 */
export class SegmentIndex {
  readonly #cutter = new BoxCutter();
  readonly #pieces: Piece[] = [];
  #open: Buffer[] = [];
  #picture: { readonly track: number; readonly timescale: number } | null = null;
  #moof: Buffer | null = null;

  push(bytes: Buffer): void {
    for (const box of this.#cutter.push(bytes)) {
      if (box.type === 'moov') this.#picture = pictureTrack(box.bytes.subarray(8));
      if (box.type === 'moof') {
        if (this.#pieces.length === 0) this.#close(null);
        this.#moof = box.bytes;
      }
      this.#open.push(box.bytes);
      if (box.type !== 'mdat' || this.#moof === null) continue;
      this.#close(this.#startOf(this.#moof));
      this.#moof = null;
    }
  }

  /** The lines, once all bytes came. @throws Refusal COPY_FAILED where they are not whole fragments, or none */
  lines(durationMs: number): SegmentLine[] {
    const media = this.#pieces.slice(1);
    if (this.#cutter.pending > 0 || this.#open.length > 0 || media.length === 0 || this.#picture === null) {
      throw new Refusal('COPY_FAILED', { reason: 'the encoder ended within a fragment' });
    }
    // An encoder's sound begins before zero, and the file is moved for it: the copy's own time begins with its picture.
    const zero = media[0]?.startMs ?? 0;
    const starts = this.#pieces.map((piece) => Math.max(0, (piece.startMs ?? zero) - zero));
    let offset = 0;
    return this.#pieces.map(({ length, sha256 }, i) => {
      const at = offset;
      offset += length;
      const start = starts[i] ?? 0;
      const next = starts[i + 1] ?? Math.max(start, durationMs);
      return { duration_ms: i === 0 ? 0 : Math.max(0, next - start), i, length, offset: at, sha256, start_ms: start };
    });
  }

  #close(startMs: number | null): void {
    const bytes = Buffer.concat(this.#open);
    this.#open = [];
    this.#pieces.push({ length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), startMs });
  }

  #startOf(moof: Buffer): number {
    for (const box of boxesIn(moof.subarray(8))) {
      if (box.type !== 'traf') continue;
      const header = boxAt(box.body, 'tfhd');
      const time = boxAt(box.body, 'tfdt');
      if (header === null || time === null || header.readUInt32BE(4) !== this.#picture?.track) continue;
      const ticks = time.readUInt8(0) === 1 ? Number(time.readBigUInt64BE(4)) : time.readUInt32BE(4);
      return Math.round((ticks * 1000) / this.#picture.timescale);
    }
    // A last fragment may hold the end of the sound alone.
    return this.#pieces.at(-1)?.startMs ?? 0;
  }
}

/** Number and timescale of the picture's track (`trak/tkhd`, `trak/mdia/mdhd`, `hdlr` vide), or null. */
function pictureTrack(moov: Buffer): { track: number; timescale: number } | null {
  for (const box of boxesIn(moov)) {
    if (box.type !== 'trak') continue;
    const handler = boxAt(box.body, 'mdia', 'hdlr');
    const header = boxAt(box.body, 'tkhd');
    const media = boxAt(box.body, 'mdia', 'mdhd');
    if (handler?.toString('latin1', 8, 12) !== 'vide' || header === null || media === null) continue;
    const wide = (body: Buffer) => body.readUInt8(0) === 1;
    return {
      track: header.readUInt32BE(wide(header) ? 20 : 12),
      timescale: media.readUInt32BE(wide(media) ? 20 : 12),
    };
  }
  return null;
}
