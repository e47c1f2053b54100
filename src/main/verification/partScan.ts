import { createHash } from 'node:crypto';
import { mediaBoxes } from './mediaBoxes.ts';

/** What the bytes of one part say, line by line of its segments file. */
export interface ScannedSegment {
  readonly sha256: string;
  /** The segment is whole boxes of the kinds that its place demands. */
  readonly whole: boolean;
  /** Start by the media's own decode time, null when it gives none. */
  readonly startMs: number | null;
}

/** Takes a part's bytes once, in order, and gives each line's digest and shape. */
export interface PartScanner {
  update(bytes: Uint8Array): void;
  /** The segments that were complete when the bytes ended: fewer than lines when the part is too short. */
  finish(): readonly ScannedSegment[];
}

/** `lines` must be contiguous from offset 0 (`readSegmentLines` sees to it); bytes beyond the last line are left alone. */
export function partScanner(lines: readonly { readonly length: number }[]): PartScanner {
  const scanned: ScannedSegment[] = [];
  const boxes = mediaBoxes();
  let hash = createHash('sha256');
  let left = lines[0]?.length ?? 0;

  const closeFull = (): void => {
    while (left === 0 && scanned.length < lines.length) {
      scanned.push({ sha256: hash.digest('hex'), ...boxes.endSegment(scanned.length) });
      hash = createHash('sha256');
      left = lines[scanned.length]?.length ?? 0;
    }
  };
  return {
    update(bytes) {
      let rest = bytes;
      closeFull();
      while (rest.length > 0 && scanned.length < lines.length) {
        const piece = rest.subarray(0, left);
        hash.update(piece);
        boxes.update(piece);
        left -= piece.length;
        rest = rest.subarray(piece.length);
        closeFull();
      }
    },
    finish() {
      closeFull();
      return scanned;
    },
  };
}
