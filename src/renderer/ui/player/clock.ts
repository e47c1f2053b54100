/** Where a part of a track stands: on the interview's clock and on its playlist's own clock, all in ms. */
export interface PlacedPart {
  readonly fromMs: number;
  readonly durationMs: number;
  readonly playlistMs: number;
}

/** A stretch of the interview in ms, `[from, to)`. */
export type Stretch = readonly [from: number, to: number];

/** Where a track is at a moment of the interview: at a place of its playlist, or in a gap that ends at `untilMs` (null: never). */
export type Place =
  | { readonly playlistMs: number }
  | { readonly gap: { readonly fromMs: number; readonly untilMs: number | null } };

/** The track's place at `atMs` of the interview. Before the first part and between parts there is nothing to show. */
export function placeAt(parts: readonly PlacedPart[], atMs: number): Place {
  let fromMs = 0;
  for (const part of parts) {
    if (atMs < part.fromMs) return { gap: { fromMs, untilMs: part.fromMs } };
    if (atMs < part.fromMs + part.durationMs) return { playlistMs: part.playlistMs + (atMs - part.fromMs) };
    fromMs = part.fromMs + part.durationMs;
  }
  return { gap: { fromMs, untilMs: null } };
}

/** The interview's moment at a place of the track's playlist; null where the playlist has no such place. */
export function momentAt(parts: readonly PlacedPart[], playlistMs: number): number | null {
  // Parts stand one after another on the playlist: the last one that begins before this place is the one it is in.
  const part = parts.findLast((one) => playlistMs >= one.playlistMs - 1);
  if (part === undefined) return null;
  const within = playlistMs - part.playlistMs;
  return within > part.durationMs + 500 ? null : part.fromMs + Math.min(Math.max(within, 0), part.durationMs);
}

/** Where the part that holds `atMs` ends; null in a gap. */
export function partEnd(parts: readonly PlacedPart[], atMs: number): number | null {
  const part = parts.find((one) => atMs >= one.fromMs && atMs < one.fromMs + one.durationMs);
  return part === undefined ? null : part.fromMs + part.durationMs;
}

/** Beyond this a track is put right by its speed; beyond `SEEK_MS` by a jump. */
export const NUDGE_MS = 40;
export const SEEK_MS = 300;
const MOST = 0.05;

/** What brings a track that is `aheadMs` ahead of the clock (behind: negative) back into step at the speed `rate`. */
export function correction(aheadMs: number, rate: number): { readonly seek: true } | { readonly rate: number } {
  const off = Math.abs(aheadMs);
  if (off > SEEK_MS) return { seek: true };
  if (off <= NUDGE_MS) return { rate };
  // Half of the way in a second, never more than 5 %: no ear hears it, and it does not swing.
  const share = Math.min(MOST, off / 2000);
  return { rate: rate * (1 - Math.sign(aheadMs) * share) };
}

/** Stretches in order, those that touch (or lie within `slackMs`) made one; empty ones fall away. */
export function joined(stretches: readonly Stretch[], slackMs = 0): Stretch[] {
  const sorted = stretches.filter(([from, to]) => to > from).toSorted(([a], [b]) => a - b);
  const out: Stretch[] = [];
  for (const [from, to] of sorted) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1] + slackMs) out[out.length - 1] = [last[0], Math.max(last[1], to)];
    else out.push([from, to]);
  }
  return out;
}

/** Collects what really played: the clock moved on its own from one look to the next, without a jump between. */
export class Shown {
  #stretches: Stretch[] = [];

  /** The clock went from `fromMs` to `toMs` while `wallMs` passed at speed `rate`; a jump does not count as shown. */
  went(fromMs: number, toMs: number, wallMs: number, rate: number): void {
    const most = wallMs * rate * 1.25 + 250;
    if (toMs <= fromMs || toMs - fromMs > most) return;
    this.#stretches = joined([...this.#stretches, [fromMs, toMs]], 1);
  }

  /** What was collected since the last call, in whole ms; it is forgotten here. */
  take(): [number, number][] {
    const taken = this.#stretches;
    this.#stretches = [];
    return taken.map(([from, to]) => [Math.round(from), Math.round(to)]);
  }

  /** Gives back what could not be reported. */
  restore(stretches: readonly Stretch[]): void {
    this.#stretches = joined([...stretches, ...this.#stretches], 1);
  }
}

/** What the followed player reported, and when it arrived here, in ms of this screen's own steady clock. */
export interface Reported {
  readonly atMs: number;
  readonly playing: boolean;
  readonly rate: number;
  readonly arrivedMs: number;
}

/** A leader that plays and says nothing for this long is gone: the follower stands still. */
export const SILENT_MS = 8000;

/** Where the followed player stands now, as far as its last report tells. */
export function expected(report: Reported, nowMs: number): { readonly atMs: number; readonly playing: boolean } {
  const since = Math.max(0, nowMs - report.arrivedMs);
  if (!report.playing) return { atMs: report.atMs, playing: false };
  const counted = Math.min(since, SILENT_MS);
  return { atMs: report.atMs + counted * report.rate, playing: since < SILENT_MS };
}
