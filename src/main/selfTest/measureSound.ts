import type { SoundMeasure } from '../../shared/domain/selfTest.ts';

/** Digital silence has no level; this stands for it. */
const SILENCE = -120;
const BLOCK_SECONDS = 0.05;
/** The decoder needs a moment to settle on sound that begins in the middle. */
const SKIPPED_SECONDS = 0.1;
/** Mains in Kazakhstan: 50 Hz, and what rectifiers and bad shields make of it. */
const MAINS_HZ = [50, 100, 150] as const;

/** Levels, hum and faults of mono sound; samples are −1 to 1, `rate` a second. */
export function measureSound(samples: Float32Array, rate: number): SoundMeasure {
  const heard = samples.subarray(Math.min(samples.length, Math.round(rate * SKIPPED_SECONDS)));
  let sum = 0;
  let peak = 0;
  let clipped = 0;
  for (const value of heard) {
    sum += value;
    const size = Math.abs(value);
    if (size > peak) peak = size;
    if (size >= 0.999) clipped += 1;
  }
  const count = Math.max(1, heard.length);
  const dc = sum / count;
  const power = powerOf(heard, dc);
  const hum = MAINS_HZ.reduce((all, hertz) => all + toneOf(heard, rate, hertz, dc), 0);
  return {
    rms: decibels(Math.sqrt(power)),
    peak: decibels(peak),
    floor: decibels(floorOf(heard, rate, dc)),
    hum: power === 0 ? 0 : rounded(Math.min(1, hum / power)),
    humDb: decibels(Math.sqrt(hum)),
    dc: rounded(Math.abs(dc)),
    clipped: Math.round((clipped / count) * 1e6) / 1e6,
  };
}

function powerOf(samples: Float32Array, dc: number): number {
  let squares = 0;
  for (const value of samples) squares += (value - dc) ** 2;
  return squares / Math.max(1, samples.length);
}

/** The root mean square of the quietest twentieth of a second. */
function floorOf(samples: Float32Array, rate: number, dc: number): number {
  const length = Math.round(rate * BLOCK_SECONDS);
  let least = Number.POSITIVE_INFINITY;
  for (let from = 0; from + length <= samples.length; from += length) {
    least = Math.min(least, powerOf(samples.subarray(from, from + length), dc));
  }
  return Number.isFinite(least) ? Math.sqrt(least) : 0;
}

/** Power of one tone by Goertzel's algorithm over seconds, so that a mains frequency slightly off still counts. */
function toneOf(samples: Float32Array, rate: number, hertz: number, dc: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let power = 0;
  let blocks = 0;
  for (let from = 0; from + rate <= samples.length; from += rate) {
    let one = 0;
    let two = 0;
    for (const value of samples.subarray(from, from + rate)) {
      const next = value - dc + turn * one - two;
      two = one;
      one = next;
    }
    power += (2 * (one * one + two * two - turn * one * two)) / (rate * rate);
    blocks += 1;
  }
  return blocks === 0 ? 0 : power / blocks;
}

function decibels(amplitude: number): number {
  return amplitude <= 1e-6 ? SILENCE : Math.round(200 * Math.log10(amplitude)) / 10;
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
