/** What a track says of itself at one moment, in ms behind the recording's clock. */
export interface Behind {
  /** What is shown; null while nothing plays. */
  readonly shownMs: number | null;
  /** The newest that this screen holds; null while it holds nothing. */
  readonly heldMs: number | null;
}

/** How one track comes into step: by its speed, or by a jump forward within what it holds. */
type Step = { readonly rate: number } | { readonly jumpMs: number };

const LEAST_MS = 1200;
const MOST_MS = 8000;
/** Kept between what is shown and what would run out. */
const RESERVE_MS = 180;
/** How long a late arrival is remembered: some segments' time. */
const REMEMBERED_MS = 8000;
/** A source that is this late does not come soon: the others do not wait for it. */
const AWAY_MS = 6000;
const IN_STEP_MS = 40;
const JUMP_MS = 1200;
const FASTEST = 0.08;

/**
 * How far behind the recording a screen's tracks shall run: as little as their newest seconds arrive in time for, one
 * figure for all of them.
 */
export class LiveTarget {
  #late: { readonly atMs: number; readonly heldMs: number }[] = [];

  /** Takes what every track holds at `nowMs` of a steady clock; gives the figure in ms. */
  take(tracks: readonly Behind[], nowMs: number): number {
    const held = tracks.map(({ heldMs }) => heldMs).filter((ms) => ms !== null && ms < AWAY_MS);
    const latest = Math.max(0, ...held.map((ms) => ms ?? 0));
    this.#late = [...this.#late.filter(({ atMs }) => nowMs - atMs < REMEMBERED_MS), { atMs: nowMs, heldMs: latest }];
    const worst = Math.max(...this.#late.map(({ heldMs }) => heldMs));
    return Math.min(MOST_MS, Math.max(LEAST_MS, worst + RESERVE_MS));
  }
}

/** What to do about a track that shows what is `shownMs` old and shall show what is `targetMs` old. */
export function stepTo({ shownMs, heldMs }: Behind, targetMs: number): Step {
  if (shownMs === null) return { rate: 1 };
  const lateMs = shownMs - targetMs;
  const aheadMs = heldMs === null ? 0 : shownMs - heldMs;
  if (lateMs > JUMP_MS && aheadMs > lateMs) return { jumpMs: lateMs };
  if (Math.abs(lateMs) <= IN_STEP_MS) return { rate: 1 };
  return { rate: 1 + Math.max(-FASTEST, Math.min(FASTEST, lateMs / 4000)) };
}

/** The recording's clock as this screen knows it: what the station said, less what its answer took. */
export class StationNow {
  #offsets: number[] = [];

  /** `saidMs` = the recording's time in an answer that arrived at `nowMs` of a steady clock. */
  take(saidMs: number, nowMs: number): void {
    // Every answer is late by its way here: the one that was least late is nearest.
    this.#offsets = [...this.#offsets.slice(-11), saidMs - nowMs];
  }

  /** The recording's time at `nowMs`; null before the first answer. */
  at(nowMs: number): number | null {
    return this.#offsets.length === 0 ? null : nowMs + Math.max(...this.#offsets);
  }
}
