import { describe, expect, it } from 'vitest';
import { sourceArguments } from '../../../src/main/recorder/ffmpeg/arguments.ts';
import { encoderAfter } from '../../../src/main/recorder/ffmpeg/encoderFailure.ts';
import { encoderSetup } from '../../../src/main/rooms/ffmpeg/encoders.ts';
import { h264Encoders } from '../../../src/main/rooms/ffmpeg/parse.ts';
import type { SourceConfig } from '../../../src/shared/domain/devices.ts';

const camera: SourceConfig = {
  ...{ id: 'room', place: 'room', kind: 'video' },
  device: { kind: 'camera', backend: 'v4l2', address: '/dev/video0', label: 'Camera', simulated: false },
};
const input = ['-f', 'v4l2', '-i', '/dev/video0'];
const recorded = (encoder: string, drawn: string | null = null): string[] =>
  sourceArguments(camera, input, encoder, false, drawn);

describe('an encoder', () => {
  it.each(h264Encoders)('%s records with what it was tested with, a key frame each second and none between', (name) => {
    const { codec } = encoderSetup(name);
    const args = recorded(name);
    expect(args.join(' ')).toContain(codec.join(' '));
    expect(codec[codec.indexOf('-g') + 1]).toBe('25');
    expect(codec[codec.indexOf('-bf') + 1]).toBe('0');
    expect(codec[codec.indexOf('-c:v') + 1]).toBe(name);
    expect(args.filter((arg) => arg === '-c:v')).toHaveLength(2); // the preview is the other
  });

  it('opens its device before the input and brings the pictures to it after what is drawn on them', () => {
    const args = recorded('h264_vaapi:/dev/dri/renderD129', 'drawtext=x');
    expect(args.slice(args.indexOf('-vaapi_device'), args.indexOf('-i'))).toEqual([
      ...['-vaapi_device', '/dev/dri/renderD129', '-f', 'v4l2'],
    ]);
    expect(args[args.indexOf('-vf') + 1]).toBe('drawtext=x,format=nv12,hwupload');
    expect(recorded('libx264', 'drawtext=x').join(' ')).toContain('-vf drawtext=x -c:v libx264');
    expect(recorded('libx264').indexOf('-vf')).toBeGreaterThan(recorded('libx264').indexOf('pipe:1'));
  });

  it('is x264 where a start file names something that is not known', () => {
    expect(encoderSetup('h264_omx').name).toBe('libx264');
  });
});

describe('after a run that ended unasked', () => {
  const broken = [
    '[h264_nvenc @ 0x55950e097500] [error] OpenEncodeSessionEx failed: out of memory (10): (no details)',
    '[error] Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0',
    '[AVHWDeviceContext @ 0x5591e5188a40] [error] No VA display found for device /dev/dri/renderD128.',
    '[vost#0:0/h264_nvenc @ 0x1] [error] Error submitting video frame to the encoder',
  ];
  it.each(broken)('x264 takes over: %s', (line) => {
    expect(encoderAfter('h264_nvenc', `[info] Input #0, v4l2\n${line}\n[info] Conversion failed!\n`)).toBe('libx264');
  });

  it('stays with the encoder when the device was at fault, and with x264 in any case', () => {
    const lost = '[video4linux2,v4l2 @ 0x1] [error] ioctl(VIDIOC_DQBUF): No such device\n';
    expect(encoderAfter('h264_vaapi:/dev/dri/renderD128', lost)).toBe('h264_vaapi:/dev/dri/renderD128');
    expect(encoderAfter('h264_nvenc', '[h264_nvenc @ 0x1] [info] using 2 surfaces\n')).toBe('h264_nvenc');
    expect(encoderAfter('libx264', broken.join('\n'))).toBe('libx264');
  });
});
