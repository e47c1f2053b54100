import { constants, setPriority } from 'node:os';

/**
 * Has a process of the recording come before the machine's other work; the recorder itself, then each ffmpeg. False where
 * the system does not let this account do so (on Linux it takes root or a limit that allows it): then it runs as all others do.
 */
export function comeFirst(pid: number): boolean {
  try {
    setPriority(pid, constants.priority.PRIORITY_ABOVE_NORMAL);
    return true;
  } catch {
    return false;
  }
}
