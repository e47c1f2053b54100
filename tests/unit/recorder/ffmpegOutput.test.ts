import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownCommand, sourceArguments } from '../../../src/main/recorder/ffmpeg/arguments.ts';
import { InputStartReader, startOnMonotonic } from '../../../src/main/recorder/ffmpeg/inputStart.ts';
import { JpegReader } from '../../../src/main/recorder/ffmpeg/jpegReader.ts';
import { LevelReader } from '../../../src/main/recorder/ffmpeg/levels.ts';
import { ProgressReader } from '../../../src/main/recorder/ffmpeg/progress.ts';
import type { SourceConfig } from '../../../src/shared/domain/devices.ts';

describe('progress', () => {
  const text =
    'frame=25\nfps=24.97\nout_time_us=N/A\ndrop_frames=0\nprogress=continue\nfps=25.0\nout_time_us=2000000\nprogress=end\n';
  const expected = [
    { fps: 24.97, outTimeUs: null, droppedFrames: 0, ended: false },
    { fps: 25, outTimeUs: 2_000_000, droppedFrames: null, ended: true },
  ];

  it('gives one result a block however it is split', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length }), (cut) => {
        const reader = new ProgressReader();
        expect([...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut))]).toEqual(expected);
      }),
    );
  });

  it('is not moved by what is no progress', () => {
    expect(new ProgressReader().push('noise without end '.repeat(1000))).toEqual([]);
    expect(new ProgressReader().push('\n\n=\nprogress=continue\n')).toHaveLength(1);
  });
});

describe('levels', () => {
  it('reads peak and RMS, and silence as −120', () => {
    const reader = new LevelReader();
    const found = reader.push(
      'frame:0    pts:0       pts_time:0\nlavfi.astats.Overall.Peak_level=-12.345\nlavfi.astats.Overall.RMS_level=-20.04\n' +
        'frame:1    pts:4800    pts_time:0.1\nlavfi.astats.Overall.Peak_level=-inf\nlavfi.astats.Overall.RMS_level=-in',
    );
    expect(found).toEqual([{ rms: -20, peak: -12.3 }]);
    expect(reader.push('f\n')).toEqual([{ rms: -120, peak: -120 }]);
  });
});

describe('preview pictures', () => {
  const picture = (fill: number, length: number): Buffer =>
    Buffer.concat([
      Buffer.from(`--ffmpeg\r\nContent-type: image/jpeg\r\nContent-length: ${length}\r\n\r\n`),
      Buffer.alloc(length, fill),
      Buffer.from('\r\n'),
    ]);

  it('gives each picture however the bytes are split', () => {
    const stream = Buffer.concat([picture(1, 500), picture(2, 0), picture(3, 9000)]);
    fc.assert(
      fc.property(fc.nat({ max: stream.length }), fc.nat({ max: stream.length }), (a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const reader = new JpegReader();
        const found = [
          ...reader.push(stream.subarray(0, first)),
          ...reader.push(stream.subarray(first, second)),
          ...reader.push(stream.subarray(second)),
        ];
        expect(found.map((one) => [one.length, one[0]])).toEqual([
          [500, 1],
          [0, undefined],
          [9000, 3],
        ]);
      }),
    );
  });

  it('does not hold what is no picture', () => {
    const reader = new JpegReader();
    expect(reader.push(Buffer.from('Content-length: 999999999\r\n\r\n'))).toEqual([]);
    expect(reader.push(picture(4, 10))).toHaveLength(1);
  });
});

describe('where a track stands in time', () => {
  it('finds the start of the input in the log, once', () => {
    const log =
      "[info] Input #0, pulse, from 'x':\n[info]   Duration: N/A, start: 1763756300.123456, bitrate: 768 kb/s\n";
    const reader = new InputStartReader();
    expect(reader.push(Buffer.from(log.slice(0, 60)))).toBeNull();
    expect(reader.push(Buffer.from(log.slice(60)))).toBeCloseTo(1_763_756_300.123_456, 6);
    expect(reader.push(Buffer.from(log))).toBeNull();
  });

  it('takes a wall-clock stamp over to the monotonic clock, and a monotonic one as it is', () => {
    const now = { epochMs: 1_763_756_300_500, monotonicNs: 9_000_000_000_000n };
    expect(startOnMonotonic(1_763_756_300.25, now)).toEqual({ ns: 8_999_750_000_000n, clock: 'wall' });
    expect(startOnMonotonic(8999.5, now)).toEqual({ ns: 8_999_500_000_000n, clock: 'monotonic' });
  });

  it('does not take a count of its own for a clock', () => {
    const now = { epochMs: 1_763_756_300_500, monotonicNs: 30_000_000_000n };
    expect(startOnMonotonic(0, now)).toBeNull();
    expect(startOnMonotonic(-1, now)).toBeNull();
    expect(startOnMonotonic(500, now)).toBeNull();
  });
});

describe('the command line', () => {
  const camera: SourceConfig = {
    ...{ id: 'room', place: 'room', kind: 'video' },
    device: {
      kind: 'camera',
      backend: 'rtsp',
      address: 'rtsp://10.0.0.5/stream',
      label: '10.0.0.5/stream',
      simulated: false,
    },
  };

  it("copies a network camera's stream and encodes every other", () => {
    expect(sourceArguments(camera, ['-i', 'x'], 'libx264').join(' ')).toContain('-c:v copy');
    const usb = { ...camera, device: { ...camera.device, backend: 'v4l2' as const } };
    expect(sourceArguments(usb, ['-i', 'x'], 'libx264').join(' ')).toContain('-preset superfast -tune zerolatency');
    expect(sourceArguments(usb, ['-i', 'x'], 'h264_nvenc')).toContain('h264_nvenc');
  });

  it("shows the camera's address and not the relay's", () => {
    const relay = 'rtsp://127.0.0.1:4000/token';
    const shown = shownCommand(['-i', relay, '-vf', "a='b'"], relay, camera.device.address);
    expect(shown).toBe(`ffmpeg -i rtsp://10.0.0.5/stream -vf 'a='\\''b'\\'''`);
  });
});
