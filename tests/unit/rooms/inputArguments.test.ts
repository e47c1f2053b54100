import { describe, expect, it } from 'vitest';
import { inputArguments } from '../../../src/main/rooms/devices/inputArguments.ts';
import { parseRtspAddress, rtspCamera } from '../../../src/main/rooms/devices/rtspAddress.ts';
import { simulatedDevices, simulatedRoom } from '../../../src/main/rooms/devices/simulatedDevices.ts';
import { Device, SourceConfig } from '../../../src/shared/domain/devices.ts';
import { isRefusal } from '../../../src/shared/errors.ts';

const device = (backend: Device['backend'], kind: Device['kind'], address: string): Device => ({
  backend,
  kind,
  address,
  label: address,
  simulated: false,
});
const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return isRefusal(error) ? error.code : error;
  }
  return null;
};

describe('inputArguments', () => {
  it('ends with -i and one address, whatever the backend', () => {
    const devices = [
      device('v4l2', 'camera', '/dev/video0'),
      device('pulse', 'microphone', 'sink.monitor'),
      device('alsa', 'microphone', 'plughw:CARD=PCH,DEV=0'),
      device('dshow', 'camera', '@device_pnp_x'),
      device('dshow', 'microphone', 'Микрофон'),
      device('avfoundation', 'camera', 'FaceTime HD Camera'),
      device('avfoundation', 'microphone', '1'),
      device('rtsp', 'camera', 'rtsp://cam/1'),
    ];
    const ends = devices.map((one) => inputArguments(one, { font: null }).slice(-2));
    expect(ends).toEqual([
      ['-i', '/dev/video0'],
      ['-i', 'sink.monitor'],
      ['-i', 'plughw:CARD=PCH,DEV=0'],
      ['-i', 'video=@device_pnp_x'],
      ['-i', 'audio=Микрофон'],
      ['-i', 'FaceTime HD Camera:none'],
      ['-i', 'none:1'],
      ['-i', 'rtsp://cam/1'],
    ]);
  });

  it('takes of a network camera what it stands for: pictures on the relay’s clock, or sound on the wall clock', () => {
    const of = (kind: Device['kind']) => inputArguments(device('rtsp', kind, 'rtsp://cam/1'), { font: null }).join(' ');
    expect(of('camera')).toContain('-copyts -allowed_media_types video -i');
    expect(of('microphone')).not.toContain('-use_wallclock_as_timestamps');
    expect(of('microphone')).toContain('-allowed_media_types audio -i');
    expect(of('microphone')).not.toContain('-copyts');
  });

  it('opens a relay’s address in a camera’s stead, and never one with a password', () => {
    const camera = device('rtsp', 'camera', 'rtsp://cam/1');
    expect(inputArguments(camera, { font: null, rtspAddress: 'rtsp://127.0.0.1:4000/t' }).at(-1)).toBe(
      'rtsp://127.0.0.1:4000/t',
    );
    const careless = device('rtsp', 'camera', 'rtsp://user:secret@cam/1');
    expect(refusal(() => inputArguments(careless, { font: null }))).toBe('DEVICE_ADDRESS_INVALID');
  });

  it('says SIMULATED in every simulated picture, with a font or without', () => {
    for (const address of ['room', 'face']) {
      const camera = { ...device('simulated', 'camera', address), simulated: true };
      expect(inputArguments(camera, { font: '/f.ttf' }).at(-1)).toContain("text='SIMULATED'");
      expect(inputArguments(camera, { font: 'C:/Windows/Fonts/consola.ttf' }).at(-1)).toContain('fontfile=C\\\\:/');
      expect(inputArguments(camera, { font: null }).at(-1)).not.toContain('drawtext');
      // Windows takes 32 767 characters for a whole command line.
      expect(inputArguments(camera, { font: null }).join(' ').length).toBeLessThan(24_000);
    }
    expect(refusal(() => inputArguments(device('simulated', 'camera', 'attic'), { font: null }))).toBe(
      'DEVICE_MISSING',
    );
  });

  it('offers a whole simulated room, marked as such', () => {
    for (const one of simulatedDevices) expect(Device.parse(one).simulated).toBe(true);
    expect(simulatedRoom().map((source) => SourceConfig.parse(source).id)).toEqual(['room', 'face', 'mic1', 'mic2']);
  });
});

describe('an RTSP address typed by hand', () => {
  it.each([
    ['rtsp://cam.local/stream', 'rtsp://cam.local/stream', 'cam.local/stream', null],
    ['RTSP://Cam.Local:554', 'rtsp://cam.local/', 'cam.local', null],
    [' rtsp://u:p@10.0.0.7:8554/a?b=1 ', 'rtsp://10.0.0.7:8554/a?b=1', '10.0.0.7:8554/a', ['u', 'p']],
    ['rtsp://admin:p@ss/w:rd#1@10.0.0.7/live', 'rtsp://10.0.0.7/live', '10.0.0.7/live', ['admin', 'p@ss/w:rd#1']],
    ['rtsp://admin:p%40ss%3A@[fe80::1]:554/x', 'rtsp://[fe80::1]/x', '[fe80::1]/x', ['admin', 'p@ss:']],
    ['rtsp://admin:100%@cam/x', 'rtsp://cam/x', 'cam/x', ['admin', '100%']],
    ['rtsp://admin@cam/x', 'rtsp://cam/x', 'cam/x', ['admin', '']],
    ['rtsp://cam/user@home', 'rtsp://cam/user@home', 'cam', null],
    ['rtsp://u:p@cam/user%40home', 'rtsp://cam/user%40home', 'cam', ['u', 'p']],
    ['rtsp://u:12/3@cam/user', 'rtsp://cam/user', 'cam', ['u', '12/3']],
  ])('%s', (typed, address, label, login) => {
    const parsed = parseRtspAddress(typed);
    const { credentials } = parsed;
    expect([parsed.address, parsed.label]).toEqual([address, label]);
    expect(credentials === null ? null : [credentials.user, credentials.password]).toEqual(login);
    const camera = rtspCamera(typed);
    expect(Device.parse(camera.device)).toEqual(camera.device);
    expect(camera.device.address).not.toContain('@10.');
    expect(camera.device.label).not.toContain('ss');
  });

  it.each([
    '',
    'http://cam/',
    'rtsp://',
    'rtsp:///x',
    'rtsp://cam:99999/',
    'rtsp://:p@cam/',
    'rtsp://a b/',
    'rtsp://u:p@',
  ])('refuses %j without repeating it', (typed) => {
    expect(refusal(() => parseRtspAddress(typed))).toBe('DEVICE_ADDRESS_INVALID');
  });
});
