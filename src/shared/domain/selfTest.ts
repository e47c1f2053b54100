import { z } from 'zod';
import { Id, Instant, Whole } from '../evidence/record.ts';
import { SourcePlace } from './devices.ts';

/** Green: as it should be. Amber: works, and somebody should look. Red: would not give a usable recording. */
export const Light = z.enum(['green', 'amber', 'red']);
export type Light = z.infer<typeof Light>;

/** The worst of several lights; green where there is none. */
export function worst(lights: readonly Light[]): Light {
  return lights.includes('red') ? 'red' : lights.includes('amber') ? 'amber' : 'green';
}

/**
 * What was measured in the pictures that were played back. `luma`, `contrast` (spread), `sharpness` (how much neighbouring
 * points differ) and `change` (from one picture to the next, as the middle of all) in steps of 0 to 255.
 */
export const PictureMeasure = z.strictObject({
  width: Whole.nonnegative(),
  height: Whole.nonnegative(),
  frames: Whole.nonnegative(),
  fps: z.number(),
  luma: z.number(),
  contrast: z.number(),
  sharpness: z.number(),
  change: z.number(),
});
export type PictureMeasure = z.infer<typeof PictureMeasure>;

/**
 * What was measured in the sound that was played back: `rms` and `peak` in dBFS, `floor` = its quietest moment (−120 for
 * digital silence), `hum` = the share (0 to 1) of its energy at 50, 100 and 150 Hz with its level `humDb`, `dc` = how far
 * from the middle it lies (0 to 1), `clipped` = share of the samples that touch full scale.
 */
export const SoundMeasure = z.strictObject({
  rms: z.number(),
  peak: z.number(),
  floor: z.number(),
  hum: z.number(),
  humDb: z.number(),
  dc: z.number(),
  clipped: z.number(),
});
export type SoundMeasure = z.infer<typeof SoundMeasure>;

/** What a source is like when all is well, as a person said of a test: the measures of one of the two kinds. */
export const SourceBaseline = z.strictObject({
  source: Id,
  /** `<backend>|<address>`: another device at the same place has no base line yet. */
  device: z.string(),
  picture: PictureMeasure.nullable(),
  sound: SoundMeasure.nullable(),
});
export type SourceBaseline = z.infer<typeof SourceBaseline>;

/** What a test found; sentences are made where they are shown (`selfTest` namespace, `finding.<code>`). */
export const TestFindingCode = z.enum([
  'nothing-sent',
  'too-little',
  'damaged',
  'black',
  'uniform',
  'frozen',
  'still',
  'few-pictures',
  'size-changed',
  'darker',
  'brighter',
  'blurred',
  'glaring',
  'silent',
  'faint',
  'quieter',
  'noisier',
  'clipping',
  'hum',
  'dc',
  'no-ffmpeg',
  'no-disk',
  'disk-lost',
  'one-disk',
  'disk-low',
  'clock-off',
  'clock-unknown',
]);
export type TestFindingCode = z.infer<typeof TestFindingCode>;

/** One finding with its own light; a green one is a remark. */
export const TestFinding = z.strictObject({
  code: TestFindingCode,
  light: Light,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type TestFinding = z.infer<typeof TestFinding>;

/** One camera or microphone in a test. `compared` = there was a base line to hold it to. */
export const SourceTest = z.strictObject({
  source: Id,
  place: SourcePlace,
  label: z.string(),
  device: z.string(),
  simulated: z.boolean(),
  light: Light,
  compared: z.boolean(),
  findings: z.array(TestFinding),
  picture: PictureMeasure.nullable(),
  sound: SoundMeasure.nullable(),
});
export type SourceTest = z.infer<typeof SourceTest>;

/** A finished test of a room. `station` = disks, clock and ffmpeg. */
export const RoomTest = z.strictObject({
  id: Id,
  room: Id,
  at: Instant,
  light: Light,
  simulated: z.boolean(),
  sources: z.array(SourceTest),
  station: z.array(TestFinding),
});
export type RoomTest = z.infer<typeof RoomTest>;
