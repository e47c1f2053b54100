import { lowMark } from '../../shared/domain/diskRoom.ts';

/** Tells once when the disks' room falls below an hour and once below a quarter of one; again if there was room since. */
export class DiskWatch {
  #told: 60 | 15 | null = null;

  /** `remainingMs` as it is now; gives the mark that was just passed, in minutes, or null. */
  look(remainingMs: number | null): 60 | 15 | null {
    const mark = lowMark(remainingMs);
    const passed = mark !== null && (this.#told === null || mark < this.#told);
    // A few files that come and go shall not ring the bell again and again.
    if (mark === null && (remainingMs ?? 0) > 75 * 60_000) this.#told = null;
    else if (passed) this.#told = mark;
    return passed ? mark : null;
  }
}
