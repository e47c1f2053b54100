import type { Device, SourceSecrets } from '../../../shared/domain/devices.ts';
import type { Refusal } from '../../../shared/errors.ts';
import { inputArguments } from './inputArguments.ts';
import { startRtspRelay } from './rtspRelay.ts';

/** A device made ready for ffmpeg. */
export interface OpenInput {
  /** ffmpeg's input arguments; the same for every run of ffmpeg on this input. No secret is in them. */
  readonly arguments: readonly string[];
  /** Why a network camera could not be reached (DEVICE_UNREACHABLE, DEVICE_LOGIN_REFUSED), or null. */
  problem(): Refusal | null;
  /** Call after ffmpeg has ended for the last time. */
  close(): Promise<void>;
}

/**
 * Makes `device` ready to be opened by ffmpeg, as often as needed until `close`. Every network camera goes through a relay
 * of its own (`rtspRelay.ts`), also without credentials, since many have their password in the path. `font` as in
 * `inputArguments`. Rejects with DEVICE_ADDRESS_INVALID or DEVICE_MISSING.
 */
export async function openInput(
  device: Device,
  { font, secrets }: { readonly font: string | null; readonly secrets: SourceSecrets },
): Promise<OpenInput> {
  if (device.backend !== 'rtsp') {
    return { arguments: inputArguments(device, { font }), problem: () => null, close: () => Promise.resolve() };
  }
  const relay = await startRtspRelay({ camera: device.address, credentials: secrets[device.address] ?? null });
  return {
    arguments: inputArguments(device, { font, rtspAddress: relay.address }),
    problem: () => relay.problem(),
    close: () => relay.stop(),
  };
}
