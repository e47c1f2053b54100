import type { Device, DeviceBackend } from '../../../shared/domain/devices.ts';
import type { SourceFailure } from '../../../shared/domain/sourceFailure.ts';
import { parseRtspAddress } from '../../rooms/devices/index.ts';
import { readRunLog } from './logLines.ts';

/** What a line is judged with: by which way the device is reached, and whether it had been open already. */
export interface Seen {
  readonly backend: DeviceBackend;
  readonly opened: boolean;
}
type Predicate = (line: string, seen: Seen) => boolean;

/** The system's word for an error at the end of a line, where ffmpeg and ALSA put it: `…: WORD`, `… (WORD)`. */
const ends = (...words: string[]): RegExp => new RegExp(`(?:: |\\()(?:${words.join('|')})\\)?\\.?$`);

const noSpace = ends('No space left on device', 'Disk quota exceeded', 'There is not enough space on the disk');
const busyWord = ends('Device or resource busy', 'Resource busy');
const deniedWord = ends('Permission denied', 'Operation not permitted');
const absentWord = ends(
  'No such file or directory',
  'No such device',
  'No such device or address',
  'Device not configured',
);
const cutWord = ends(
  ...['Connection reset by peer', 'Connection timed out', 'Operation timed out', 'Broken pipe', 'End of file'],
  ...['Software caused connection abort', 'Error number -100(?:53|54|60) occurred'],
);
const unreachableWord = ends(
  ...['Connection refused', 'No route to host', 'Network is unreachable', 'Host is down', 'Network is down'],
  'Error number -(?:10061|10065|10051|11001) occurred',
);

/** Another program has the device, a camera has too many viewers, or the USB bus cannot carry one more. */
export const isDeviceBusy: Predicate = (line, { backend }) =>
  busyWord.test(line) ||
  /already in use by other application/.test(line) ||
  // AVFoundation says so of a device that another program holds; what it does not permit it words otherwise.
  (backend === 'avfoundation' && /Failed to create AV capture input device: Cannot use /.test(line)) ||
  // The kernel's answer to a stream for which the bus has no bandwidth left has nothing to do with a disk.
  (backend === 'v4l2' && /VIDIOC_\w+\): No space left on device$/.test(line)) ||
  (backend === 'rtsp' && /failed: (?:453|503) /.test(line));

/** The device is not there, or nothing answers at its address. */
export const isNotFound: Predicate = (line, { backend, opened }) => {
  if (opened) return false;
  switch (backend) {
    case 'v4l2':
      return absentWord.test(line) || /Inappropriate ioctl for device$|Not a video capture device/.test(line);
    case 'alsa':
      return absentWord.test(line) || /Cannot get card index for|Unknown PCM/.test(line);
    case 'pulse':
      // libavdevice gives PulseAudio's own error numbers as if they were the system's: 5 is "no such entity", 6
      // "connection refused", 3 (a context that failed at once) and 8 (no answer in time) are a server that is not there.
      return /: (?:Input\/output error|Exec format error|No such process)$/.test(line) || absentWord.test(line);
    case 'dshow':
      return /Could not find .*device with name|Could not enumerate \w+ devices/.test(line);
    case 'avfoundation':
      return /(?:Video|Audio) device not found|Invalid device index/.test(line);
    case 'rtsp':
      return unreachableWord.test(line) || cutWord.test(line) || /\b404 |Failed to resolve hostname/.test(line);
    case 'simulated':
      return false;
  }
};

/** The system does not let this account open it. */
export const isPermissionDenied: Predicate = (line, { backend }) =>
  backend !== 'rtsp' && (deniedWord.test(line) || /not authorized/i.test(line));

/** The camera wants another user name or password, or forbids this user its picture. */
export const isAuthenticationRefused: Predicate = (line, { backend }) =>
  backend === 'rtsp' && /\b40[13] (?:Unauthorized|Forbidden)/.test(line);

/** It is there, and sends nothing that can be recorded: no picture or sound of the asked kind, size or rate. */
export const isUnsupportedFormat: Predicate = (line, { backend, opened }) =>
  /Stream map '.*' matches no streams|does not contain any stream|Could not find codec parameters for stream/.test(
    line,
  ) ||
  /Could not write header|^Decoder .* not found|Decoding requested, but no decoder found/.test(line) ||
  (backend === 'v4l2' && /Cannot find a proper format|does not support the streaming I\/O method/.test(line)) ||
  (backend === 'alsa' &&
    /cannot set (?:channel count|sample rate|sample format)|sample format .* not supported/.test(line)) ||
  (backend === 'dshow' && /Could not set (?:video|audio) options/.test(line)) ||
  (backend === 'avfoundation' && /is not supported by (?:the device|the input device|AVFoundation)/.test(line)) ||
  (backend === 'rtsp' && /failed: (?:415|461) |Nonmatching transport/.test(line)) ||
  (backend !== 'rtsp' && !opened && /: Invalid data found when processing input$/.test(line));

/** It was there and went away. */
export const isConnectionLost: Predicate = (line, { backend, opened }) =>
  backend === 'rtsp'
    ? // A camera that hangs up while it is asked is told as rubbish by ffmpeg.
      (opened && (cutWord.test(line) || unreachableWord.test(line))) ||
      /: Invalid data found when processing/.test(line)
    : opened &&
      (absentWord.test(line) ||
        /: (?:Input\/output error|Generic error in an external library|I\/O error)$/.test(line));

/** The disk on which ffmpeg writes is full. A recording's ffmpegs write to pipes only; exports and copies write files. */
export const isDiskFull: Predicate = (line, seen) => noSpace.test(line) && !isDeviceBusy(line, seen);

const predicates: readonly (readonly [Exclude<SourceFailure, 'unknown'>, Predicate])[] = [
  ['authentication-refused', isAuthenticationRefused],
  ['device-busy', isDeviceBusy],
  ['disk-full', isDiskFull],
  ['permission-denied', isPermissionDenied],
  ['unsupported-format', isUnsupportedFormat],
  ['not-found', isNotFound],
  ['connection-lost', isConnectionLost],
];

export interface FailureHints {
  /** The relay's code for why the camera gave nothing (`OpenedInput.problem()`): it knows before ffmpeg does. */
  readonly problem?: string | null;
  /** The run had sent something, which the end of a long log may not show any more. */
  readonly sent?: boolean;
}

/**
 * Why a source's ffmpeg ended, out of the last few kilobytes that it printed, with the line that says so: bounded, without
 * credentials, a relay's address shown as the camera's. The newest complaint that is understood decides. A device that had
 * been open and ended without a word has gone away (a camera that hangs up does so). Where nothing is understood the code
 * is `unknown` and the line the last that says something, `–` when ffmpeg printed nothing.
 */
export function readFailure(
  logTail: string,
  device: Device,
  { problem = null, sent = false }: FailureHints = {},
): { code: SourceFailure; line: string } {
  const log = readRunLog(logTail);
  const seen: Seen = { backend: device.backend, opened: sent || log.opened };
  const show = (text: string | null): string => (text === null ? '–' : withoutSecrets(text, device));
  const last = show(log.last);
  const known = problemCode(problem);
  if (known !== null) return { code: known, line: last === '–' ? (problem ?? last) : last };
  for (const { text } of log.complaints.toReversed()) {
    const code = predicates.find(([, says]) => says(text, seen))?.[0];
    if (code !== undefined) return { code, line: show(text) };
  }
  return { code: seen.opened && log.complaints.length === 0 ? 'connection-lost' : 'unknown', line: last };
}

function problemCode(problem: string | null): SourceFailure | null {
  switch (problem) {
    case 'DEVICE_LOGIN_REFUSED':
      return 'authentication-refused';
    case 'DEVICE_UNREACHABLE':
    case 'DEVICE_MISSING':
    case 'DEVICE_ADDRESS_INVALID':
      return 'not-found';
    default:
      return null;
  }
}

/** A camera's path may hold its password as well: of every network address only the host is left. */
function withoutSecrets(text: string, device: Device): string {
  return text.replaceAll(/\b(rtsps?|tcp|udp|https?):\/\/[^\s'"]+?(?=[:,]?(?:\s|$)|['"])/gi, () => {
    return device.backend === 'rtsp' ? cameraName(device) : '…';
  });
}

function cameraName(device: Device): string {
  try {
    return `rtsp://${parseRtspAddress(device.address).label}`;
  } catch {
    return device.label;
  }
}
