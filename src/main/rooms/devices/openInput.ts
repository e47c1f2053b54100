import type { Device, SourceSecrets } from '../../../shared/domain/devices.ts';
import type { Refusal } from '../../../shared/errors.ts';
import { findFfmpeg } from '../ffmpeg/index.ts';
import { inputArguments, pictureSize } from './inputArguments.ts';
import { startRtspRelay } from './rtspRelay.ts';
import { askV4l2Format } from './v4l2Format.ts';

/** A device made ready for ffmpeg. */
export interface OpenInput {
  /** ffmpeg's input arguments; the same for every run of ffmpeg on this input. No secret is in them. */
  readonly arguments: readonly string[];
  /** Why a network camera could not be reached (DEVICE_UNREACHABLE, DEVICE_LOGIN_REFUSED), or null. */
  problem(): Refusal | null;
  /** Monotonic time of time 0 of the input's stamps where that is known (network cameras: `RtspRelay.zeroNs`), or null. */
  zeroNs(): bigint | null;
  /** Call after ffmpeg has ended for the last time. */
  close(): Promise<void>;
}

export interface OpenInputOptions {
  /** As in `inputArguments`. */
  readonly font: string | null;
  readonly secrets: SourceSecrets;
  /** Path of ffmpeg, asked for a USB camera's formats; when absent, the one that `findFfmpeg` finds. */
  readonly ffmpeg?: string;
}

/**
 * Makes `device` ready to be opened by ffmpeg, as often as needed until `close`. Every network camera goes through a relay
 * of its own (`rtspRelay.ts`), also without credentials, since many have their password in the path. A USB camera is asked
 * for its formats first. Rejects with DEVICE_ADDRESS_INVALID or DEVICE_MISSING.
 */
export async function openInput(device: Device, options: OpenInputOptions): Promise<OpenInput> {
  const { font, secrets } = options;
  if (device.backend === 'rtsp') {
    const relay = await startRtspRelay({ camera: device.address, credentials: secrets[device.address] ?? null });
    return {
      arguments: inputArguments(device, { font, rtspAddress: relay.address }),
      problem: () => relay.problem(),
      zeroNs: () => relay.zeroNs(),
      close: () => relay.stop(),
    };
  }
  const ffmpeg = device.backend === 'v4l2' ? (options.ffmpeg ?? findFfmpeg({ env: process.env })) : null;
  const v4l2Format = ffmpeg === null ? null : await askV4l2Format(ffmpeg, device.address, pictureSize);
  return {
    arguments: inputArguments(device, { font, v4l2Format }),
    problem: () => null,
    zeroNs: () => null,
    close: () => Promise.resolve(),
  };
}
