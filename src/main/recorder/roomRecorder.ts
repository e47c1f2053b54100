import type { SourcePlace } from '../../shared/domain/devices.ts';
import type { Levels, RecorderPhase, RecorderState } from '../../shared/domain/liveState.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { systemDisk } from '../vault/index.ts';
import { Alarms } from './alarms.ts';
import { ClockWatch } from './clockWatch.ts';
import { DiskWatch } from './diskWatch.ts';
import type { FfmpegChildren } from './ffmpeg/children.ts';
import { clockOf } from './ffmpeg/clockText.ts';
import { SourceLog } from './ffmpeg/sourceLog.ts';
import type { OpenedInput, SourceRun } from './ffmpeg/sourcePorts.ts';
import { SourceRunner } from './ffmpeg/sourceRunner.ts';
import { forgetResult, pendingResult, recorderFiles, type StartFile, writePrivate } from './folder.ts';
import type { Journal } from './journal.ts';
import type { Fragment } from './media/fragment.ts';
import { durationMs, FragmentRing, type RingPiece } from './media/fragmentRing.ts';
import { type Earlier, Recording } from './recording.ts';
import type { JournalEntry, RecordingResult } from './result.ts';
import { begunOf, liveOf, stateOf } from './roomView.ts';
import type { SleepInhibitor } from './sleepInhibitor.ts';
import { Targets } from './targets.ts';
import type { BeginInput, BeginResult, LiveSegments, RecorderEvent, SampleFacts } from './wire/protocol.ts';

export interface RoomPorts {
  readonly folder: string;
  readonly start: StartFile;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly children: FfmpegChildren;
  readonly inhibitor: SleepInhibitor;
  readonly openInput: (source: StartFile['sources'][number]) => Promise<OpenedInput>;
  readonly emit: (event: RecorderEvent) => void;
  /** No disk holds the recording whole: this process has to end as by a crash, so that the station secures what stands. */
  readonly broken: () => void;
}

/** How long the button waits for every track's first durable bytes: a key frame may be two seconds away. */
const FIRST_BYTES_MS = 8000;
/** Before a source has shown what it sends: the encoder's ceiling for pictures, sound at 128 kbit/s. */
const EXPECTED = { video: 520_000, audio: 17_000 } as const;
/** What a room that is set so keeps from before the button. */
const PRE_RECORD_NS = 10_000_000_000n;
/** What age files and their indexes need beyond the bytes that the sources send. */
const OVERHEAD = 1.02;

/**
 * A room's sources and its recording: ready → recording → ended → (acknowledged) ready. The sources run on through all
 * of it. Everything it is asked comes through here, whoever asks.
 */
export class RoomRecorder {
  readonly #ports: RoomPorts;
  readonly #runners: SourceRunner[];
  readonly #rings: ReadonlyMap<string, FragmentRing>;
  readonly #alarms: Alarms;
  readonly #away = new Set<string>();
  readonly #levels: Levels = {};
  readonly #clockWatch: ClockWatch;
  readonly #idleTargets: Targets;
  #diskWatch = new DiskWatch();
  #phase: RecorderPhase = 'ready';
  #busy = false;
  #recording: Recording | null = null;
  #result: RecordingResult | null = null;
  #sleepBlocked = false;
  #timers: NodeJS.Timeout[] = [];

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    this.#alarms = new Alarms(ports.clock, (alarm) => ports.emit({ event: 'alarm', alarm }));
    this.#clockWatch = new ClockWatch(ports.clock);
    this.#idleTargets = new Targets(ports.start.targets, true, systemDisk);
    const files = recorderFiles(ports.folder);
    this.#rings = new Map(ports.start.sources.map(({ id }) => [id, new FragmentRing()]));
    this.#runners = ports.start.sources.map(
      (source) =>
        new SourceRunner(source, {
          children: ports.children,
          ffmpegPath: ports.start.ffmpeg.path,
          videoEncoder: ports.start.ffmpeg.videoEncoder,
          clock: ports.clock,
          log: new SourceLog(files.sourceLog(source.id)),
          openInput: ports.openInput,
          drawn: () => clockOf(source, ports.start, ports.clock.now()),
          mayRestart: () => this.#phase !== 'recording' && !this.#busy,
          listener: {
            fragment: (run, fragment, arrivedNs) => this.#fragment(source.id, run, fragment, arrivedNs),
            lost: (cause) => this.#lost(source.id, cause),
            level: (level) => {
              this.#levels[source.id] = level;
            },
            changed: () => this.#changed(),
          },
        }),
    );
  }

  async start(): Promise<void> {
    this.#result = await pendingResult(this.#ports.folder);
    if (this.#result !== null) this.#phase = 'ended';
    this.#ports.journal.add('recorder.started', null, { pid: process.pid, room: this.#ports.start.room });
    for (const runner of this.#runners) runner.start();
    this.#timers = [
      setInterval(() => this.#ports.emit({ event: 'levels', levels: this.#levels }), 100),
      setInterval(() => this.#changed(), 500),
      setInterval(() => this.#watchClock(), 1000),
      setInterval(() => void this.#look(), 5000),
    ];
    await this.#idleTargets.look();
  }

  get phase(): RecorderPhase {
    return this.#phase;
  }

  state(): RecorderState {
    return stateOf({
      room: this.#ports.start.room,
      phase: this.#phase,
      recording: this.#recording,
      result: this.#result,
      runners: this.#runners,
      alarms: this.#alarms.list,
      sleepBlocked: this.#sleepBlocked,
      nowNs: this.#ports.clock.monotonicNs(),
      idle: this.#idleTargets,
      bytesPerSecond: this.#measuredRate(),
    });
  }

  /** The button. See `BeginInput`; throws RECORDER_WRONG_PHASE, SOURCE_FAILED and what `Recording.start` throws. */
  async begin(input: BeginInput): Promise<BeginResult> {
    if (this.#phase !== 'ready' || this.#busy) throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    this.#busy = true;
    try {
      const recording = new Recording(input, {
        clock: this.#ports.clock,
        encoderVersion: this.#ports.start.ffmpeg.version,
        listener: {
          targetLost: (target, problem) => {
            this.#alarms.raise('TARGET_LOST', { target, problem });
            this.#note('target.lost', {
              target: recording.targets.live().findIndex(({ path }) => path === target),
              problem,
            });
          },
          slow: (track) => {
            this.#alarms.raise('DISKS_TOO_SLOW', this.#named(track));
            this.#note('disk.slow', { track });
          },
          targetSlow: (target, slow) => {
            const index = recording.targets.live().findIndex(({ path }) => path === target);
            if (slow) this.#alarms.raise('DISK_SLOW', { target });
            this.#note(slow ? 'target.slow' : 'target.caught-up', { target: index });
          },
        },
      });
      const earliestNs = this.#ports.clock.monotonicNs() - PRE_RECORD_NS;
      const { sources, settings } = this.#ports.start;
      const earlier = settings.preRecord ? (): Earlier => this.#earlier(earliestNs) : undefined;
      await recording.start(sources, this.#expectedRate(), earlier);
      this.#recording = recording;
      this.#diskWatch = new DiskWatch();
      this.#phase = 'recording';
      for (const ring of this.#rings.values()) ring.clear();
      this.#note('recording.begun', { sources: this.#runners.length, button_ms: recording.buttonMs });
      await this.#blockSleep();
      this.#changed();
      await this.#allGrowing(recording);
      return begunOf(recording, this.#runners);
    } finally {
      this.#busy = false;
    }
  }

  /** The stop. Every part is finished on every target that is left; the result stays until it is acknowledged. */
  async end(): Promise<RecordingResult> {
    if (this.#phase !== 'recording' || this.#busy) throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    this.#busy = true;
    try {
      return await this.#finish();
    } finally {
      this.#busy = false;
    }
  }

  get result(): RecordingResult | null {
    return this.#result;
  }

  async acknowledge(): Promise<void> {
    if (this.#phase !== 'ended') throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    await forgetResult(this.#ports.folder);
    this.#result = null;
    this.#recording = null;
    this.#alarms.clear();
    this.#phase = 'ready';
    this.#changed();
  }

  preview(place: SourcePlace): Buffer | null {
    return this.#runners.find(({ source }) => source.place === place)?.preview ?? null;
  }

  live(id: string, part: string | null, after: number): { answer: LiveSegments; bytes: Buffer } {
    return liveOf(this.#phase === 'recording' ? this.#recording?.track(id) : undefined, part, after);
  }

  /** What a source sent last: see `RecorderClient.sample`. */
  sample(id: string, lastMs: number): { output: SampleFacts | null; binary: Buffer } {
    if (this.#phase !== 'ready') throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    const piece = this.#rings.get(id)?.newest(lastMs) ?? null;
    if (piece === null) return { output: null, binary: Buffer.alloc(0) };
    const { init } = piece.run;
    const output = {
      mediaType: `${init.kind}/mp4; codecs="${init.codecs}"`,
      durationMs: durationMs(piece),
      fragments: piece.fragments.length,
      initLength: init.bytes.length,
    };
    return { output, binary: Buffer.concat([init.bytes, ...piece.fragments.map(({ bytes }) => bytes)]) };
  }

  journal(after: number): JournalEntry[] {
    return this.#ports.journal.after(after);
  }

  /** Ends every ffmpeg. Refused while recording: RECORDER_WRONG_PHASE. */
  async release(): Promise<void> {
    if (this.#phase === 'recording') throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#runners.map((runner) => runner.stop()));
    this.#ports.journal.add('recorder.released', null, {});
  }

  /** For an orderly end of the process while it records (a machine that shuts down): nothing that was kept is lost. */
  async shutDown(): Promise<void> {
    if (this.#phase === 'recording') await this.#finish();
    await this.release();
  }

  async #allGrowing(recording: Recording): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, FIRST_BYTES_MS, 'late');
    });
    const all = Promise.all(recording.tracks.map((track) => track.growing));
    const outcome = await Promise.race([all, late]);
    clearTimeout(timer);
    if (outcome !== 'late') return;
    const failed = recording.tracks.find((track) => track.durableNs === null);
    // What the others sent is ended as it should be and put aside; the room is ready for another try.
    await recording.end(this.#runners, () => []);
    await recording.targets.setAside();
    this.#note('recording.not-started', { track: failed?.source.id ?? '' });
    this.#ports.inhibitor.release();
    this.#sleepBlocked = false;
    this.#recording = null;
    this.#phase = 'ready';
    this.#changed();
    throw new Refusal('SOURCE_FAILED', {
      source: failed?.source.device.label ?? '',
      place: failed?.source.place ?? '',
    });
  }

  async #finish(): Promise<RecordingResult> {
    const recording = this.#recording;
    if (recording === null) throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    const { exhibit } = recording.input;
    const events = (): JournalEntry[] => {
      this.#note('recording.ended', {});
      return this.#ports.journal.after(-1).filter((entry) => entry.exhibit === exhibit);
    };
    const result = await recording.end(this.#runners, events).catch((error: unknown) => {
      this.#ports.broken();
      throw error;
    });
    this.#ports.inhibitor.release();
    this.#sleepBlocked = false;
    this.#result = result;
    await writePrivate(recorderFiles(this.#ports.folder).result, result);
    this.#phase = 'ended';
    this.#changed();
    return result;
  }

  #fragment(id: string, run: SourceRun, fragment: Fragment, arrivedNs: bigint): void {
    if (this.#away.delete(id)) {
      this.#alarms.raise('SOURCE_BACK', this.#named(id));
      this.#note('source.back', { track: id });
    }
    if (this.#phase === 'recording') this.#recording?.take(id, run, fragment, arrivedNs);
    else this.#rings.get(id)?.take(run, fragment);
  }

  /** What the rings hold from `earliestNs` on, by source. */
  #earlier(earliestNs: bigint): Earlier {
    const found = new Map<string, RingPiece>();
    for (const [id, ring] of this.#rings) {
      const piece = ring.since(earliestNs);
      if (piece !== null) found.set(id, piece);
    }
    return found;
  }

  #lost(id: string, cause: string): void {
    delete this.#levels[id];
    this.#rings.get(id)?.clear();
    if (this.#phase === 'recording') this.#recording?.lost(id, cause);
    if (this.#away.has(id)) return;
    this.#away.add(id);
    this.#alarms.raise('SOURCE_LOST', { ...this.#named(id), cause });
    this.#note('source.lost', { track: id, cause });
  }

  #named(id: string): { source: string; place: string } {
    const source = this.#ports.start.sources.find((one) => one.id === id);
    return { source: source?.device.label ?? id, place: source?.place ?? '' };
  }

  /** A journal entry of the recording, with its time since the start. */
  #note(action: JournalEntry['action'], details: JournalEntry['details']): void {
    const recording = this.#phase === 'recording' ? this.#recording : null;
    const at = recording === null ? {} : { at_ms: recording.elapsedMs };
    this.#ports.journal.add(action, recording?.input.exhibit ?? null, { ...details, ...at });
  }

  #expectedRate(): number {
    return this.#runners.reduce((sum, { source, bytesPerSecond }) => {
      const measured = source.device.backend === 'rtsp' ? bytesPerSecond : null;
      return sum + Math.max(EXPECTED[source.kind], (measured ?? 0) * 1.25);
    }, 0);
  }

  /** What all sources together send now, for telling how long the disks last. */
  #measuredRate(): number {
    const rates = this.#runners.map(({ source, bytesPerSecond }) => bytesPerSecond ?? EXPECTED[source.kind]);
    return rates.reduce((sum, rate) => sum + rate, 0) * OVERHEAD;
  }

  async #blockSleep(): Promise<void> {
    const lost = (): void => {
      this.#sleepBlocked = false;
      if (this.#phase !== 'recording') return;
      this.#alarms.raise('SLEEP_NOT_BLOCKED', {});
      this.#note('sleep.not-blocked', {});
    };
    this.#sleepBlocked = await this.#ports.inhibitor.block(lost);
    if (!this.#sleepBlocked) lost();
  }

  #watchClock(): void {
    const jumpMs = this.#clockWatch.look();
    if (jumpMs === null) return;
    this.#alarms.raise('CLOCK_JUMPED', { jumpMs });
    this.#note('clock.jumped', { jump_ms: jumpMs });
  }

  async #look(): Promise<void> {
    const recording = this.#phase === 'recording' ? this.#recording : null;
    if (recording === null) return await this.#idleTargets.look();
    await recording.targets.look();
    const minutes = this.#diskWatch.look(recording.targets.remainingMs(this.#measuredRate()));
    if (minutes === null) return;
    this.#alarms.raise(minutes === 15 ? 'DISK_ALMOST_FULL' : 'DISK_LOW', { minutes });
    this.#note('disk.low', { minutes });
  }

  #changed(): void {
    this.#ports.emit({ event: 'state', state: this.state() });
  }
}
