import type { SourceConfig, SourcePlace } from '../../shared/domain/devices.ts';
import type { Levels } from '../../shared/domain/liveState.ts';
import { Refusal } from '../../shared/errors.ts';
import { clockOf } from './ffmpeg/clockText.ts';
import { SourceLog } from './ffmpeg/sourceLog.ts';
import type { Loss, SourceRun } from './ffmpeg/sourcePorts.ts';
import { SourceRunner } from './ffmpeg/sourceRunner.ts';
import { recorderFiles } from './folder.ts';
import { SourceLiveness } from './liveness/sourceLiveness.ts';
import type { Fragment } from './media/fragment.ts';
import { FragmentRing, type RingPiece } from './media/fragmentRing.ts';
import type { Earlier } from './recording.ts';
import type { RoomPorts } from './roomPorts.ts';

/** One source with everything that is kept of it besides its recording. */
export interface RoomSource {
  readonly source: SourceConfig;
  readonly runner: SourceRunner;
  readonly ring: FragmentRing;
  readonly liveness: SourceLiveness;
  /** Monotonic time since which it has sent nothing though it should; null while it sends. */
  awayNs: bigint | null;
  /** Why it went away. */
  loss: Loss | null;
}

export interface SourcesListener {
  /** True when the fragment was taken into a recording; what is not stays in the ring. */
  fragment(id: string, run: SourceRun, fragment: Fragment, arrivedNs: bigint): boolean;
  /** Each loss of a run; `again` = the source had not come back since the last one. */
  lost(id: string, loss: Loss, again: boolean): void;
  back(id: string): void;
  changed(): void;
  mayRestart(): boolean;
}

/** A source that has been away for this long is not waited for. */
const AWAY_NS = 3_000_000_000n;
/** Before a source has shown what it sends: the encoder's ceiling for pictures, sound at 128 kbit/s. */
const EXPECTED = { video: 520_000, audio: 17_000 } as const;
/** What age files and their indexes need beyond the bytes that the sources send. */
const OVERHEAD = 1.02;

/** The sources of a room: each runs by itself, none knows of another, and all outlive any one recording. */
export class RoomSources {
  readonly all: readonly RoomSource[];
  readonly levels: Levels = {};
  readonly #clock: RoomPorts['clock'];
  readonly #listener: SourcesListener;

  constructor(ports: RoomPorts, listener: SourcesListener) {
    this.#clock = ports.clock;
    this.#listener = listener;
    this.all = ports.start.sources.map((source) => this.#make(source, ports));
  }

  start(): void {
    for (const { runner } of this.all) runner.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map(({ runner }) => runner.stop()));
  }

  get runners(): readonly SourceRunner[] {
    return this.all.map(({ runner }) => runner);
  }

  find(id: string): RoomSource | undefined {
    return this.all.find(({ source }) => source.id === id);
  }

  preview(place: SourcePlace): Buffer | null {
    return this.all.find(({ source }) => source.place === place)?.runner.preview ?? null;
  }

  /**
   * A source that has been away for longer than a moment, and that nobody said may be missing, refuses the button before
   * anything is made: SOURCE_FAILED.
   */
  refuseAway(confirmedMissing: readonly string[]): void {
    const now = this.#clock.monotonicNs();
    for (const { source, awayNs } of this.all) {
      if (awayNs === null || now - awayNs < AWAY_NS || confirmedMissing.includes(source.id)) continue;
      throw this.failed(source.id);
    }
  }

  /** The refusal of a source that sent nothing. */
  failed(id: string): Refusal {
    const one = this.find(id)?.source;
    return new Refusal('SOURCE_FAILED', { source: one?.device.label ?? id, place: one?.place ?? '', track: id });
  }

  /** What stands in the rings from `fromNs` (monotonic) on, by source. */
  earlier(fromNs: bigint): Earlier {
    const found = new Map<string, RingPiece>();
    for (const { source, ring } of this.all) {
      const piece = ring.since(fromNs);
      if (piece !== null) found.set(source.id, piece);
    }
    return found;
  }

  /** Sources that the wall clock stamps start again, so that nothing stands bent in time. */
  clockWasSet(): void {
    for (const { runner } of this.all) runner.clockWasSet();
  }

  clearRings(): void {
    for (const { ring } of this.all) ring.clear();
  }

  /** Bytes a second for which there has to be room: with reserve where a camera's own stream is kept. */
  get expectedRate(): number {
    return this.all.reduce((sum, { source, runner }) => {
      const measured = source.device.backend === 'rtsp' ? runner.bytesPerSecond : null;
      return sum + Math.max(EXPECTED[source.kind], (measured ?? 0) * 1.25);
    }, 0);
  }

  /** What all sources together send now, for telling how long the disks last. */
  get measuredRate(): number {
    const rates = this.all.map(({ source, runner }) => runner.bytesPerSecond ?? EXPECTED[source.kind]);
    return rates.reduce((sum, rate) => sum + rate, 0) * OVERHEAD;
  }

  #make(source: SourceConfig, ports: RoomPorts): RoomSource {
    const { start, clock, children, openInput } = ports;
    const liveness = new SourceLiveness(source.kind, start.baseLines[source.id]?.noiseDb ?? null);
    const runner = new SourceRunner(source, {
      ...{ children, clock, openInput },
      ffmpegPath: start.ffmpeg.path,
      videoEncoder: start.ffmpeg.videoEncoder,
      log: new SourceLog(recorderFiles(ports.folder).sourceLog(source.id)),
      drawn: () => clockOf(source, start, clock.now()),
      mayRestart: () => this.#listener.mayRestart(),
      listener: {
        begun: () => liveness.reset(),
        log: (chunk) => liveness.read(chunk, clock.monotonicNs()),
        level: (level) => {
          this.levels[source.id] = level;
          liveness.hear(level);
        },
        fragment: (run, fragment, arrivedNs) => this.#fragment(one, run, fragment, arrivedNs),
        lost: (loss) => this.#lost(one, loss),
        changed: () => this.#listener.changed(),
      },
    });
    const one: RoomSource = { source, runner, ring: new FragmentRing(), liveness, awayNs: null, loss: null };
    return one;
  }

  #fragment(one: RoomSource, run: SourceRun, fragment: Fragment, arrivedNs: bigint): void {
    const { id } = one.source;
    if (one.awayNs !== null) {
      one.awayNs = null;
      one.loss = null;
      this.#listener.back(id);
    }
    if (!this.#listener.fragment(id, run, fragment, arrivedNs)) one.ring.take(run, fragment);
  }

  #lost(one: RoomSource, loss: Loss): void {
    const { id } = one.source;
    delete this.levels[id];
    one.ring.clear();
    // A clock that was set is no fault of the source; one that does not come back from that is.
    const again = one.awayNs !== null && one.loss?.cause !== 'clock';
    one.awayNs ??= this.#clock.monotonicNs();
    one.loss = loss;
    this.#listener.lost(id, loss, again);
  }
}
