import type { Device } from '../../../shared/domain/devices.ts';
import { isPracticeDevice, simulationOf } from '../../../shared/domain/practice.ts';
import { Refusal } from '../../../shared/errors.ts';
import { simulatedScene } from './simulatedScene.ts';
import { simulatedVoice } from './simulatedVoice.ts';

export interface InputOptions {
  /** Font for simulated pictures (`findClockFont()`), or null to draw the letters. */
  readonly font: string | null;
  /** For RTSP: the relay's address to open instead of the camera's own (`openInput`). Never one with credentials. */
  readonly rtspAddress?: string;
  /** For v4l2: the format to ask the camera for (`askV4l2Format`), or null to leave it to ffmpeg. */
  readonly v4l2Format?: 'mjpeg' | null;
}

/** What is asked of a USB camera. */
export const pictureSize = '1280x720';

/**
 * ffmpeg's input arguments up to and including `-i …` for one device: one video stream (1280×720 at 25, from
 * AVFoundation 30, from RTSP whatever the camera sends) or one audio stream (48 kHz mono). The `start: SECONDS` that
 * ffmpeg prints places the track in time: an RTSP input's stamps count on the relay's clock, a v4l2 camera's are the
 * kernel's (the monotonic clock with all but old drivers), the others' are the wall clock. Pure; no argument
 * holds a password: an address with credentials is refused with DEVICE_ADDRESS_INVALID.
 */
export function inputArguments(device: Device, options: InputOptions): string[] {
  const { address, kind } = device;
  const wallClock = ['-use_wallclock_as_timestamps', '1'];
  switch (device.backend) {
    case 'simulated':
      return [...pace(device), '-f', 'lavfi', '-i', simulation(device, options.font)];
    case 'rtsp': {
      const opened = options.rtspAddress ?? address;
      if (/^rtsp:\/\/[^/?]*@/i.test(opened)) throw new Refusal('DEVICE_ADDRESS_INVALID');
      const network = ['-rtsp_transport', 'tcp', '-timeout', '3000000', '-analyzeduration', '1000000'];
      // A camera's own sound, where it stands for a microphone.
      if (kind === 'microphone') return [...network, '-allowed_media_types', 'audio', '-i', opened];
      // The relay's stamps are kept as they are, whether the stream begins with a key frame or amid its pictures. Its
      // sound is not taken; with a second stream ffmpeg would also place the pictures by it.
      return [...network, '-copyts', '-allowed_media_types', 'video', '-i', opened];
    }
    case 'v4l2': {
      const format = options.v4l2Format ? ['-input_format', options.v4l2Format] : [];
      return ['-f', 'v4l2', ...format, '-framerate', '25', '-video_size', pictureSize, '-i', address];
    }
    case 'pulse':
      // 100 ms of sound at a time; its stamps are the wall clock less what the server says it has buffered.
      return ['-f', 'pulse', '-sample_rate', '48000', '-channels', '1', '-fragment_size', '9600', '-i', address];
    case 'alsa':
      return ['-f', 'alsa', '-sample_rate', '48000', '-channels', '1', '-i', address];
    case 'dshow':
      return kind === 'camera'
        ? [
            ...wallClock,
            ...['-f', 'dshow', '-rtbufsize', '128M', '-framerate', '25', '-video_size', pictureSize],
            ...['-i', `video=${address}`],
          ]
        : [...wallClock, '-f', 'dshow', '-audio_buffer_size', '50', '-sample_rate', '48000', '-i', `audio=${address}`];
    case 'avfoundation':
      return kind === 'camera'
        ? [
            ...wallClock,
            ...['-f', 'avfoundation', '-framerate', '30', '-video_size', pictureSize, '-pixel_format', 'nv12'],
            ...['-i', `${address}:none`],
          ]
        : [...wallClock, '-f', 'avfoundation', '-i', `none:${address}`];
  }
}

/** A hurried simulation makes eight seconds in one: for benches of long recordings; no list of devices offers it. */
const HURRIED = '8';
const pace = (device: Device) => (device.address.startsWith('hurried-') ? ['-readrate', HURRIED] : ['-re']);

function simulation(device: Device, font: string | null): string {
  const practice = isPracticeDevice(device);
  const simulated = simulationOf(device.address);
  switch (simulated) {
    case 'hurried-room':
    case 'hurried-face':
      return 'testsrc2=s=320x180:r=25,format=yuv420p';
    case 'hurried-mic1':
    case 'hurried-mic2':
      return 'sine=f=220:r=48000';
    // A covered lens and a muted microphone, for tests of what watches over them; no list of devices offers them either.
    case 'dark-room':
    case 'dark-face':
      return 'color=c=black:s=1280x720:r=25,format=yuv420p';
    case 'mute-mic1':
    case 'mute-mic2':
      return 'anullsrc=r=48000:cl=mono';
    case 'room':
    case 'face':
      return simulatedScene(simulated, font, practice);
    case 'mic1':
    case 'mic2':
    case 'interpreter':
      return simulatedVoice(simulated);
    default:
      throw new Refusal('DEVICE_MISSING', { device: device.label });
  }
}
