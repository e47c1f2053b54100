import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CopyCheck } from '../../../src/main/recorder/ffmpeg/copyCheck.ts';
import { BoxReader } from '../../../src/main/recorder/media/boxReader.ts';
import { FragmentReader } from '../../../src/main/recorder/media/fragmentReader.ts';
import { type Segment, Segmenter } from '../../../src/main/recorder/media/segmenter.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { fragmentedAudio, fragmentedVideo } from '../../support/fragmentedMp4.ts';

let video: Buffer;
let audio: Buffer;

beforeAll(() => {
  video = fragmentedVideo(4);
  audio = fragmentedAudio(4);
});

/** Reads a file that arrives in these pieces, as the recorder does. */
function segmentsOf(pieces: readonly Buffer[]): { segments: Segment[]; reader: FragmentReader; samples: number } {
  const reader = new FragmentReader();
  const segments: Segment[] = [];
  let segmenter: Segmenter | null = null;
  let samples = 0;
  const keep = (segment: Segment | null | undefined): void => {
    if (segment !== null && segment !== undefined) segments.push(segment);
  };
  for (const piece of pieces) {
    for (const found of reader.push(piece)) {
      if (found.type === 'init') {
        segmenter = new Segmenter(found.init);
        keep(segmenter.begin());
      } else {
        samples += found.fragment.samples;
        keep(segmenter?.add(found.fragment));
      }
    }
  }
  keep(segmenter?.end());
  return { segments, reader, samples };
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

describe('segments of a real file', () => {
  it('cuts four seconds of video into four segments, key frame to key frame', () => {
    const { segments, reader, samples } = segmentsOf([video]);
    expect(segments.map(({ line }) => [line.i, line.start_ms, line.duration_ms])).toEqual([
      [0, 0, 0],
      [1, 0, 1000],
      [2, 1000, 1000],
      [3, 2000, 1000],
      [4, 3000, 1000],
    ]);
    expect(samples).toBe(100);
    expect(reader.init).toMatchObject({ kind: 'video', timescale: 12_800 });
    expect(reader.init?.codecs).toMatch(/^avc1\.64[0-9a-f]{4}$/);
  });

  it('groups sound into segments of about a second whose ends meet', () => {
    const { segments, reader } = segmentsOf([audio]);
    expect(reader.init).toMatchObject({ kind: 'audio', timescale: 48_000, codecs: 'mp4a.40.2' });
    const lines = segments.slice(1).map(({ line }) => line);
    for (const [i, line] of lines.entries()) {
      const next = lines[i + 1];
      if (next === undefined) continue;
      expect(line.duration_ms).toBeGreaterThanOrEqual(750);
      expect(line.duration_ms).toBeLessThanOrEqual(1250);
      expect(next.start_ms).toBe(line.start_ms + line.duration_ms);
    }
  });

  it('covers the file exactly, with the digests of its bytes', () => {
    for (const file of [video, audio]) {
      const { segments } = segmentsOf([file]);
      let offset = 0;
      for (const { line, bytes } of segments) {
        expect(line.offset).toBe(offset);
        const own = file.subarray(offset, offset + line.length);
        expect(Buffer.concat(bytes).equals(own)).toBe(true);
        expect(line.sha256).toBe(createHash('sha256').update(own).digest('hex'));
        offset += line.length;
      }
      expect(offset).toBe(file.length);
    }
  });

  it('gives the same segments however the bytes are split on the way', () => {
    const whole = { video: linesOf([video]), audio: linesOf([audio]) };
    fc.assert(
      fc.property(fc.constantFrom('video', 'audio'), fc.array(fc.nat(), { maxLength: 40 }), (kind, cuts) => {
        const file = kind === 'video' ? video : audio;
        expect(linesOf(split(file, cuts))).toEqual(whole[kind]);
      }),
      { numRuns: 60 },
    );
    const bytewise = Array.from(audio.subarray(0, 3000), (_, i) => audio.subarray(i, i + 1));
    expect(linesOf([...bytewise, audio.subarray(3000)])).toEqual(whole.audio);
  });

  it('leaves out what is not whole when the file is cut anywhere', () => {
    const whole = linesOf([video]);
    fc.assert(
      fc.property(fc.nat({ max: video.length - 1 }), (cut) => {
        const { segments } = segmentsOf([video.subarray(0, cut)]);
        const lines = segments.map(({ line }) => line);
        // All but the last are the whole file's own; the last may be shorter in time, never longer.
        expect(lines.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, lines.length - 1)));
        expect(lines.at(-1)?.duration_ms ?? 0).toBeLessThanOrEqual(1000);
      }),
      { numRuns: 60 },
    );
  });
});

function linesOf(pieces: readonly Buffer[]) {
  return segmentsOf(pieces).segments.map(({ line }) => line);
}

describe('whether a camera can be copied', () => {
  it('says no to another codec, and to key frames more than two seconds apart', () => {
    const { reader } = segmentsOf([video]);
    if (reader.init === null) throw new Error('no init');
    const hevc = { ...reader.init, codecs: 'hev1' };
    expect([new CopyCheck(reader.init).objection, new CopyCheck(hevc).objection]).toEqual([null, 'codec']);
    const check = new CopyCheck(reader.init);
    const fragment = (from: number, keyFrame: boolean) => ({
      ...{ bytes: Buffer.alloc(0), start: from * 12_800, end: (from + 0.5) * 12_800, samples: 12, keyFrame },
    });
    const looks = [0, 0.5, 1, 1.5, 2, 2.5].map((from) => check.look(fragment(from, from === 0)));
    expect(looks).toEqual([null, null, null, null, 'key-frames', 'key-frames']);
    // Two seconds are allowed, also when the camera's are a hundredth longer than ours.
    const twoSeconds = new CopyCheck(reader.init);
    const slow = Array.from({ length: 12 }, (_, i) => twoSeconds.look(fragment(i * 0.505, i % 4 === 0)));
    expect(slow.filter((one) => one !== null)).toEqual([]);
  });
});

describe('what is not such a file', () => {
  const damaged = (act: () => unknown): boolean => {
    try {
      act();
      return false;
    } catch (error) {
      return isRefusal(error, 'SOURCE_STREAM_DAMAGED');
    }
  };

  it('refuses boxes without an end, smaller than their header, or too large', () => {
    for (const size of [0, 7, 65 * 1024 * 1024]) {
      const header = Buffer.alloc(8);
      header.writeUInt32BE(size);
      header.write('mdat', 4, 'latin1');
      expect(damaged(() => new BoxReader().push(header))).toBe(true);
    }
  });

  it('reads a box with a 64-bit size', () => {
    const box = Buffer.alloc(20, 7);
    box.writeUInt32BE(1, 0);
    box.write('free', 4, 'latin1');
    box.writeBigUInt64BE(20n, 8);
    const boxes = new BoxReader().push(Buffer.concat([box, Buffer.alloc(5)]));
    expect(boxes.map(({ type, bytes }) => [type, bytes.length])).toEqual([['free', 20]]);
  });

  it('refuses other boxes than a recording has, and in another order', () => {
    expect(damaged(() => new FragmentReader().push(video.subarray(video.readUInt32BE(0))))).toBe(true);
    expect(damaged(() => segmentsOf([video.subarray(0, 40), Buffer.alloc(4000), Buffer.alloc(1)]))).toBe(true);
    expect(damaged(() => segmentsOf([video, video, Buffer.alloc(0)]))).toBe(true);
    // What came whole before the wrong bytes is given, then the refusal.
    const reader = new FragmentReader();
    expect(reader.push(Buffer.concat([video, Buffer.alloc(64)]))).toHaveLength(9);
    expect(damaged(() => reader.push(Buffer.alloc(0)))).toBe(true);
  });

  it('never fails in another way, whatever byte is wrong', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2500 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const wrong = Buffer.from(audio.subarray(0, 30_000));
        wrong[at] = (wrong[at] ?? 0) ^ flip;
        try {
          segmentsOf([wrong]);
        } catch (error) {
          expect(isRefusal(error, 'SOURCE_STREAM_DAMAGED')).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
