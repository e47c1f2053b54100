import type { Alarm, RecorderState } from '../../shared/domain/liveState.ts';
import type { Clock } from '../platform/clock.ts';
import { Alarms } from './alarms.ts';
import type { Loss } from './ffmpeg/sourcePorts.ts';
import { FindingAlarms, type Watched } from './findingAlarms.ts';
import type { Recording, RecordingListener } from './recording.ts';
import type { JournalEntry } from './result.ts';
import type { RoomSource } from './roomSources.ts';

export interface RoomAlarmPorts {
  readonly clock: Clock;
  /** Tells whoever listens. */
  readonly told: (alarm: Alarm) => void;
  readonly note: (action: JournalEntry['action'], details: JournalEntry['details']) => void;
  /** The recording that runs, or null. */
  readonly recording: () => Recording | null;
  readonly sources: () => readonly RoomSource[];
}

/** What a room tells of its sources and targets: each alarm with its facts, and the same in the journal. */
export class RoomAlarms {
  readonly alarms: Alarms;
  readonly #ports: RoomAlarmPorts;
  readonly #findings: FindingAlarms;

  constructor(ports: RoomAlarmPorts) {
    this.#ports = ports;
    this.alarms = new Alarms(ports.clock, ports.told);
    this.#findings = new FindingAlarms(this.alarms, (what, code, track) => {
      ports.note(what === 'began' ? 'alarm.began' : 'alarm.ended', { code, track });
    });
  }

  lost(id: string, { cause, failure, line }: Loss): void {
    // Started again because the clock was set: that has an alarm of its own, and there is nothing to do about the source.
    if (cause !== 'clock') this.alarms.begin(lostKey(id), 'SOURCE_LOST', { ...this.#of(id), cause, failure, line });
    this.#ports.note('source.lost', { track: id, cause, failure });
  }

  back(id: string): void {
    if (this.alarms.end(lostKey(id)) !== null) this.alarms.raise('SOURCE_BACK', this.#of(id));
    this.#ports.note('source.back', { track: id });
  }

  /** What is found on the sources now; to be called a few times a second. */
  look(state: RecorderState): void {
    this.#findings.look(this.#watched(state), this.#ports.clock.monotonicNs());
  }

  /** A recording begins: what was over before is forgotten, what is wrong still belongs to it though it began before. */
  begun(state: RecorderState): void {
    this.alarms.forgetEnded();
    for (const { source, awayNs, loss } of this.#ports.sources()) {
      if (awayNs === null || loss === null) continue;
      this.#ports.note('source.lost', { track: source.id, cause: loss.cause, failure: loss.failure });
    }
    this.#findings.noteAgain(this.#watched(state));
  }

  /** What a recording tells of its disks. */
  listener(): RecordingListener {
    const { alarms } = this;
    const { note, recording } = this.#ports;
    const indexOf = (target: string): number =>
      recording()
        ?.targets.live()
        .findIndex(({ path }) => path === target) ?? -1;
    return {
      targetLost: (target, problem) => {
        alarms.end(`DISK_SLOW ${target}`);
        alarms.begin(`TARGET_LOST ${target}`, 'TARGET_LOST', { target, problem });
        note('target.lost', { target: indexOf(target), problem });
      },
      slow: (track) => {
        alarms.raise('DISKS_TOO_SLOW', this.#of(track));
        note('disk.slow', { track });
      },
      targetSlow: (target, slow) => {
        if (slow) alarms.begin(`DISK_SLOW ${target}`, 'DISK_SLOW', { target });
        else alarms.end(`DISK_SLOW ${target}`);
        note(slow ? 'target.slow' : 'target.caught-up', { target: indexOf(target) });
      },
    };
  }

  /** The recording is over: nothing is wrong with its disks any more. */
  ended(targets: readonly string[]): void {
    for (const target of targets) {
      for (const code of ['TARGET_LOST', 'DISK_SLOW']) this.alarms.end(`${code} ${target}`);
    }
  }

  /** That nothing grows is no news of a source while a disk is known to lag behind: that is told already. */
  #watched({ sources, targets }: RecorderState): Watched[] {
    const lagging = targets.some(({ ok, slow }) => ok && slow);
    return sources.map(({ id, state, findings }) => ({
      id,
      running: state === 'running',
      findings: lagging ? findings.filter((finding) => finding !== 'no-bytes') : findings,
      params: this.#of(id),
    }));
  }

  /** What an alarm of a source says: which one, and the places of the others that are being recorded at this moment. */
  #of(id: string): Alarm['params'] {
    const recording = this.#ports.recording();
    const now = this.#ports.clock.monotonicNs();
    const sources = this.#ports.sources();
    const still = sources.filter(
      ({ source, awayNs }) =>
        source.id !== id && awayNs === null && recording?.track(source.id)?.isGrowing(now) === true,
    );
    const one = sources.find(({ source }) => source.id === id)?.source;
    return {
      source: one?.device.label ?? id,
      place: one?.place ?? '',
      recording: recording === null ? 0 : 1,
      still: still.map(({ source }) => source.place).join(','),
    };
  }
}

const lostKey = (id: string): string => `SOURCE_LOST ${id}`;
