import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Has the system run a process before others; it must lead a session of its own (`detached`), since Linux weighs sessions
 * first (sched(7), autogroups). Nothing happens where that is not allowed: the figures then say how late it was.
 */
export function preferProcess(pid: number): void {
  try {
    setPriority(pid, -15);
    writeFileSync(`/proc/${pid}/autogroup`, '-15');
  } catch {
    // Not root, or no autogroups: it is one among others.
  }
}
