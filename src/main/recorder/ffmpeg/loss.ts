import type { Device } from '../../../shared/domain/devices.ts';
import { isPictureLine } from '../liveness/pictureLog.ts';
import { readFailure } from './failures.ts';
import type { Loss, LossCause } from './sourcePorts.ts';

export interface Ending {
  readonly cause: LossCause;
  /** The opened input's own word for what is wrong, or null. */
  readonly problem: string | null;
  /** The run had sent something. */
  readonly sent: boolean;
}

/** How a run was lost, out of the end of its log. What cannot be read as pictures or sound is so whatever the log says. */
export function lossOf(device: Device, words: string, { cause, problem, sent }: Ending): Loss {
  const log = words.split(/\r?\n/).filter((line) => !isPictureLine(line));
  const { code, line } = readFailure(log.join('\n'), device, { problem, sent });
  return { cause, failure: cause === 'damaged' ? 'unsupported-format' : code, line };
}
