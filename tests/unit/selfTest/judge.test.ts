import { describe, expect, it } from 'vitest';
import { judge, type Played } from '../../../src/main/selfTest/judge.ts';
import { type DiskFact, judgeStation, type StationFacts } from '../../../src/main/selfTest/judgeStation.ts';
import type { PictureMeasure, SoundMeasure } from '../../../src/shared/domain/selfTest.ts';

const picture: PictureMeasure = {
  ...{ width: 1280, height: 720, frames: 125, fps: 25 },
  ...{ luma: 110, contrast: 40, sharpness: 5, change: 0.2 },
};
const sound: SoundMeasure = { rms: -35, peak: -12, floor: -60, hum: 0.02, humDb: -60, dc: 0, clipped: 0 };
const seen = (change: Partial<PictureMeasure> = {}, more: Partial<Played> = {}): Played => ({
  ...{ kind: 'video', durationMs: 5000, problems: 0, sound: null, live: [] },
  picture: { ...picture, ...change },
  ...more,
});
const heard = (change: Partial<SoundMeasure> = {}, more: Partial<Played> = {}): Played => ({
  ...{ kind: 'audio', durationMs: 5000, problems: 0, picture: null, live: [] },
  sound: { ...sound, ...change },
  ...more,
});
const usual = { picture, sound };
/** The light, then the codes of the findings. */
const said = (played: Played, against: typeof usual | null = usual): string[] => {
  const { light, findings } = judge(played, against);
  return [light, ...findings.map(({ code }) => code)];
};

describe('a camera', () => {
  it('is in order when its picture is as usual, and when nobody has said what is usual', () => {
    expect(said(seen())).toEqual(['green']);
    expect(said(seen(), null)).toEqual(['green']);
  });

  it('that sent nothing, or nothing that plays, is not usable', () => {
    expect(said(seen({}, { picture: null, durationMs: 0 }))).toEqual(['red', 'nothing-sent']);
    expect(said(seen({}, { picture: null }))).toEqual(['red', 'damaged']);
    expect(said(seen({}, { problems: 1 }))).toEqual(['red', 'damaged']);
    expect(said(seen({}, { durationMs: 3999 }))).toEqual(['amber', 'too-little']);
    expect(said(seen({}, { durationMs: 4000 }))).toEqual(['green']);
  });

  it('is black only where it is dark and plain: a dark room has something in it', () => {
    expect(said(seen({ luma: 15, contrast: 5 }), null)).toEqual(['red', 'black']);
    expect(said(seen({ luma: 15, contrast: 6 }), null)).toEqual(['green']);
    expect(said(seen({ contrast: 3.9 }))).toEqual(['red', 'uniform']);
    expect(said(seen({ contrast: 4 }))).toEqual(['green']);
  });

  it('that stands still is asked to be looked at; frozen it is where the recorder saw it before the encoder did', () => {
    expect(said(seen({ change: 0.004 }))).toEqual(['amber', 'still']);
    expect(said(seen({ change: 0.005 }))).toEqual(['green']);
    expect(said(seen({ change: 0 }, { live: ['frozen'] }))).toEqual(['red', 'frozen']);
  });

  it('may be slow by its nature, but not slower than usual', () => {
    expect(said(seen({ fps: 14.9 }), null)).toEqual(['amber', 'few-pictures']);
    expect(said(seen({ fps: 15 }), null)).toEqual(['green']);
    expect(said(seen({ fps: 19.9 }))).toEqual(['amber', 'few-pictures']);
    expect(said(seen({ fps: 20 }))).toEqual(['green']);
    expect(said(seen({ fps: 4.9 }))).toEqual(['red', 'few-pictures']);
    const slow = { picture: { ...picture, fps: 10 }, sound };
    expect(said(seen({ fps: 9 }), slow)).toEqual(['green']);
  });

  it('is compared in size, light and sharpness; the dark alone does not make it blurred', () => {
    expect(said(seen({ width: 640, height: 360 }))).toEqual(['amber', 'size-changed']);
    expect(said(seen({ luma: 65, sharpness: 2 }))).toEqual(['amber', 'darker']);
    expect(said(seen({ luma: 66 }))).toEqual(['green']);
    expect(said(seen({ luma: 177 }))).toEqual(['amber', 'brighter']);
    expect(said(seen({ sharpness: 2.9 }))).toEqual(['amber', 'blurred']);
    expect(said(seen({ sharpness: 3 }))).toEqual(['green']);
    expect(said(seen({ luma: 236 }), null)).toEqual(['amber', 'glaring']);
    expect(judge(seen({ luma: 55 }), usual).findings[0]?.params).toEqual({ percent: 50 });
  });
});

describe('a microphone', () => {
  it('is in order when it sounds as usual, and when nobody has said what is usual', () => {
    expect(said(heard())).toEqual(['green']);
    expect(said(heard(), null)).toEqual(['green']);
  });

  it('that hears nothing at all is not usable; a faint one is to be looked at', () => {
    expect(said(heard({ rms: -120, peak: -120, floor: -120 }))).toEqual(['red', 'silent']);
    expect(said(heard({ rms: -66 }), null)).toEqual(['amber', 'faint']);
    expect(said(heard({ rms: -65 }), null)).toEqual(['green']);
  });

  it('is compared by its quietest moment, so that it does not matter whether somebody spoke', () => {
    expect(said(heard({ rms: -60, peak: -40 }))).toEqual(['green']);
    expect(said(heard({ floor: -69 }))).toEqual(['green']);
    expect(said(heard({ floor: -70 }))).toEqual(['amber', 'quieter']);
    expect(said(heard({ floor: -74 }))).toEqual(['amber', 'quieter']);
    expect(judge(heard({ floor: -74 }), usual).findings[0]?.params).toEqual({ db: 14 });
    expect(said(heard({ floor: -80 }))).toEqual(['red', 'quieter']);
    expect(said(heard({ floor: -45 }))).toEqual(['amber', 'noisier']);
    expect(said(heard({ floor: -46 }))).toEqual(['green']);
  });

  it('of a very quiet room is not quieter for what lies below hearing', () => {
    const quiet = { picture, sound: { ...sound, floor: -88 } };
    expect(said(heard({ floor: -120 }), quiet)).toEqual(['green']);
  });

  it('that breaks, hums or lies off the middle is to be looked at', () => {
    expect(said(heard({ clipped: 0.0011 }))).toEqual(['amber', 'clipping']);
    expect(said(heard({ hum: 0.41, humDb: -59 }))).toEqual(['amber', 'hum']);
    expect(said(heard({ hum: 0.9, humDb: -61 }))).toEqual(['green']);
    expect(said(heard({ dc: 0.021 }))).toEqual(['amber', 'dc']);
  });
});

describe('the station', () => {
  const disk = (path: string, problem: string | null = null) => ({ path, freeBytes: 1e12, problem, shared: false });
  const together = (disks: readonly DiskFact[]) => disks.map((one) => ({ ...one, shared: true }));
  const facts: StationFacts = { disks: [disk('a'), disk('b')], clock: null, bytesPerSecond: 1e6 };
  const codes = (change: Partial<StationFacts>) =>
    judgeStation({ ...facts, ...change }).map(({ light, code }) => `${light} ${code}`);

  it('has nothing to remark with two disks, room and a clock that is right', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ clock: { source: 'ntp', offsetMs: -999 } })).toEqual([]);
  });

  it('says what of the disks is missing', () => {
    expect(codes({ disks: [disk('a', 'ENOENT'), disk('b', 'EIO')] })).toEqual(['red no-disk']);
    expect(codes({ disks: [disk('a'), disk('b', 'EIO')] })).toEqual(['amber disk-lost']);
    expect(codes({ disks: [disk('a')] })).toEqual(['amber one-disk']);
    expect(codes({ disks: together(facts.disks) })).toEqual(['amber one-disk']);
  });

  it('counts the hours by what this room sends, twice where both folders lie on one disk', () => {
    const of = (hours: number) => [{ ...disk('a'), freeBytes: hours * 3600 * 1e6 }, disk('b')];
    expect(codes({ disks: of(4) })).toEqual([]);
    expect(codes({ disks: of(3.9) })).toEqual(['amber disk-low']);
    expect(codes({ disks: of(0.9) })).toEqual(['red disk-low']);
    expect(codes({ disks: together(of(7)) })).toEqual(['amber one-disk', 'amber disk-low']);
    expect(codes({ disks: of(1), bytesPerSecond: null })).toEqual([]);
  });

  it('says how far the clock is off, and remarks quietly where nothing is known of it', () => {
    expect(codes({ clock: { source: 'ntp', offsetMs: 1000 } })).toEqual(['amber clock-off']);
    expect(codes({ clock: { source: 'ntp', offsetMs: -60_000 } })).toEqual(['red clock-off']);
    expect(codes({ clock: { source: 'unknown', offsetMs: null } })).toEqual(['green clock-unknown']);
  });
});
