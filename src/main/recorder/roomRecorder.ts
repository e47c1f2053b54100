import type { SourcePlace } from '../../shared/domain/devices.ts';
import type { RecorderPhase, RecorderState } from '../../shared/domain/liveState.ts';
import { Refusal } from '../../shared/errors.ts';
import { systemDisk } from '../vault/index.ts';
import { firstBytes } from './firstBytes.ts';
import { forgetResult, pendingResult, recorderFiles, writePrivate } from './folder.ts';
import { type Earlier, Recording } from './recording.ts';
import type { JournalEntry, RecordingResult } from './result.ts';
import { type RoomAlarmPorts, RoomAlarms } from './roomAlarms.ts';
import { RoomGuards } from './roomGuards.ts';
import type { RoomPorts } from './roomPorts.ts';
import { RoomSources, type SourcesListener } from './roomSources.ts';
import { begunOf, liveOf, stateOf } from './roomView.ts';
import { sampleOf } from './sampleOf.ts';
import { systemWord, Targets } from './targets.ts';
import type { BeginInput, BeginResult, LiveSegments, SampleFacts } from './wire/protocol.ts';

/**
 * How long the button waits for every track's first durable bytes: a key frame may be two seconds away, and a busy machine
 * behind its cameras. What is known to be away is not waited for at all.
 */
const FIRST_BYTES_MS = 15_000;
/** What a room that is set so keeps from before the button. */
const PRE_RECORD_NS = 10_000_000_000n;

/**
 * A room's sources and its recording: ready → recording → ended → (acknowledged) ready. The sources run on through all
 * of it. Everything it is asked comes through here, whoever asks.
 */
export class RoomRecorder {
  readonly #ports: RoomPorts;
  readonly #sources: RoomSources;
  readonly #alarms: RoomAlarms;
  readonly #guards: RoomGuards;
  readonly #idleTargets: Targets;
  #phase: RecorderPhase = 'ready';
  #busy = false;
  #recording: Recording | null = null;
  #result: RecordingResult | null = null;
  #timers: NodeJS.Timeout[] = [];

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    const { clock, inhibitor } = ports;
    const note: RoomAlarmPorts['note'] = (action, details) => this.#note(action, details);
    this.#alarms = new RoomAlarms({
      ...{ clock, note },
      told: (alarm) => ports.emit({ event: 'alarm', alarm }),
      recording: () => this.#running,
      sources: () => this.#sources.all,
    });
    this.#guards = new RoomGuards({ ...{ clock, inhibitor, note }, alarms: this.#alarms.alarms });
    this.#idleTargets = new Targets(ports.start.targets, true, systemDisk);
    this.#sources = new RoomSources(ports, this.#sourcesListener());
  }

  async start(): Promise<void> {
    this.#result = await pendingResult(this.#ports.folder);
    if (this.#result !== null) this.#phase = 'ended';
    this.#ports.journal.add('recorder.started', null, { pid: process.pid, room: this.#ports.start.room });
    this.#sources.start();
    this.#timers = [
      setInterval(() => this.#ports.emit({ event: 'levels', levels: this.#sources.levels }), 100),
      setInterval(() => this.#look(), 500),
      setInterval(() => {
        if (this.#guards.lookAtClock()) this.#sources.clockWasSet();
      }, 250),
      setInterval(() => void this.#lookAtDisks(), 5000),
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
      sources: this.#sources.all,
      alarms: this.#alarms.alarms.list,
      sleepBlocked: this.#guards.sleepBlocked,
      nowNs: this.#ports.clock.monotonicNs(),
      idle: this.#idleTargets,
      bytesPerSecond: this.#sources.measuredRate,
    });
  }

  /** The button. See `BeginInput`; throws RECORDER_WRONG_PHASE, SOURCE_FAILED and what `Recording.start` throws. */
  async begin(input: BeginInput): Promise<BeginResult> {
    if (this.#phase !== 'ready' || this.#busy) throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    this.#busy = true;
    try {
      this.#sources.refuseAway(input.confirmedMissing ?? []);
      const { clock, start } = this.#ports;
      const listener = this.#alarms.listener();
      const recording = new Recording(input, { clock, encoderVersion: start.ffmpeg.version, listener });
      const earliestNs = clock.monotonicNs() - PRE_RECORD_NS;
      const earlier = start.settings.preRecord ? (): Earlier => this.#sources.earlier(earliestNs) : undefined;
      await recording.start(start.sources, this.#sources.expectedRate, earlier);
      this.#recording = recording;
      this.#phase = 'recording';
      this.#sources.clearRings();
      this.#note('recording.begun', { sources: start.sources.length, button_ms: recording.buttonMs });
      this.#alarms.begun(this.state());
      const blocked = this.#guards.begin();
      this.#changed();
      const failed = await firstBytes(recording, FIRST_BYTES_MS);
      await blocked;
      if (failed !== null) throw await this.#notStarted(recording, failed.source.id);
      return begunOf(recording, this.#sources.all);
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
    this.#alarms.alarms.forgetEnded();
    this.#phase = 'ready';
    this.#changed();
  }

  preview(place: SourcePlace): Buffer | null {
    return this.#sources.preview(place);
  }

  live(id: string, part: string | null, after: number): { answer: LiveSegments; bytes: Buffer } {
    return liveOf(this.#running?.track(id), part, after);
  }

  /** What a source sent last: see `RecorderClient.sample`. */
  sample(id: string, lastMs: number): { output: SampleFacts | null; binary: Buffer } {
    if (this.#phase !== 'ready') throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    return sampleOf(this.#sources.find(id)?.ring.newest(lastMs) ?? null);
  }

  journal(after: number): JournalEntry[] {
    return this.#ports.journal.after(after);
  }

  /** Ends every ffmpeg. Refused while recording: RECORDER_WRONG_PHASE. */
  async release(): Promise<void> {
    if (this.#phase === 'recording') throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    for (const timer of this.#timers) clearInterval(timer);
    await this.#sources.stop();
    this.#ports.journal.add('recorder.released', null, {});
  }

  /** For an orderly end of the process while it records (a machine that shuts down): nothing that was kept is lost. */
  async shutDown(): Promise<void> {
    if (this.#phase === 'recording') await this.#finish();
    await this.release();
  }

  /** What the sources sent is ended as it should be and put aside; the room is ready for another try. */
  async #notStarted(recording: Recording, track: string): Promise<Refusal> {
    try {
      await recording.end(this.#sources.runners, () => []);
      await recording.targets.setAside();
      this.#note('recording.not-started', { track });
    } catch (error) {
      // Disks that fail as well: what stands there stays as a crash would leave it, and the room is ready all the same.
      this.#note('recording.not-started', { track, problem: systemWord(error) });
    }
    this.#over(recording);
    this.#recording = null;
    this.#phase = 'ready';
    this.#changed();
    return this.#sources.failed(track);
  }

  async #finish(): Promise<RecordingResult> {
    const recording = this.#recording;
    if (recording === null) throw new Refusal('RECORDER_WRONG_PHASE', { phase: this.#phase });
    const { exhibit } = recording.input;
    const events = (): JournalEntry[] => {
      this.#note('recording.ended', {});
      return this.#ports.journal.after(-1).filter((entry) => entry.exhibit === exhibit);
    };
    const result = await recording.end(this.#sources.runners, events).catch((error: unknown) => {
      this.#ports.broken();
      throw error;
    });
    this.#over(recording);
    this.#result = result;
    await writePrivate(recorderFiles(this.#ports.folder).result, result);
    this.#phase = 'ended';
    this.#changed();
    return result;
  }

  #sourcesListener(): SourcesListener {
    return {
      fragment: (id, run, fragment, arrivedNs) => {
        this.#running?.take(id, run, fragment, arrivedNs);
        return this.#running !== null;
      },
      lost: (id, loss, again) => {
        this.#running?.lost(id, loss.cause);
        if (!again) this.#alarms.lost(id, loss);
      },
      back: (id) => this.#alarms.back(id),
      changed: () => this.#changed(),
      mayRestart: () => this.#phase !== 'recording' && !this.#busy,
    };
  }

  /** The recording while it runs. */
  get #running(): Recording | null {
    return this.#phase === 'recording' ? this.#recording : null;
  }

  #over(recording: Recording): void {
    this.#guards.end();
    this.#alarms.ended(recording.input.targets);
  }

  #look(): void {
    this.#alarms.look(this.state());
    this.#changed();
  }

  /** A journal entry of the recording, with its time since the start. */
  #note(action: JournalEntry['action'], details: JournalEntry['details']): void {
    const recording = this.#running;
    const at = recording === null ? {} : { at_ms: recording.elapsedMs };
    this.#ports.journal.add(action, recording?.input.exhibit ?? null, { ...details, ...at });
  }

  async #lookAtDisks(): Promise<void> {
    const recording = this.#running;
    if (recording === null) return await this.#idleTargets.look();
    await recording.targets.look();
    this.#guards.lookAtDisks(recording.targets.remainingMs(this.#sources.measuredRate));
  }

  #changed(): void {
    this.#ports.emit({ event: 'state', state: this.state() });
  }
}
