import { describe, expect, it } from 'vitest';
import { readFailure } from '../../../src/main/recorder/ffmpeg/failures.ts';
import { type Device, DeviceBackend } from '../../../src/shared/domain/devices.ts';
import { SourceFailure } from '../../../src/shared/domain/sourceFailure.ts';

const device = (backend: DeviceBackend, kind: Device['kind'], address: string): Device => ({
  ...{ backend, kind, address, label: 'The device' },
  simulated: backend === 'simulated',
});
const v4l2 = device('v4l2', 'camera', '/dev/video0');
const alsa = device('alsa', 'microphone', 'plughw:CARD=U20,DEV=0');
const pulse = device('pulse', 'microphone', 'room.monitor');
const dshow = device('dshow', 'camera', 'HD Webcam');
const dshowSound = device('dshow', 'microphone', 'Mikrofon');
const avf = device('avfoundation', 'camera', 'FaceTime HD Camera');
const avfSound = device('avfoundation', 'microphone', '1');
const rtsp = device('rtsp', 'camera', 'rtsp://10.0.0.7/cam/main?password=geheim');
const simulated = device('simulated', 'camera', 'room');

/** What a run prints once its input is open, as ffmpeg 5.1 does with `-loglevel level+info`. */
const head = (format: string, address: string): string[] => [
  `[info] Input #0, ${format}, from '${address}':`,
  '[info]   Metadata:',
  '[info]     title           : No Name',
  '[info]   Duration: N/A, start: 1795303422.667033, bitrate: N/A',
  '[info]   Stream #0:0: Video: h264 (Constrained Baseline), yuv420p(progressive), 1280x720, 25 fps, 90k tbn',
  '[info] Stream mapping:',
  '[info]   Stream #0:0 -> #0:0 (copy)',
  "[info] Output #0, mp4, to 'pipe:1':",
];
const foot = [
  '[info] frame=   76 fps= 25 q=-1.0 Lsize=     101kB time=00:00:03.84 bitrate= 216.1kbits/s speed=1.27x    ',
  '[info] video:99kB audio:0kB subtitle:0kB other streams:0kB global headers:0kB muxing overhead: 1.977495%',
  '[aac @ 0x56246e340fc0] [info] Qavg: 65536.000',
  '',
];
const relay = 'rtsp://127.0.0.1:41541/kT3xUuyX2oZ';

/** Lines seen with ffmpeg 5.1.9 on Debian 12 when the failure was brought about. */
const seen: [string, Device, string[], SourceFailure, string][] = [
  [
    'a camera that is not there',
    v4l2,
    [
      '[video4linux2,v4l2 @ 0x55f033f3a900] [error] Cannot open video device /dev/video0: No such file or directory',
      '[error] /dev/video0: No such file or directory',
    ],
    'not-found',
    '/dev/video0: No such file or directory',
  ],
  [
    'a node that is no camera',
    v4l2,
    [
      '[video4linux2,v4l2 @ 0x55bbbdea1900] [error] ioctl(VIDIOC_QUERYCAP): Inappropriate ioctl for device',
      '[error] /dev/video0: Inappropriate ioctl for device',
    ],
    'not-found',
    '/dev/video0: Inappropriate ioctl for device',
  ],
  [
    'a node behind which nothing stands',
    v4l2,
    ['[video4linux2,v4l2 @ 0x1] [error] Cannot open video device /dev/video0: No such device or address'],
    'not-found',
    'video4linux2,v4l2: Cannot open video device /dev/video0: No such device or address',
  ],
  [
    'a camera of another account',
    v4l2,
    [
      '[video4linux2,v4l2 @ 0x55f7fafbc900] [error] Cannot open video device /dev/video0: Permission denied',
      '[error] /dev/video0: Permission denied',
    ],
    'permission-denied',
    '/dev/video0: Permission denied',
  ],
  [
    'a sound card that is not there',
    alsa,
    [
      'ALSA lib confmisc.c:165:(snd_config_get_card) Cannot get card index for U20',
      '[alsa @ 0x5611c45ec900] [error] cannot open audio device plughw:CARD=U20,DEV=0 (No such device)',
      '[error] plughw:CARD=U20,DEV=0: Input/output error',
    ],
    'not-found',
    'alsa: cannot open audio device plughw:CARD=U20,DEV=0 (No such device)',
  ],
  [
    'a sound server that is not there',
    pulse,
    ['[error] nothing: No such process'],
    'not-found',
    'nothing: No such process',
  ],
  [
    'a source that the sound server does not know',
    pulse,
    ['[error] nothing: Input/output error'],
    'not-found',
    'nothing: Input/output error',
  ],
  [
    'a sound server that ends',
    pulse,
    [...head('pulse', 'room.monitor'), '[error] room.monitor: Generic error in an external library', ...foot],
    'connection-lost',
    'room.monitor: Generic error in an external library',
  ],
  [
    'a wrong password',
    rtsp,
    [
      '[rtsp @ 0x55e675593b00] [error] method DESCRIBE failed: 401 Unauthorized',
      `[error] ${relay}: Server returned 401 Unauthorized (authorization failed)`,
    ],
    'authentication-refused',
    'rtsp://10.0.0.7/cam/main: Server returned 401 Unauthorized (authorization failed)',
  ],
  [
    'a user who may not see',
    rtsp,
    [
      '[rtsp @ 0x55e50cb97b00] [error] method DESCRIBE failed: 403 Forbidden',
      `[error] ${relay}: Server returned 403 Forbidden (access denied)`,
    ],
    'authentication-refused',
    'rtsp://10.0.0.7/cam/main: Server returned 403 Forbidden (access denied)',
  ],
  [
    'a wrong path',
    rtsp,
    [
      '[rtsp @ 0x564671878b00] [error] method DESCRIBE failed: 404 Not Found',
      `[error] ${relay}: Server returned 404 Not Found`,
    ],
    'not-found',
    'rtsp://10.0.0.7/cam/main: Server returned 404 Not Found',
  ],
  [
    'a camera with too many viewers',
    rtsp,
    [
      '[rtsp @ 0x55ed7f501b00] [error] method DESCRIBE failed: 453 Not Enough Bandwidth',
      `[error] ${relay}: Server returned 4XX Client Error, but not one of 40{0,1,3,4}`,
    ],
    'device-busy',
    'rtsp: method DESCRIBE failed: 453 Not Enough Bandwidth',
  ],
  [
    'a camera that is off',
    rtsp,
    [
      '[tcp @ 0x560cae03a880] [error] Connection to tcp://127.0.0.1:9?timeout=3000000 failed: Connection refused',
      '[error] rtsp://127.0.0.1:9/x: Connection refused',
    ],
    'not-found',
    'rtsp://10.0.0.7/cam/main: Connection refused',
  ],
  [
    'a name that nobody has',
    rtsp,
    [
      '[tcp @ 0x56526ac48880] [error] Failed to resolve hostname nohost.invalid: Name or service not known',
      '[error] rtsp://nohost.invalid/x: Input/output error',
    ],
    'not-found',
    'tcp: Failed to resolve hostname nohost.invalid: Name or service not known',
  ],
  [
    'a camera that hangs up when it is asked',
    rtsp,
    [`[error] ${relay}: Invalid data found when processing input`],
    'connection-lost',
    'rtsp://10.0.0.7/cam/main: Invalid data found when processing input',
  ],
  [
    'a camera that hangs up while it sends: ffmpeg says nothing',
    rtsp,
    [...head('rtsp', relay), ...foot],
    'connection-lost',
    '–',
  ],
  [
    'a camera that falls silent',
    rtsp,
    [...head('rtsp', relay), `[error] ${relay}: Connection timed out`, ...foot],
    'connection-lost',
    'rtsp://10.0.0.7/cam/main: Connection timed out',
  ],
  [
    'a camera without sound that stands for a microphone',
    rtsp,
    [...head('rtsp', relay), "[fatal] Stream map '0:a:0' matches no streams."],
    'unsupported-format',
    "Stream map '0:a:0' matches no streams.",
  ],
  [
    'a full disk',
    simulated,
    [
      ...head('lavfi', 'testsrc2'),
      '[error] av_interleaved_write_frame(): No space left on device',
      '[error] Error writing trailer of /x.mp4: No space left on device',
    ],
    'disk-full',
    'Error writing trailer of /x.mp4: No space left on device',
  ],
  [
    'an ffmpeg without this way of recording',
    dshow,
    ["[fatal] Unknown input format: 'dshow'"],
    'unknown',
    "Unknown input format: 'dshow'",
  ],
];

/**
 * What cannot be brought about on the machine of the tests, worded as the sources of libavdevice word it (v4l2.c, alsa.c,
 * dshow.c, avfoundation.m) with the C library's words for errors; those of ffmpeg 7 and later where they differ.
 */
const worded: [string, Device, string[], SourceFailure][] = [
  [
    'v4l2: another program films',
    v4l2,
    [
      '[video4linux2,v4l2 @ 0x1] [error] ioctl(VIDIOC_STREAMON): Device or resource busy',
      '[error] /dev/video0: Device or resource busy',
    ],
    'device-busy',
  ],
  [
    'v4l2: the USB bus is full, which the kernel words like a disk',
    v4l2,
    ['[video4linux2,v4l2 @ 0x1] [error] ioctl(VIDIOC_STREAMON): No space left on device'],
    'device-busy',
  ],
  [
    'v4l2: a format that the camera does not have',
    v4l2,
    [
      "[video4linux2,v4l2 @ 0x1] [error] Cannot find a proper format for codec 'mjpeg' (id 7), pixel format 'none' (id -1)",
      '[error] /dev/video0: Invalid argument',
    ],
    'unsupported-format',
  ],
  [
    'v4l2: unplugged while it films',
    v4l2,
    [
      ...head('video4linux2,v4l2', '/dev/video0'),
      '[video4linux2,v4l2 @ 0x1] [error] ioctl(VIDIOC_DQBUF): No such device',
      '[error] /dev/video0: No such device',
      ...foot,
    ],
    'connection-lost',
  ],
  [
    'alsa: another program listens',
    alsa,
    [
      '[alsa @ 0x1] [error] cannot open audio device plughw:CARD=U20,DEV=0 (Device or resource busy)',
      '[error] plughw:CARD=U20,DEV=0: Input/output error',
    ],
    'device-busy',
  ],
  [
    'alsa: not in the group audio',
    alsa,
    [
      '[alsa @ 0x1] [error] cannot open audio device plughw:CARD=U20,DEV=0 (Permission denied)',
      '[error] plughw:CARD=U20,DEV=0: Input/output error',
    ],
    'permission-denied',
  ],
  [
    'alsa: a card that has no mono',
    alsa,
    [
      '[alsa @ 0x1] [error] cannot set channel count to 1 (Invalid argument)',
      '[error] plughw:CARD=U20,DEV=0: Input/output error',
    ],
    'unsupported-format',
  ],
  [
    'alsa: unplugged while it listens',
    alsa,
    [
      ...head('alsa', 'plughw'),
      '[alsa @ 0x1] [error] ALSA read error: No such device',
      '[error] plughw:CARD=U20,DEV=0: Input/output error',
    ],
    'connection-lost',
  ],
  ['pulse: a server that knows another cookie', pulse, ['[error] room: Operation not permitted'], 'permission-denied'],
  [
    'dshow: another program films',
    dshow,
    [
      '[dshow @ 000001f7f8c5d0c0] [error] Could not run graph (sometimes caused by a device already in use by other application)',
      '[error] video=HD Webcam: I/O error',
    ],
    'device-busy',
  ],
  [
    'dshow of ffmpeg 7: not plugged in',
    dshowSound,
    [
      '[in#0 @ 000001f7f8c5d0c0] [error] Could not find audio only device with name [Mikrofon] among source devices of type audio.',
      '[in#0 @ 000001f7f8c5d0c0] [error] Error opening input: I/O error',
      '[error] Error opening input file audio=Mikrofon.',
      '[error] Error opening input files: I/O error',
    ],
    'not-found',
  ],
  [
    'dshow: no camera at all',
    dshow,
    [
      '[dshow @ 0000020b] [error] Could not enumerate video devices (or none found).',
      '[error] video=HD Webcam: I/O error',
    ],
    'not-found',
  ],
  [
    'dshow: a size that the camera does not have',
    dshow,
    ['[dshow @ 0000020b] [error] Could not set video options', '[error] video=HD Webcam: I/O error'],
    'unsupported-format',
  ],
  [
    'avfoundation: not plugged in',
    avf,
    [
      '[AVFoundation indev @ 0x7fc4e2904a40] [error] Video device not found',
      '[error] Error opening input files: Input/output error',
    ],
    'not-found',
  ],
  [
    'avfoundation: not allowed in the privacy settings',
    avf,
    [
      '[AVFoundation indev @ 0x1] [error] Failed to create AV capture input device: This app is not authorized to use FaceTime HD Camera.',
      '[error] FaceTime HD Camera:none: Input/output error',
    ],
    'permission-denied',
  ],
  [
    'avfoundation: another program listens',
    avfSound,
    [
      '[AVFoundation indev @ 0x1] [error] Failed to create AV capture input device: Cannot use Built-in Microphone',
      '[error] none:1: Input/output error',
    ],
    'device-busy',
  ],
  [
    'avfoundation: a rate that the camera does not have',
    avf,
    [
      '[avfoundation @ 0x1] [error] Selected framerate (29.970030) is not supported by the device.',
      '[avfoundation @ 0x1] [error] Supported modes:',
      '[avfoundation @ 0x1] [error]   1280x720@[1.000000 30.000000]fps',
      '[error] FaceTime HD Camera:none: Input/output error',
    ],
    'unsupported-format',
  ],
  [
    'rtsp: HEVC or pictures without a size',
    rtsp,
    ['[rtsp @ 0x1] [warning] Could not find codec parameters for stream 0 (Video: h264, none): unspecified size'],
    'unsupported-format',
  ],
  [
    'rtsp on Windows: reset by the camera',
    rtsp,
    [...head('rtsp', relay), `[error] ${relay}: Error number -10054 occurred`],
    'connection-lost',
  ],
];

describe('why a source gives nothing', () => {
  it.each(seen)('%s', (_, one, lines, code, line) => {
    expect(readFailure(lines.join('\n'), one)).toEqual({ code, line });
  });

  it.each(worded)('%s', (_, one, lines, code) => {
    expect(readFailure(lines.join('\n'), one).code).toBe(code);
  });

  it('knows every kind of failure in some of these, and every backend', () => {
    const known = [...seen, ...worded];
    expect(new Set(known.map(([, , , code]) => code))).toEqual(new Set(SourceFailure.options));
    expect(new Set(known.map(([, { backend }]) => backend))).toEqual(new Set(DeviceBackend.options));
  });

  it('takes the relay’s word before ffmpeg’s', () => {
    const log = `[error] ${relay}: Invalid data found when processing input`;
    expect(readFailure(log, rtsp, { problem: 'DEVICE_UNREACHABLE' }).code).toBe('not-found');
    expect(readFailure(log, rtsp, { problem: 'DEVICE_LOGIN_REFUSED' }).code).toBe('authentication-refused');
    expect(readFailure('', simulated, { problem: 'DEVICE_MISSING' })).toEqual({
      code: 'not-found',
      line: 'DEVICE_MISSING',
    });
  });

  it('knows from its caller that a device had been open when the log’s head is gone', () => {
    const flood = Array.from({ length: 60 }, () => '[mjpeg @ 0x1] [error] error y=44 x=3').join('\n');
    const log = `${flood}\n[video4linux2,v4l2 @ 0x1] [error] ioctl(VIDIOC_DQBUF): No such device`;
    expect(readFailure(log, v4l2).code).toBe('not-found');
    expect(readFailure(log, v4l2, { sent: true }).code).toBe('connection-lost');
  });

  it('does not take a damaged picture in a running stream for the reason', () => {
    const log = [
      ...head('v4l2', '/dev/video0'),
      '[error] Error while decoding stream #0:0: Invalid data found when processing input',
    ];
    expect(readFailure(log.join('\n'), v4l2).code).toBe('unknown');
  });

  it('shows no password, whatever stands in the camera’s address, and is bounded', () => {
    const address = 'rtsp://10.0.0.7/live/password=geheim';
    const bare = device('rtsp', 'camera', address);
    const log = `[error] rtsp://admin:geheim@10.0.0.7/live/password=geheim: ${'x'.repeat(5000)}`;
    const { code, line } = readFailure(log, bare);
    expect(code).toBe('unknown');
    expect(line).not.toContain('geheim');
    expect(line).toContain('rtsp://10.0.0.7: x');
    expect(line.length).toBeLessThan(300);
  });

  it('says that nothing was said', () => {
    expect(readFailure('', v4l2)).toEqual({ code: 'unknown', line: '–' });
    expect(readFailure('\n\r\n', simulated)).toEqual({ code: 'unknown', line: '–' });
  });
});
