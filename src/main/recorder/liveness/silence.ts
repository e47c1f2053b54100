import type { Level } from '../../../shared/domain/liveState.ts';

/** Below this a microphone hears nothing, where the room's own base line is not known. */
const SILENT_DB = -60;
/** How far below the room's ordinary noise a microphone is that hears nothing of it. */
const BELOW_BASE_LINE_DB = 8;
const LIMITS = { lowest: -90, highest: -45 } as const;
/** Sound has to be this much above, so that a level at the border does not come and go. */
const BACK_DB = 3;
/** Eight seconds of nothing, three tenths of sound: levels come ten a second. */
const SILENT_LEVELS = 80;
const HEARD_LEVELS = 3;

/** The level below which a microphone counts as silent. `noiseDb` = RMS of the room when nobody speaks, if it was measured. */
export function silentBelow(noiseDb: number | null): number {
  if (noiseDb === null) return SILENT_DB;
  return Math.min(LIMITS.highest, Math.max(LIMITS.lowest, noiseDb - BELOW_BASE_LINE_DB));
}

/** Whether a microphone has heard nothing for eight seconds. */
export class SilenceDetector {
  readonly #below: number;
  #quiet = 0;
  #heard = 0;
  #silent = false;

  constructor(noiseDb: number | null = null) {
    this.#below = silentBelow(noiseDb);
  }

  get silent(): boolean {
    return this.#silent;
  }

  take({ rms }: Level): void {
    if (rms < this.#below) {
      this.#quiet += 1;
      this.#heard = 0;
    } else if (rms >= this.#below + (this.#silent ? BACK_DB : 0)) {
      this.#heard += 1;
      if (!this.#silent || this.#heard >= HEARD_LEVELS) this.#quiet = 0;
    }
    this.#silent = this.#quiet >= SILENT_LEVELS;
  }
}
