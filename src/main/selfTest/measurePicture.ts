import type { PictureMeasure } from '../../shared/domain/selfTest.ts';

/** Points of a picture as they are measured, one byte a point, 0 (black) to 255 (white). */
export interface GrayFrames {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Uint8Array[];
}

type Seen = Pick<PictureMeasure, 'luma' | 'contrast' | 'sharpness' | 'change'>;

/**
 * Brightness, spread and sharpness of the middle frame, and how much one frame differs from the next. `change` is the
 * median of those differences: an encoder draws even a still picture slightly anew at each key frame, once a second.
 * All 0 where there is no frame.
 */
export function measurePicture({ width, height, frames }: GrayFrames): Seen {
  const middle = frames[Math.floor(frames.length / 2)];
  if (middle === undefined) return { luma: 0, contrast: 0, sharpness: 0, change: 0 };
  let sum = 0;
  let squares = 0;
  for (const value of middle) {
    sum += value;
    squares += value * value;
  }
  const luma = sum / middle.length;
  const contrast = Math.sqrt(Math.max(0, squares / middle.length - luma * luma));
  const changes = frames.slice(1).map((frame, i) => difference(frames[i] ?? frame, frame));
  return {
    luma: rounded(luma),
    contrast: rounded(contrast),
    sharpness: rounded(sharpnessOf(middle, width, height)),
    change: rounded(median(changes)),
  };
}

/** Mean distance of each point from the mean of its four neighbours: a lens that is out of focus has little of it. */
function sharpnessOf(frame: Uint8Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      const around = at(frame, i - 1) + at(frame, i + 1) + at(frame, i - width) + at(frame, i + width);
      sum += Math.abs(at(frame, i) - around / 4);
    }
  }
  return sum / Math.max(1, (width - 2) * (height - 2));
}

function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs(at(a, i) - at(b, i));
  return sum / Math.max(1, a.length);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const at = (frame: Uint8Array, i: number): number => frame[i] ?? 0;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
