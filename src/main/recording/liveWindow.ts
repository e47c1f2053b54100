import type { SegmentLine } from '../../shared/evidence/record.ts';
import type { LiveSegments } from '../recorder/index.ts';

/** One segment of a live window. `sn` counts over all parts, `run` grows where the media time begins anew. */
export interface LiveSegment {
  readonly sn: number;
  readonly run: number;
  readonly part: number;
  readonly line: number;
  /** Milliseconds since the epoch on the recording's own clock, which a change of the system's does not bend. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly bytes: Buffer;
}

const KEPT_SEGMENTS = 8;
const KEPT_BYTES = 16 * 1024 * 1024;
/** No segment but a part's last is shorter, so numbers counted in it from the recording's start never fall behind. */
const SHORTEST_MS = 500;

/**
 * The newest confirmed segments of one track over its parts, as a screen may ask for them: bounded in number and bytes,
 * numbered so that the numbers only grow, also for a station that was started again during the recording.
 */
export class LiveWindow {
  readonly #track: string;
  #segments: LiveSegment[] = [];
  readonly #inits = new Map<number, Buffer>();
  #part: string | null = null;
  #after = -1;
  #nextSn: number | null = null;
  #run = 0;

  constructor(track: string) {
    this.#track = track;
  }

  /** What to ask the recorder for next: its answer goes to `take`. */
  get cursor(): { readonly part: string | null; readonly after: number } {
    return { part: this.#part, after: this.#after };
  }

  get segments(): readonly LiveSegment[] {
    return this.#segments;
  }

  /** The bytes of a segment that is still kept; line 0 is the part's initialisation section. */
  bytes(part: number, line: number): Buffer | null {
    if (line === 0) return this.#inits.get(part) ?? null;
    return this.#segments.find((one) => one.part === part && one.line === line)?.bytes ?? null;
  }

  /** Takes what the recorder answered. `startedMs` = the recording's start, milliseconds since the epoch. */
  take(answer: LiveSegments & { readonly bytes: Buffer }, startedMs: number): void {
    const { part } = answer;
    const number = part === null ? null : partNumberOf(this.#track, part);
    if (part === null || number === null) return;
    let offset = 0;
    const next = (line: SegmentLine): Buffer => {
      offset += line.length;
      return answer.bytes.subarray(offset - line.length, offset);
    };
    if (answer.init !== null) {
      // Media time begins anew with each part. The first count is the part's own, so that it only grows as well.
      if (this.#part === null) this.#run = number;
      else if (part !== this.#part) this.#run += 1;
      if (part !== this.#part) this.#after = 0;
      this.#part = part;
      this.#inits.set(number, next(answer.init));
    }
    if (part !== this.#part) return;
    for (const line of answer.segments) {
      const bytes = next(line);
      if (line.i <= this.#after) continue;
      // The recorder keeps the last few only: where some are missing in between, players shall not look for them.
      if (this.#segments.at(-1)?.part === number && line.i !== this.#after + 1) this.#run += 1;
      this.#after = line.i;
      const atMs = startedMs + (answer.offsetMs ?? 0) + line.start_ms;
      this.#nextSn ??= Math.max(0, Math.floor((atMs - startedMs) / SHORTEST_MS));
      const { duration_ms: durationMs, i } = line;
      this.#segments.push({ sn: this.#nextSn++, run: this.#run, part: number, line: i, atMs, durationMs, bytes });
    }
    this.#forgetOld();
  }

  #forgetOld(): void {
    let kept = this.#segments.reduce((sum, { bytes }) => sum + bytes.length, 0);
    while (this.#segments.length > KEPT_SEGMENTS || (kept > KEPT_BYTES && this.#segments.length > 1)) {
      kept -= this.#segments.shift()?.bytes.length ?? 0;
    }
    const parts = new Set(this.#segments.map(({ part }) => part));
    for (const part of this.#inits.keys()) {
      if (!parts.has(part) && part !== partNumberOf(this.#track, this.#part ?? '')) this.#inits.delete(part);
    }
  }
}

/** 1 for `room`, 2 for `room.2`; null for a part of another track. */
function partNumberOf(track: string, part: string): number | null {
  if (part === track) return 1;
  const rest = part.startsWith(`${track}.`) ? part.slice(track.length + 1) : '';
  return /^[1-9]\d*$/.test(rest) ? Number(rest) : null;
}
