import type { SourceConfig } from '../../../shared/domain/devices.ts';
import type { RecordPart, RecordTrack } from '../../../shared/evidence/record.ts';
import type { Disk } from '../../vault/index.ts';
import { nsOf } from '../ffmpeg/placement.ts';
import type { SourceRun } from '../ffmpeg/sourcePorts.ts';
import type { Fragment } from '../media/fragment.ts';
import { gapBefore, HOLE_MS } from '../recovery/gaps.ts';
import type { StoredFile } from '../result.ts';
import { type LiveAnswer, LiveSegmentStore } from './liveSegments.ts';
import { partName } from './partNumber.ts';
import { type PartOutcome, type PartPlan, PartRecorder } from './partRecorder.ts';

/** What all tracks of one recording have in common. */
export interface RecordingPlan {
  readonly recipient: string;
  /** Monotonic and wall-clock start of the recording. */
  readonly startedNs: bigint;
  readonly startedAt: Date;
  readonly encoderVersion: string;
  readonly disk: Disk;
  readonly signHead: PartPlan['signHead'];
  readonly monotonicNs: () => bigint;
  /** The `tracks` folders that are still written to, as they are when a part begins. */
  readonly folders: () => readonly string[];
  readonly onTargetLost: (folder: string, error: unknown) => void;
  readonly onTargetSlow: (folder: string, slow: boolean) => void;
  /** A part was opened, or a part's first bytes are durable: what is known of the recording has changed. */
  readonly onPart: () => void;
  readonly onSlow: (track: string) => void;
}

/** A part as far as it is known while it is written: what recovery needs besides the files themselves. */
export interface OpenedPart {
  readonly part: string;
  readonly offset_ms: number;
  readonly started_at: string;
  readonly command: string;
  readonly codecs: string;
  readonly kind: 'video' | 'audio';
}

export interface TrackOutcome {
  readonly track: RecordTrack;
  /** Why a part could not be finished on any target, or null. Its files then stand as a crash would leave them. */
  readonly failed: unknown;
  readonly stored: readonly (Omit<StoredFile, 'target'> & { readonly folder: string })[];
}

const NS_PER_MS = 1_000_000n;
const GROWING_NS = 2000n * NS_PER_MS;
/** How far a track's place in time may be off, and how long the button waits for one that is further off. */
const PLACE_TOLERANCE_NS = 300n * NS_PER_MS;
const CATCH_UP_NS = 1500n * NS_PER_MS;

/**
 * One track of one recording: the fragments of its source from the button on, as one part for each run of the encoder,
 * and the gaps between them. Nothing that began before the button is kept, but for what `takeEarlier` is given.
 */
export class TrackRecorder {
  readonly source: SourceConfig;
  readonly #plan: RecordingPlan;
  readonly #live = new LiveSegmentStore();
  readonly #opened: OpenedPart[] = [];
  readonly #outcomes: (PartOutcome | { failed: unknown; from: number; to: number })[] = [];
  readonly #ending: Promise<void>[] = [];
  readonly #causes: string[] = [];
  #current: { part: PartRecorder; run: number } | null = null;
  /** Bytes of each part that every target in use has confirmed. */
  readonly #bytes: number[] = [];
  #durableNs: bigint | null = null;
  #firstDurable: () => void = () => undefined;
  /** Resolves when the first fragment of this track is durable. */
  readonly growing: Promise<void>;

  constructor(source: SourceConfig, plan: RecordingPlan) {
    this.source = source;
    this.#plan = plan;
    this.growing = new Promise((resolve) => {
      this.#firstDurable = resolve;
    });
  }

  get partNumber(): number {
    return this.#opened.length;
  }

  get opened(): readonly OpenedPart[] {
    return this.#opened;
  }

  /** Bytes kept on every target, over all parts. */
  get bytes(): number {
    return this.#bytes.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Monotonic time of the last bytes that became durable, or null. */
  get durableNs(): bigint | null {
    return this.#durableNs;
  }

  /** True when bytes became durable on every target in use within the last two seconds. */
  isGrowing(nowNs: bigint): boolean {
    return this.#durableNs !== null && nowNs - this.#durableNs < GROWING_NS;
  }

  /** Bytes of the part that is written now that each target still has to write. */
  get behind(): ReadonlyMap<string, number> {
    return this.#current?.part.behind ?? new Map();
  }

  live(part: string | null, after: number): LiveAnswer {
    return this.#live.get(part, after);
  }

  /** Takes a fragment of the source if it belongs to the recording: from the first key frame that began after the button. */
  take(run: SourceRun, fragment: Fragment, arrivedNs: bigint): void {
    if (this.#current !== null && this.#current.run !== run.number) this.lost('restarted');
    if (this.#current === null) {
      if (!fragment.keyFrame || !this.#beganAfterButton(run, fragment, arrivedNs)) return;
      // Without any disk there is nothing to begin; the loss has been told.
      if (this.#plan.folders().length === 0) return;
      this.#current = { part: this.#openPart(run), run: run.number };
    }
    const { part } = this.#current;
    const keepsUp = part.add(fragment);
    if (part.failed !== null) this.lost('disk');
    else if (!keepsUp) {
      this.#plan.onSlow(this.source.id);
      this.lost('disk');
    }
  }

  /**
   * Takes what the room kept from before the button, at the very beginning: `fragments` of one run, from a key frame on.
   * What that run sends next follows without a hole.
   */
  takeEarlier(run: SourceRun, fragments: readonly Fragment[]): void {
    if (this.#opened.length > 0 || fragments[0]?.keyFrame !== true) return;
    this.#current = { part: this.#openPart(run), run: run.number };
    for (const fragment of fragments) this.#current.part.add(fragment);
  }

  /** The source's run is over: its part ends here; the next one begins when the source is back. */
  lost(cause: string): void {
    if (this.#current === null) return;
    this.#causes.push(cause);
    this.#endPart('lost');
  }

  /** Ends the track and gives what stands on the targets. `endedMs` = length of the recording in milliseconds. */
  async finish(endedMs: number): Promise<TrackOutcome> {
    this.#endPart('stopped');
    await Promise.all(this.#ending);
    const outcomes = this.#outcomes.filter((outcome): outcome is PartOutcome => 'record' in outcome);
    const first = this.#opened[0];
    const kind = this.source.kind;
    const track: RecordTrack = {
      id: this.source.id,
      kind,
      source: {
        label: this.source.device.label,
        device_kind: this.source.device.backend,
        simulated: this.source.device.simulated,
      },
      media_type: `${kind}/mp4`,
      codecs: first?.codecs ?? null,
      encoder: { command: first?.command ?? '', version: this.#plan.encoderVersion },
      parts: outcomes.map(({ record }) => record),
      gaps: gapsOf(this.#outcomes, this.#causes, endedMs),
    };
    const broken = this.#outcomes.find((outcome) => 'failed' in outcome);
    const failed = broken !== undefined && 'failed' in broken ? broken.failed : null;
    return { track, failed, stored: outcomes.flatMap((outcome) => outcome.stored) };
  }

  /**
   * By its arrival a fragment cannot have begun before the button; by its place in time it should not have either. A
   * source that lags (a slow network) is given a moment to catch up, and taken as it is after that. One that has no clock
   * but its arrivals is put where it arrived.
   */
  #beganAfterButton(run: SourceRun, fragment: Fragment, arrivedNs: bigint): boolean {
    if (this.#opened.length > 0) return true;
    const { startedNs } = this.#plan;
    if (arrivedNs - nsOf(run, fragment.end - fragment.start) < startedNs) return false;
    if (run.zeroNs + nsOf(run, fragment.start) >= startedNs - PLACE_TOLERANCE_NS) return true;
    if (run.placedBy === 'arrival') {
      run.zeroNs = arrivedNs - nsOf(run, fragment.end);
      return true;
    }
    return arrivedNs - startedNs > CATCH_UP_NS;
  }

  #openPart(run: SourceRun): PartRecorder {
    const { startedNs, startedAt, folders, recipient, disk, signHead, monotonicNs, onPart } = this.#plan;
    const { onTargetLost, onTargetSlow } = this.#plan;
    const name = partName(this.source.id, this.#opened.length + 1);
    const offsetMs = Math.round(Number(run.zeroNs - startedNs) / Number(NS_PER_MS));
    const started_at = new Date(startedAt.getTime() + offsetMs).toISOString();
    const { codecs, kind } = run.init;
    this.#opened.push({ part: name, offset_ms: offsetMs, started_at, command: run.command, codecs, kind });
    const index = this.#bytes.push(0) - 1;
    const part = new PartRecorder({
      ...{ part: name, folders: folders(), recipient, disk, init: run.init, startedAt: started_at, offsetMs },
      ...{ signHead, monotonicNs, onTargetLost, onTargetSlow },
      onDurable: (bytes) => {
        this.#bytes[index] = bytes;
        this.#durableNs = monotonicNs();
      },
      onKept: () => this.#firstDurable(),
      onSegment: (segment) => (segment.line.i === 0 ? this.#live.begin(name, segment) : this.#live.add(segment)),
    });
    part.start();
    onPart();
    return part;
  }

  #endPart(end: RecordPart['end']): void {
    const current = this.#current;
    if (current === null) return;
    this.#current = null;
    const index = this.#outcomes.length;
    this.#outcomes.push({ failed: null, from: current.part.endMs, to: current.part.endMs });
    this.#ending.push(
      current.part.finish(end).then(
        (outcome) => {
          this.#outcomes[index] = outcome;
        },
        (error: unknown) => {
          this.#outcomes[index] = { failed: error, from: current.part.endMs, to: current.part.endMs };
        },
      ),
    );
  }
}

/** Before the first part, within parts, between parts, and from the last loss to the end of the recording. */
function gapsOf(
  outcomes: readonly (PartOutcome | { failed: unknown; from: number; to: number })[],
  causes: readonly string[],
  endedMs: number,
): RecordTrack['gaps'] {
  const gaps = gapBefore(outcomes[0]?.from ?? null, endedMs);
  outcomes.forEach((outcome, i) => {
    if ('holes' in outcome) gaps.push(...outcome.holes.map((hole) => ({ ...hole, cause: 'source' })));
    const cause = causes[i];
    if (cause === undefined) return;
    const to_ms = outcomes[i + 1]?.from ?? endedMs;
    const from_ms = Math.max(0, outcome.to);
    if (to_ms - from_ms > HOLE_MS) gaps.push({ from_ms, to_ms, cause });
  });
  return gaps.sort((a, b) => a.from_ms - b.from_ms);
}
