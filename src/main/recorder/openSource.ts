import type { SourceConfig, SourceSecrets } from '../../shared/domain/devices.ts';
import { findClockFont, inputArguments } from '../rooms/devices/index.ts';
import type { OpenedInput } from './ffmpeg/sourceRunner.ts';

/** Input arguments for a source's device, and what has to stand behind them while its ffmpeg runs. */
export async function openSource(source: SourceConfig, _secrets: SourceSecrets): Promise<OpenedInput> {
  return { args: inputArguments(source.device, { font: findClockFont() }), relay: null, close: async () => undefined };
}
