import { damaged } from './boxes.ts';
import { type Box, BoxReader } from './boxReader.ts';
import { type Fragment, readFragment } from './fragment.ts';
import { type InitSection, readInitSection } from './initSection.ts';

export type MediaPiece =
  | { readonly type: 'init'; readonly init: InitSection }
  | { readonly type: 'fragment'; readonly fragment: Fragment };

/**
 * Reads one run of an encoder: `ftyp`, `moov`, then `moof` + `mdat` pairs, nothing else (EVIDENCE-FORMAT §1). The pieces
 * that come out, joined, are the bytes that went in. Bounded by one fragment. Refuses with SOURCE_STREAM_DAMAGED.
 */
export class FragmentReader {
  readonly #boxes = new BoxReader();
  #ftyp: Buffer | null = null;
  #init: InitSection | null = null;
  #moof: Buffer | null = null;

  #failed: Error | null = null;

  /**
   * Takes the next bytes; returns the pieces that they complete. As in `BoxReader`, pieces that came before something
   * wrong are given first, and the refusal follows with the next call.
   */
  push(chunk: Buffer): MediaPiece[] {
    if (this.#failed !== null) throw this.#failed;
    const pieces: MediaPiece[] = [];
    try {
      for (const box of this.#boxes.push(chunk)) {
        const piece = this.#take(box);
        if (piece !== null) pieces.push(piece);
      }
    } catch (error) {
      this.#failed = error instanceof Error ? error : new Error(String(error));
      if (pieces.length === 0) throw error;
    }
    return pieces;
  }

  /** The initialisation section, once it has come. */
  get init(): InitSection | null {
    return this.#init;
  }

  #take(box: Box): MediaPiece | null {
    if (this.#init === null) {
      if (this.#ftyp === null) {
        if (box.type !== 'ftyp') throw damaged(`${box.type} where ftyp belongs`);
        this.#ftyp = box.bytes;
        return null;
      }
      if (box.type !== 'moov') throw damaged(`${box.type} where moov belongs`);
      this.#init = readInitSection(this.#ftyp, box.bytes);
      return { type: 'init', init: this.#init };
    }
    if (this.#moof === null) {
      if (box.type !== 'moof') throw damaged(`${box.type} where moof belongs`);
      this.#moof = box.bytes;
      return null;
    }
    if (box.type !== 'mdat') throw damaged(`${box.type} where mdat belongs`);
    const fragment = readFragment(this.#moof, box.bytes, this.#init.defaults);
    this.#moof = null;
    return { type: 'fragment', fragment };
  }
}
