import type { Alarm, RecorderPhase, RecorderState, SourceLive } from '../../shared/domain/liveState.ts';
import type { SourceRunner } from './ffmpeg/sourceRunner.ts';
import type { Recording } from './recording.ts';
import type { RecordingResult } from './result.ts';
import type { Targets } from './targets.ts';
import type { BeginResult, LiveSegments } from './wire/protocol.ts';
import { partFiles, TRACKS } from './writing/partNumber.ts';
import type { TrackRecorder } from './writing/trackRecorder.ts';

/** What a state is made from. */
export interface RoomFacts {
  readonly room: string;
  readonly phase: RecorderPhase;
  readonly recording: Recording | null;
  readonly result: RecordingResult | null;
  readonly runners: readonly SourceRunner[];
  readonly alarms: readonly Alarm[];
  readonly sleepBlocked: boolean;
  readonly nowNs: bigint;
  /** The folders that the next recording goes to, while none runs. */
  readonly idle: Targets;
  /** What all sources together send now. */
  readonly bytesPerSecond: number;
}

const GROWING_NS = 3_000_000_000n;

/** The room's state as screens get it. */
export function stateOf(facts: RoomFacts): RecorderState {
  const { room, phase, recording, result, alarms, sleepBlocked } = facts;
  return {
    ...{ room, phase, sleepBlocked },
    exhibit: recording?.input.exhibit ?? result?.exhibit ?? null,
    startedAt: recording?.startedAt.toISOString() ?? result?.startedAt ?? null,
    startedMonotonicNs: recording === null ? (result?.startedMonotonicNs ?? null) : String(recording.startedNs),
    elapsedMs: recording?.elapsedMs ?? result?.durationMs ?? 0,
    sources: facts.runners.map((runner) => sourceOf(runner, facts)),
    targets: recording?.targetsLive ?? facts.idle.live(),
    oneDisk: (recording?.targets ?? facts.idle).oneDisk,
    remainingMs: (recording?.targets ?? facts.idle).remainingMs(facts.bytesPerSecond),
    alarms: [...alarms],
    pid: process.pid,
    memoryBytes: process.memoryUsage.rss(),
  };
}

function sourceOf({ source, live }: SourceRunner, { phase, recording, nowNs }: RoomFacts): SourceLive {
  const track = phase === 'recording' ? recording?.track(source.id) : undefined;
  const durable = track?.durableNs ?? null;
  return {
    ...{ id: source.id, place: source.place, kind: source.kind, label: source.device.label },
    simulated: source.device.simulated,
    ...live,
    growing: durable !== null && nowNs - durable < GROWING_NS,
    bytes: track?.bytes ?? 0,
    partNumber: track?.partNumber ?? 0,
  };
}

/** What `begin` answers. */
export function begunOf(recording: Recording, runners: readonly SourceRunner[]): BeginResult {
  return {
    exhibit: recording.input.exhibit,
    startedAt: recording.startedAt.toISOString(),
    startedMonotonicNs: String(recording.startedNs),
    buttonMs: recording.buttonMs,
    recorderVkey: recording.vkey,
    targets: recording.targets.live().map(({ path, ok }) => ({ path, ok })),
    tracks: runners.map(({ source, live }) => ({
      ...{ id: source.id, place: source.place, kind: source.kind, label: source.device.label },
      deviceKind: source.device.backend,
      simulated: source.device.simulated,
      file: `${TRACKS}/${partFiles(source.id).media}`,
      pid: live.pid,
    })),
  };
}

/** What `live` answers for a track, with the bytes beside. */
export function liveOf(
  track: TrackRecorder | undefined,
  part: string | null,
  after: number,
): { answer: LiveSegments; bytes: Buffer } {
  const kept = track?.live(part, after) ?? { part: null, init: null, segments: [], bytes: Buffer.alloc(0) };
  const opened = track?.opened.find((one) => one.part === kept.part);
  const answer: LiveSegments = {
    part: kept.part,
    file: kept.part === null ? null : `${TRACKS}/${partFiles(kept.part).media}`,
    offsetMs: opened?.offset_ms ?? null,
    mediaType: opened === undefined ? null : `${opened.kind}/mp4; codecs="${opened.codecs}"`,
    init: kept.init,
    segments: [...kept.segments],
  };
  return { answer, bytes: kept.bytes };
}
