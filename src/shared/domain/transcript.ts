import { z } from 'zod';

/** The most bytes that a transcript may have as UTF-8: four hours of speech are about two hundred thousand. */
export const TRANSCRIPT_BYTES = 400 * 1024;
/** The most lines of one transcript. */
export const TRANSCRIPT_CUES = 6_000;

/** One stretch of speech. Times in whole milliseconds from the interview's start; null where nobody has placed it yet. */
export const Cue = z.strictObject({
  fromMs: z.number().int().min(0).max(86_400_000).nullable(),
  toMs: z.number().int().min(0).max(86_400_000).nullable(),
  /** Who speaks, as a code or a word; null where it is not said. */
  speaker: z.string().max(40).nullable(),
  text: z.string().max(4000),
});
export type Cue = z.infer<typeof Cue>;

export const Cues = z.array(Cue).max(TRANSCRIPT_CUES);

/** `00:12:31`, as times stand in an account and a transcript. */
export function timeMark(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** A piece of a text: a reference to a moment of the recording (`[00:12:31]`), or what stands between such. */
export type TextPiece = { readonly text: string; readonly atMs: number | null };

/** Splits a text at its references to moments. One that names no time of day's length is text like any other. */
export function piecesOfText(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const found of text.matchAll(/\[(\d{1,2}):([0-5]\d):([0-5]\d)\]/g)) {
    const [whole, hours, minutes, seconds] = found;
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), atMs: null });
    pieces.push({ text: whole, atMs: (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 });
    from = found.index + whole.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), atMs: null });
  return pieces;
}

/** The cue that is spoken at a moment: the last one that began and has not ended; -1 where nobody speaks. */
export function cueAt(cues: readonly Cue[], atMs: number): number {
  const at = cues.findLastIndex(({ fromMs }) => fromMs !== null && fromMs <= atMs);
  const cue = cues[at];
  return cue === undefined || (cue.toMs !== null && cue.toMs <= atMs) ? -1 : at;
}

/** What is not right with cues as they stand, by their position: for the editor, and before one is filed. */
export type CueTrouble = { readonly cue: number; readonly what: 'not-placed' | 'backwards' | 'overlap' | 'beyond-end' };

/** Looks at cues in their order. `durationMs` = the recording's length; null where it is not known. */
export function cueTroubles(cues: readonly Cue[], durationMs: number | null): CueTrouble[] {
  const troubles: CueTrouble[] = [];
  let lastFrom = 0;
  let lastTo = 0;
  for (const [cue, { fromMs, toMs }] of cues.entries()) {
    if (fromMs === null) {
      troubles.push({ cue, what: 'not-placed' });
      continue;
    }
    if ((toMs !== null && toMs <= fromMs) || fromMs < lastFrom) troubles.push({ cue, what: 'backwards' });
    else if (fromMs < lastTo) troubles.push({ cue, what: 'overlap' });
    if (durationMs !== null && Math.max(fromMs, toMs ?? 0) > durationMs) troubles.push({ cue, what: 'beyond-end' });
    lastFrom = Math.max(lastFrom, fromMs);
    lastTo = Math.max(lastTo, toMs ?? fromMs);
  }
  return troubles;
}
