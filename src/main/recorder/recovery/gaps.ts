import type { RecordTrack, SegmentLine } from '../../../shared/evidence/record.ts';

type Gaps = RecordTrack['gaps'];

/** A hole larger than this is a gap (EVIDENCE-FORMAT §1). */
export const HOLE_MS = 250;

/** A track begins with the first key frame after the button; one that begins later than this was missing. */
const LATE_MS = 5000;

/**
 * The gap of a source that was missing when the recording began (EVIDENCE-FORMAT §2): from 0 to where its first part
 * begins, or to the end. `begins` = milliseconds from the recording's start, null when it never came.
 */
export function gapBefore(begins: number | null, endedMs: number): Gaps {
  if (begins !== null && begins <= LATE_MS) return [];
  return [{ from_ms: 0, to_ms: begins ?? endedMs, cause: 'source' }];
}

/** Gaps between the end of one part and the start of the next, in milliseconds from the recording's start. */
export function gapsBetween(parts: readonly { from: number; to: number }[]): Gaps {
  return parts.flatMap((part, i) => {
    const next = parts[i + 1];
    if (next === undefined || next.from - part.to <= HOLE_MS) return [];
    return [{ from_ms: part.to, to_ms: next.from, cause: 'source' }];
  });
}

/** Holes between the segments of one part; line 0 is the initialisation section. */
export function holesOf(lines: readonly SegmentLine[], offsetMs: number): Gaps {
  return lines.slice(1).flatMap((line, i, all) => {
    const next = all[i + 1];
    const end = line.start_ms + line.duration_ms;
    if (next === undefined || next.start_ms - end <= HOLE_MS) return [];
    return [{ from_ms: offsetMs + end, to_ms: offsetMs + next.start_ms, cause: 'source' }];
  });
}
