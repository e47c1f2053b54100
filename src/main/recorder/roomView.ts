import type { Alarm, RecorderPhase, RecorderState, SourceLive } from '../../shared/domain/liveState.ts';
import type { Recording } from './recording.ts';
import type { RecordingResult } from './result.ts';
import type { RoomSource } from './roomSources.ts';
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
  readonly sources: readonly RoomSource[];
  readonly alarms: readonly Alarm[];
  readonly sleepBlocked: boolean;
  readonly nowNs: bigint;
  /** The folders that the next recording goes to, while none runs. */
  readonly idle: Targets;
  /** What all sources together send now. */
  readonly bytesPerSecond: number;
}

/** The room's state as screens get it. */
export function stateOf(facts: RoomFacts): RecorderState {
  const { room, phase, recording, result, alarms, sleepBlocked } = facts;
  return {
    ...{ room, phase, sleepBlocked },
    exhibit: recording?.input.exhibit ?? result?.exhibit ?? null,
    startedAt: recording?.startedAt.toISOString() ?? result?.startedAt ?? null,
    startedMonotonicNs: recording === null ? (result?.startedMonotonicNs ?? null) : String(recording.startedNs),
    elapsedMs: recording?.elapsedMs ?? result?.durationMs ?? 0,
    sources: facts.sources.map((one) => sourceOf(one, facts)),
    targets: recording?.targetsLive ?? facts.idle.live(),
    oneDisk: (recording?.targets ?? facts.idle).oneDisk,
    remainingMs: (recording?.targets ?? facts.idle).remainingMs(facts.bytesPerSecond),
    alarms: [...alarms],
    pid: process.pid,
    memoryBytes: process.memoryUsage.rss(),
  };
}

function sourceOf({ source, runner, liveness }: RoomSource, { phase, recording, nowNs }: RoomFacts): SourceLive {
  const track = phase === 'recording' ? recording?.track(source.id) : undefined;
  const { live } = runner;
  const growing = track?.isGrowing(nowNs) ?? false;
  const seen = { running: live.state === 'running', lastFragmentMsAgo: live.lastFragmentMsAgo };
  return {
    ...{ id: source.id, place: source.place, kind: source.kind, label: source.device.label },
    simulated: source.device.simulated,
    ...live,
    growing,
    findings: liveness.findings({ ...seen, growing: track === undefined ? null : growing }, nowNs),
    bytes: track?.bytes ?? 0,
    partNumber: track?.partNumber ?? 0,
  };
}

/** What `begin` answers. */
export function begunOf(recording: Recording, sources: readonly RoomSource[]): BeginResult {
  return {
    exhibit: recording.input.exhibit,
    startedAt: recording.startedAt.toISOString(),
    startedMonotonicNs: String(recording.startedNs),
    buttonMs: recording.buttonMs,
    recorderVkey: recording.vkey,
    targets: recording.targets.live().map(({ path, ok }) => ({ path, ok })),
    disks: recording.targets.disks,
    tracks: sources.map(({ source, runner }) => ({
      ...{ id: source.id, place: source.place, kind: source.kind, label: source.device.label },
      deviceKind: source.device.backend,
      simulated: source.device.simulated,
      file: `${TRACKS}/${partFiles(source.id).media}`,
      sending: recording.track(source.id)?.partNumber !== 0,
      pid: runner.live.pid,
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
