/** A stretch of an interview in ms, `[from, to)`. */
export type Range = [number, number];

/** Ranges in order, those that touch or overlap (or lie within `slackMs` of each other) made one. Empty ones fall away. */
export function mergeRanges(ranges: readonly Readonly<Range>[], slackMs = 0): Range[] {
  const sorted = ranges.filter(([from, to]) => to > from).sort(([a], [b]) => a - b);
  const merged: Range[] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + slackMs) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
