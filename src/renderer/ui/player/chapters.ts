import type { TimelineEntry } from '../../../shared/evidence/record.ts';

/** One chapter of the interview, from where it begins to where the next one does. */
export interface Chapter {
  readonly phase: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A moment that somebody marked, or a break, to jump to. */
export interface Moment {
  readonly key: string;
  readonly atMs: number;
  readonly type: TimelineEntry['type'];
  readonly entry: TimelineEntry;
}

/** The chapters in order, to the end of the recording. What comes before the first one has no chapter. */
export function chaptersOf(timeline: readonly TimelineEntry[], durationMs: number): Chapter[] {
  const begins = timeline.filter(({ type }) => type === 'chapter').toSorted((a, b) => a.at_ms - b.at_ms);
  return begins.map((entry, index) => ({
    phase: entry.label,
    fromMs: Math.max(0, entry.at_ms),
    toMs: Math.min(durationMs, begins[index + 1]?.at_ms ?? durationMs),
  }));
}

/** Everything but the chapters, in order. */
export function momentsOf(timeline: readonly TimelineEntry[]): Moment[] {
  return timeline
    .map((entry, index) => ({ key: `${entry.type} ${index}`, atMs: entry.at_ms, type: entry.type, entry }))
    .filter(({ type }) => type !== 'chapter')
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** The breaks as stretches; one that never ended lasts to the end. */
export function breaksOf(timeline: readonly TimelineEntry[], durationMs: number): { fromMs: number; toMs: number }[] {
  const breaks: { fromMs: number; toMs: number }[] = [];
  let since: number | null = null;
  for (const entry of timeline.filter(({ type }) => type === 'break').toSorted((a, b) => a.at_ms - b.at_ms)) {
    if (entry['begins'] === true) since ??= entry.at_ms;
    else if (since !== null) {
      breaks.push({ fromMs: since, toMs: entry.at_ms });
      since = null;
    }
  }
  return since === null ? breaks : [...breaks, { fromMs: since, toMs: durationMs }];
}

/** The next of `moments` after `atMs`; null after the last. A moment just passed is not the next. */
export function nextAfter(moments: readonly { readonly atMs: number }[], atMs: number): number | null {
  return moments.find((one) => one.atMs > atMs + 250)?.atMs ?? null;
}
