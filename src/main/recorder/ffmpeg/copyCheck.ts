import type { Fragment } from '../media/fragment.ts';
import type { InitSection } from '../media/initSection.ts';

/**
 * Key frames further apart than two seconds make segments too long to check, seek and lose. A camera's two seconds are not
 * ours to the last frame: its clock is off, and the relay leads it back by up to a hundredth.
 */
const LONGEST_SECONDS = 2.1;

/** Why a camera's own stream cannot be kept as it comes. */
export type CopyObjection = 'codec' | 'key-frames';

/**
 * Looks whether a network camera's stream can be copied: H.264, which every player decodes (many cameras send HEVC out
 * of the box), with key frames at most two seconds apart.
 */
export class CopyCheck {
  readonly #init: InitSection;
  #keyFrame: number | null = null;

  constructor(init: InitSection) {
    this.#init = init;
  }

  /** What is wrong with the stream as far as its beginning tells. */
  get objection(): CopyObjection | null {
    return this.#init.kind === 'video' && !/^avc[13]\./.test(this.#init.codecs) ? 'codec' : null;
  }

  /** What this fragment shows to be wrong. */
  look(fragment: Fragment): CopyObjection | null {
    if (fragment.keyFrame) this.#keyFrame = fragment.start;
    const since = fragment.end - (this.#keyFrame ?? fragment.start);
    return since > LONGEST_SECONDS * this.#init.timescale ? 'key-frames' : null;
  }
}
