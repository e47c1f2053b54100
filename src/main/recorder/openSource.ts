import type { SourceConfig, SourceSecrets } from '../../shared/domain/devices.ts';
import { findClockFont, openInput } from '../rooms/devices/index.ts';
import type { OpenedInput } from './ffmpeg/sourcePorts.ts';

/**
 * Makes a source's device ready for one run of ffmpeg. A network camera gets a loopback relay of its own, which holds
 * the password; the relay's address is what stands in the arguments. Rejects as `openInput` does.
 */
export async function openSource(source: SourceConfig, secrets: SourceSecrets, ffmpeg: string): Promise<OpenedInput> {
  const { device } = source;
  const input = await openInput(device, { font: findClockFont(), secrets, ffmpeg });
  return {
    args: input.arguments,
    relay: device.backend === 'rtsp' ? (input.arguments.at(-1) ?? null) : null,
    problem: () => input.problem()?.code ?? null,
    zeroNs: () => input.zeroNs(),
    close: () => input.close(),
  };
}
