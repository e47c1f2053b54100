import { bodyOf, damaged, Fields, innerBoxes, onlyBox } from './boxes.ts';
import type { SampleDefaults } from './initSection.ts';

/** One `moof` + `mdat` pair: the unit of durability. Times in units of the track's timescale. */
export interface Fragment {
  readonly bytes: Buffer;
  /** Decode time of the first sample (`tfdt`). */
  readonly start: number;
  readonly end: number;
  readonly samples: number;
  /** The first sample can be decoded by itself. */
  readonly keyFrame: boolean;
}

const NON_SYNC = 0x10000;

/** What a `moof` says of its one track run or runs (ISO/IEC 14496-12 §8.8). Refuses with SOURCE_STREAM_DAMAGED. */
export function readFragment(moof: Buffer, mdat: Buffer, defaults: SampleDefaults): Fragment {
  const track = onlyBox(bodyOf(moof), 'traf');
  const header = trackDefaults(onlyBox(track, 'tfhd'), defaults);
  const start = decodeTime(onlyBox(track, 'tfdt'));
  let end = start;
  let samples = 0;
  let keyFrame: boolean | null = null;
  for (const box of innerBoxes(track)) {
    if (box.type !== 'trun') continue;
    const run = readRun(box.body, header);
    end += run.duration;
    samples += run.samples;
    keyFrame ??= (run.firstFlags & NON_SYNC) === 0;
  }
  if (samples === 0) throw damaged('fragment without samples');
  return { bytes: Buffer.concat([moof, mdat]), start, end, samples, keyFrame: keyFrame === true };
}

function decodeTime(tfdt: Buffer): number {
  const fields = new Fields(tfdt);
  const version = fields.u8();
  fields.skip(3);
  return version === 1 ? fields.u64() : fields.u32();
}

function trackDefaults(tfhd: Buffer, defaults: SampleDefaults): SampleDefaults {
  const fields = new Fields(tfhd);
  const present = fields.u32() & 0xffffff;
  fields.skip(4);
  if ((present & 0x1) !== 0) fields.skip(8);
  if ((present & 0x2) !== 0) fields.skip(4);
  const duration = (present & 0x8) !== 0 ? fields.u32() : defaults.duration;
  if ((present & 0x10) !== 0) fields.skip(4);
  const flags = (present & 0x20) !== 0 ? fields.u32() : defaults.flags;
  return { duration, flags };
}

function readRun(trun: Buffer, defaults: SampleDefaults): { duration: number; samples: number; firstFlags: number } {
  const fields = new Fields(trun);
  const present = fields.u32() & 0xffffff;
  const samples = fields.u32();
  if ((present & 0x1) !== 0) fields.skip(4);
  const runFlags = (present & 0x4) !== 0 ? fields.u32() : null;
  let firstFlags = runFlags ?? defaults.flags;
  if ((present & 0xf00) === 0) return { duration: samples * defaults.duration, samples, firstFlags };
  let duration = 0;
  for (let i = 0; i < samples; i++) {
    duration += (present & 0x100) !== 0 ? fields.u32() : defaults.duration;
    if ((present & 0x200) !== 0) fields.skip(4);
    const flags = (present & 0x400) !== 0 ? fields.u32() : defaults.flags;
    if (i === 0 && runFlags === null) firstFlags = flags;
    if ((present & 0x800) !== 0) fields.skip(4);
  }
  return { duration, samples, firstFlags };
}
