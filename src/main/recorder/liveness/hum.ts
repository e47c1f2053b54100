import type { Level } from '../../../shared/domain/liveState.ts';

/** Six seconds of levels. Speech and a room's life never stay within so narrow a band for that long. */
const WINDOW = 60;
const STEADY_DB = 2;
/** Quieter than this it disturbs nobody. */
const AUDIBLE_DB = -50;
/** Peak above RMS: 3 dB for a pure tone, up to 9 for mains hum with its harmonics, 11 and more for noise and fans. */
const LARGEST_CREST_DB = 9;
/** It is over when one second was none of that. */
const OVER = 10;

/**
 * Whether a microphone hears one steady tone and nothing else: mains hum of a bad cable, a feedback whistle, a test tone.
 * Told by the levels alone: a hum under speech is not noticed until the speech pauses for six seconds.
 */
export class HumDetector {
  #window: Level[] = [];
  #other = 0;
  #humming = false;

  get humming(): boolean {
    return this.#humming;
  }

  take(level: Level): void {
    this.#window = [...this.#window.slice(-(WINDOW - 1)), level];
    if (this.#humming) {
      this.#other = this.#isSteady(this.#window.slice(-OVER)) ? 0 : this.#other + 1;
      this.#humming = this.#other < OVER;
      if (!this.#humming) this.#window = [];
      return;
    }
    this.#other = 0;
    this.#humming = this.#window.length === WINDOW && this.#isSteady(this.#window);
  }

  #isSteady(levels: readonly Level[]): boolean {
    const rms = levels.map((level) => level.rms);
    const lowest = Math.min(...rms);
    if (lowest < AUDIBLE_DB || Math.max(...rms) - lowest > STEADY_DB) return false;
    const crest = levels.reduce((sum, { peak, rms: one }) => sum + (peak - one), 0) / levels.length;
    return crest <= LARGEST_CREST_DB;
  }
}
