import { join } from 'node:path';
import type { SourceConfig } from '../../shared/domain/devices.ts';
import type { TargetLive } from '../../shared/domain/liveState.ts';
import { type LogKey, newLogKey, signCheckpoint } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { createAgeEncryptor, type Disk, systemDisk } from '../vault/index.ts';
import type { SourceRun } from './ffmpeg/sourcePorts.ts';
import type { SourceRunner } from './ffmpeg/sourceRunner.ts';
import type { Fragment } from './media/fragment.ts';
import type { RingPiece } from './media/fragmentRing.ts';
import { Notes } from './notes.ts';
import { RECORDING_FILE, RecordingFile } from './recordingFile.ts';
import { refusal } from './refusal.ts';
import type { JournalEntry, RecordingResult, StoredFile } from './result.ts';
import { Targets } from './targets.ts';
import type { BeginInput } from './wire/protocol.ts';
import { TRACKS } from './writing/partNumber.ts';
import { TrackRecorder } from './writing/trackRecorder.ts';

/** What the recording tells the recorder of its room. */
export interface RecordingListener {
  targetLost(path: string, problem: string): void;
  slow(track: string): void;
  /** A target lags behind the other by seconds, or has caught up. */
  targetSlow(path: string, slow: boolean): void;
}

export interface RecordingPorts {
  readonly clock: Clock;
  readonly encoderVersion: string;
  /** The system's unless a test puts another in its place: everything that a recording writes goes through it. */
  readonly disk?: Disk;
  readonly listener: RecordingListener;
}

/** What stands in a source's ring from before the button, by source id: taken into the recording as its beginning. */
export type Earlier = ReadonlyMap<string, RingPiece>;

/** The longest wait for what the encoders still hold; a camera that hangs must not hold up the others' seal. */
const FLUSH_MS = 1500;
/** How long the stop waits for the notes of a disk that hangs. */
const NOTES_MS = 2000;

/**
 * One recording from its button to its result: its key, its targets, and a track for each source. Knows nothing of
 * ffmpeg; fragments are brought to it.
 */
export class Recording {
  readonly input: BeginInput;
  readonly targets: Targets;
  readonly #ports: RecordingPorts;
  readonly #disk: Disk;
  readonly #tracks = new Map<string, TrackRecorder>();
  #key: LogKey | null = null;
  #startedNs = 0n;
  #startedAt = new Date(0);
  #buttonNs = 0n;
  #endNs: bigint | null = null;
  #closed = false;
  readonly #notes: Notes;

  constructor(input: BeginInput, ports: RecordingPorts) {
    this.input = input;
    this.#ports = ports;
    this.#disk = ports.disk ?? systemDisk;
    this.targets = new Targets(input.targets, input.confirmedSingle === true, this.#disk);
    this.#notes = new Notes(RECORDING_FILE, this.#disk, (path, error) => this.#targetLost(join(path, TRACKS), error));
  }

  /**
   * Makes the targets and takes fragments from now on. `bytesPerSecond` = what all sources together are expected to
   * write. `earlier` gives, asked once the targets are made, what is to be kept from before the button; the recording
   * then begins with the earliest of it. Throws KEY_UNREADABLE and what `Targets.start` throws, with nothing left behind.
   */
  async start(
    sources: readonly SourceConfig[],
    bytesPerSecond: number,
    earlier: () => Earlier = () => new Map(),
  ): Promise<void> {
    const { clock, encoderVersion, listener } = this.#ports;
    await createAgeEncryptor([this.input.recipient]);
    const key = newLogKey(this.input.exhibit);
    await this.targets.start(this.input.plannedMs, bytesPerSecond);
    this.#key = key;
    const before = earlier();
    this.#buttonNs = clock.monotonicNs();
    this.#startedNs = earliestOf(before, this.#buttonNs);
    this.#startedAt = new Date(clock.now().getTime() - this.buttonMs);
    for (const source of sources) {
      const track = new TrackRecorder(source, {
        recipient: this.input.recipient,
        startedNs: this.#startedNs,
        startedAt: this.#startedAt,
        encoderVersion,
        disk: this.#disk,
        signHead: (part, size, root) =>
          signCheckpoint({ origin: `${this.input.exhibit}/${part}`, size, root: Buffer.from(root) }, key.signer),
        monotonicNs: () => clock.monotonicNs(),
        folders: () => this.targets.folders(),
        onTargetLost: (folder, error) => this.#targetLost(folder, error),
        onTargetSlow: (folder, slow) => this.#targetSlow(folder, source.id, slow),
        onPart: () => this.#note(),
        onSlow: (id) => listener.slow(id),
      });
      this.#tracks.set(source.id, track);
      const piece = before.get(source.id);
      if (piece !== undefined) track.takeEarlier(piece.run, piece.fragments);
    }
    this.#note();
  }

  get startedNs(): bigint {
    return this.#startedNs;
  }

  get startedAt(): Date {
    return this.#startedAt;
  }

  /** Milliseconds from the recording's start to the button: above 0 where the seconds before it were kept. */
  get buttonMs(): number {
    return Number((this.#buttonNs - this.#startedNs) / 1_000_000n);
  }

  get vkey(): string {
    return this.#key?.vkey ?? '';
  }

  /** Milliseconds since the start, standing still from the stop on. */
  get elapsedMs(): number {
    return Number(((this.#endNs ?? this.#ports.clock.monotonicNs()) - this.#startedNs) / 1_000_000n);
  }

  track(id: string): TrackRecorder | undefined {
    return this.#tracks.get(id);
  }

  get tracks(): readonly TrackRecorder[] {
    return [...this.#tracks.values()];
  }

  take(source: string, run: SourceRun, fragment: Fragment, arrivedNs: bigint): void {
    const track = this.#tracks.get(source);
    if (track === undefined || this.#closed) return;
    track.take(run, fragment, arrivedNs);
  }

  lost(source: string, cause: string): void {
    if (!this.#closed) this.#tracks.get(source)?.lost(cause);
  }

  /**
   * Ends at this moment: has every source write out what it holds, finishes every part and gives the result. `events` =
   * the journal's entries of this exhibit, asked for at the end. Throws TARGET_UNUSABLE when a part could be finished on
   * no target: what stands on them is then to be recovered as after a crash.
   */
  async end(runners: readonly SourceRunner[], events: () => JournalEntry[]): Promise<RecordingResult> {
    this.#endNs = this.#ports.clock.monotonicNs();
    await Promise.all(runners.map((runner) => runner.flush(FLUSH_MS)));
    this.#closed = true;
    const durationMs = this.elapsedMs;
    const outcomes = await Promise.all(this.tracks.map((track) => track.finish(durationMs)));
    await this.#notes.settled(NOTES_MS);
    const broken = outcomes.find(({ failed }) => failed !== null);
    if (broken !== undefined) {
      throw refusal('TARGET_UNUSABLE', { target: this.input.targets[0] ?? '', reason: 'lost' }, broken.failed);
    }
    const stored: StoredFile[] = outcomes.flatMap((outcome) =>
      outcome.stored.map(({ folder, file, bytes, sha256 }) => ({
        target: this.targets.indexOf(folder),
        file,
        bytes,
        sha256,
      })),
    );
    return {
      exhibit: this.input.exhibit,
      startedAt: this.#startedAt.toISOString(),
      startedMonotonicNs: String(this.#startedNs),
      endedAt: new Date(this.#startedAt.getTime() + durationMs).toISOString(),
      durationMs,
      recorderVkey: this.vkey,
      tracks: outcomes.map(({ track }, i) => ({ place: this.tracks[i]?.source.place ?? 'room', track })),
      targets: this.targets.live().map(({ path, ok, problem }) => ({ path, ok, problem })),
      disks: this.targets.disks,
      stored,
      events: events(),
      end: 'stopped',
      lost: [],
    };
  }

  /** Writes down on every target what recovery would need, each time that changes; in order, behind the caller. */
  #note(): void {
    const file = RecordingFile.parse({
      format: 'birret-recording/1',
      exhibit: this.input.exhibit,
      startedAt: this.#startedAt.toISOString(),
      startedMonotonicNs: String(this.#startedNs),
      buttonMs: this.buttonMs,
      recorderVkey: this.vkey,
      encoderVersion: this.#ports.encoderVersion,
      targets: this.input.targets,
      tracks: this.tracks.map((track) => ({ source: track.source, parts: track.opened })),
    });
    this.#notes.write(this.targets.usable(), `${JSON.stringify(file)}\n`);
  }

  /** The targets as screens get them. */
  get targetsLive(): TargetLive[] {
    return this.targets.live((folder) => this.tracks.reduce((sum, track) => sum + (track.behind.get(folder) ?? 0), 0));
  }

  #targetSlow(folder: string, track: string, slow: boolean): void {
    const changed = this.targets.lags(folder, track, slow);
    if (changed !== null) this.#ports.listener.targetSlow(changed.path, changed.slow);
  }

  #targetLost(folder: string, error: unknown): void {
    const lost = this.targets.drop(folder, error);
    if (lost !== null) this.#ports.listener.targetLost(lost.path, lost.problem);
  }
}

/** Monotonic time of the first picture or sound that is kept. */
function earliestOf(earlier: Earlier, buttonNs: bigint): bigint {
  let earliest = buttonNs;
  for (const { run, fragments } of earlier.values()) {
    const at = run.zeroNs + BigInt(Math.round(((fragments[0]?.start ?? 0) / run.init.timescale) * 1e9));
    if (at < earliest) earliest = at;
  }
  return earliest;
}
