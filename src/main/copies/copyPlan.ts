import type { RecordPart, RecordTrack, SegmentLine } from '../../shared/evidence/record.ts';

/** A stretch of the interview in ms, `[from, to)`. */
export type Range = readonly [number, number];

/** A master's part with the lines of its segment list. */
export interface PartLines {
  readonly part: RecordPart;
  readonly lines: readonly SegmentLine[];
}

/** A track of the record with its parts, in order. */
export interface TrackParts {
  readonly track: Pick<RecordTrack, 'id' | 'kind'>;
  readonly parts: readonly PartLines[];
}

/** One part of a master as the copy uses it: one input of ffmpeg. */
export interface PlannedInput {
  readonly track: string;
  /** Counts from 1, as in the player's addresses. */
  readonly part: number;
  readonly file: string;
  readonly sha256: string;
  readonly picture: 'main' | 'inset' | null;
  readonly sound: boolean;
  /** Where its first sample stands on the interview's clock; below 0 where it began before the interview. */
  readonly atMs: number;
  /** Where it has something to show or to be heard, within the interview. */
  readonly covered: readonly Range[];
}

/** What a picture-in-picture copy is made of. */
export interface CopyPlan {
  readonly durationMs: number;
  /** Track ids; null where there is none. With one angle alone there is no inset. */
  readonly main: string | null;
  readonly inset: string | null;
  readonly sound: readonly string[];
  /** Tracks of which the copy shows nothing (a third camera). */
  readonly leftOut: readonly string[];
  readonly inputs: readonly PlannedInput[];
}

/** A hole that is smaller is a delay between two samples, not a gap (EVIDENCE-FORMAT §1). */
const GAP_MS = 250;

/**
 * Plans the copy: the room's view full, the face's view inset, every microphone mixed, each part where the record places
 * it on the interview's clock. Where a view is missing the other one is shown full; a third one is left out.
 */
export function planCopy(tracks: readonly TrackParts[], durationMs: number): CopyPlan {
  const used = tracks
    .map(({ track, parts }) => ({ track, inputs: inputsOf(track, parts, durationMs) }))
    .filter(({ inputs }) => inputs.length > 0);
  const pictures = used.filter(({ track }) => track.kind !== 'audio').map(({ track }) => track.id);
  const main = pictures.find((id) => id === 'room') ?? pictures[0] ?? null;
  const rest = pictures.filter((id) => id !== main);
  const inset = rest.find((id) => id === 'face') ?? rest[0] ?? null;
  const sound = used.filter(({ track }) => track.kind !== 'video').map(({ track }) => track.id);
  const shown = new Set([main, inset, ...sound]);
  return {
    durationMs,
    main,
    inset,
    sound,
    leftOut: tracks.map(({ track }) => track.id).filter((id) => !shown.has(id)),
    inputs: used
      .filter(({ track }) => shown.has(track.id))
      .flatMap(({ track, inputs }) =>
        inputs.map((input) => ({
          ...input,
          picture: track.id === main ? ('main' as const) : track.id === inset ? ('inset' as const) : null,
          sound: sound.includes(track.id),
        })),
      ),
  };
}

function inputsOf(
  track: TrackParts['track'],
  parts: readonly PartLines[],
  durationMs: number,
): Omit<PlannedInput, 'picture' | 'sound'>[] {
  return parts.flatMap(({ part, lines }, index) => {
    const media = lines.slice(1);
    const first = media[0];
    const covered = coveredBy(part, media, durationMs);
    if (first === undefined || covered.length === 0) return [];
    const { file, sha256, offset_ms } = part;
    return [{ track: track.id, part: index + 1, file, sha256, atMs: offset_ms + first.start_ms, covered }];
  });
}

/** Where the part's segments lie on the interview's clock: cut to the interview, small holes closed. */
function coveredBy(part: RecordPart, media: readonly SegmentLine[], durationMs: number): Range[] {
  const ranges: [number, number][] = [];
  for (const line of media) {
    const from = Math.max(0, part.offset_ms + line.start_ms);
    const to = Math.min(durationMs, part.offset_ms + line.start_ms + line.duration_ms);
    if (to <= from) continue;
    const last = ranges.at(-1);
    if (last !== undefined && from - last[1] <= GAP_MS) last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return ranges;
}

/** Where none of these ranges lies, within `[0, durationMs)`. Small holes are none. */
export function uncovered(ranges: readonly Range[], durationMs: number): Range[] {
  const holes: Range[] = [];
  let reached = 0;
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    if (from - reached > GAP_MS) holes.push([reached, from]);
    reached = Math.max(reached, to);
  }
  if (durationMs - reached > GAP_MS) holes.push([reached, durationMs]);
  return holes;
}
