import type { Level } from '../../../shared/domain/liveState.ts';

/** A peak this high is a converter at its end. */
const CLIPS_DB = -0.3;
/** One slammed door is no fault: five tenths of a second within two seconds are. */
const WINDOW = 20;
const CLIPPED = 5;
/** It is over when none has clipped for five seconds. */
const CLEAN = 50;

/** Whether a microphone is driven into its limit again and again. */
export class ClippingDetector {
  #window: boolean[] = [];
  #clean = 0;
  #clipping = false;

  get clipping(): boolean {
    return this.#clipping;
  }

  take({ peak }: Level): void {
    const clips = peak >= CLIPS_DB;
    this.#clean = clips ? 0 : this.#clean + 1;
    this.#window = [...this.#window.slice(-(WINDOW - 1)), clips];
    if (this.#clipping) this.#clipping = this.#clean < CLEAN;
    else this.#clipping = this.#window.filter((one) => one).length >= CLIPPED;
  }
}
