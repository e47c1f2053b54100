import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRunning, planNow } from '../../src/main/cli/journey.ts';
import { jobResult } from '../../src/main/cli/seat.ts';
import { FragmentReader } from '../../src/main/recorder/media/fragmentReader.ts';
import { openExhibitKey } from '../../src/main/recording/index.ts';
import type { RecorderState } from '../../src/shared/domain/liveState.ts';
import { EvidenceRecord, type RecordTrack, SegmentLine } from '../../src/shared/evidence/record.ts';
import { VerificationResult } from '../../src/shared/evidence/verification.ts';
import { full } from './figures.ts';
import type { KillRoom } from './killRoom.ts';
import { alive, decoded, decrypted } from './recorderRoom.ts';
import { frameNumbersOf } from './rtspCamera.ts';
import { enterStation, type StationScreen } from './stationScreen.ts';
import { patiently, until } from './until.ts';

export const killKinds = ['shell', 'station', 'recorder', 'ffmpeg', 'all'] as const;
export type KillKind = (typeof killKinds)[number];

/** What a kill cost one track. */
export interface TrackLoss {
  readonly id: string;
  /** Its encoder was among what was killed. */
  readonly hit: boolean;
  /** Milliseconds before the kill that the track does not have; for a track that was not hit, all that it misses. */
  readonly lostMs: number;
  /** Of a source that was started again: from the kill to its first frame or sound that is kept. */
  readonly awayMs: number | null;
}

export interface Trial {
  readonly kind: KillKind;
  readonly exhibit: string;
  readonly tracks: readonly TrackLoss[];
}

interface Moment {
  readonly state: RecorderState;
  readonly ns: bigint;
  /** The newest frame that the camera had sent. */
  readonly frame: number;
  readonly hit: readonly string[];
}

const FRAME_MS = 40;
/** How long a recording that survives goes on afterwards. */
const AFTER_MS = 1500;

/**
 * Records an interview at the station, kills `kind` with signal 9 `afterMs` after every track was on disk, has the station
 * recover as it does for people, and looks at what stands. Throws what went wrong, in words.
 *
 * What a kill cost is told by the sources, not by the recorder: the camera numbers its frames, so the pictures lost are
 * the newest number that it had sent when the signal went out less the last one in the file; the sound lost is the
 * monotonic time of the signal less the place of the last sound in the file on the same clock.
 */
export async function killTrial(room: KillRoom, kind: KillKind, afterMs: number, chance: () => number): Promise<Trial> {
  // A shell that starts the station is the parent of what it leaves behind.
  const shell = kind === 'shell' ? await room.openShell() : null;
  let screen = await enterStation(room.station, 'investigator', room.password);
  const { client } = screen.seat;
  const plan = await planNow(screen.seat, room.room, 5, new Date());
  const interview = plan.id;
  await client.recording.prepare({ interview });
  await allRunning(screen.seat, interview);
  await patiently('SOURCE_FAILED', () => client.recording.begin({ interview, singleTargetConfirmed: false }));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const moment = await strike(room, screen, kind, interview, shell?.kill ?? null, chance);

  if (kind === 'station' || kind === 'all') screen = await enterStation(room.station, 'investigator', room.password);
  if (kind === 'recorder' || kind === 'all') await recover(screen, interview, plan.exhibit);
  else await goOnAndStop(screen, interview, moment);
  const { job } = await screen.seat.client.archive.verify({ exhibit: plan.exhibit });
  const { checks } = VerificationResult.parse(await jobResult(screen.seat.client, job));
  const failed = checks.filter((check) => check.status === 'fail').map((check) => check.name);
  if (failed.length > 0) throw new Error(`${plan.exhibit} after ${kind}: ${failed.join(', ')}`);
  return { kind, exhibit: plan.exhibit, tracks: await lossesOf(room, plan.exhibit, moment) };
}

async function strike(
  room: KillRoom,
  { station, seat }: StationScreen,
  kind: KillKind,
  interview: string,
  killShell: (() => Promise<void>) | null,
  chance: () => number,
): Promise<Moment> {
  const { recorder: state } = await seat.client.recording.view({ interview });
  if (state === null) throw new Error('no recorder');
  const pids = new Map(state.sources.map(({ id, pid }) => [id, pid ?? 0]));
  const one = [...pids.keys()][Math.floor(chance() * pids.size)] ?? 'room';
  const targets: Record<KillKind, number[]> = {
    shell: [],
    station: [station.pid],
    recorder: [state.pid],
    ffmpeg: [pids.get(one) ?? 0],
    all: [station.pid, state.pid, ...pids.values()],
  };
  // What the camera sent is counted here: first all that has come is taken.
  await new Promise((resolve) => setImmediate(resolve));
  const moment = { state, ns: process.hrtime.bigint(), frame: room.camera.newestFrame() };
  for (const pid of targets[kind]) process.kill(pid, 'SIGKILL');
  if (kind === 'shell') await killShell?.();
  const ended = kind === 'recorder' || kind === 'all' ? [state.pid, ...pids.values()] : targets[kind];
  await until('what was killed is gone', () => ended.every((pid) => !alive(pid)));
  const hit = kind === 'ffmpeg' ? [one] : kind === 'recorder' || kind === 'all' ? [...pids.keys()] : [];
  return { ...moment, hit };
}

/** The recording goes on: for a while, with every source at work, and is stopped and sealed as if nothing had been. */
async function goOnAndStop({ seat }: StationScreen, interview: string, moment: Moment): Promise<void> {
  await until('the recording goes on with every source', async () => {
    const { recorder, interview: now } = await seat.client.recording.view({ interview });
    if (now.state !== 'recording') throw new Error(`the interview is ${now.state}`);
    const parts = (id: string) => (moment.hit.includes(id) ? 2 : 1);
    return (
      recorder !== null &&
      recorder.elapsedMs > moment.state.elapsedMs + AFTER_MS &&
      recorder.sources.every(({ id, growing, bytes, partNumber }) => growing && bytes > 0 && partNumber === parts(id))
    );
  });
  const stopped = await seat.client.recording.stop({ interview, confirmed: true });
  if (stopped.state !== 'sealed') throw new Error(`the seal waits for ${stopped.waitsFor}`);
}

/** What was cut off is secured by the station itself and sealed by its officer. */
async function recover({ seat }: StationScreen, interview: string, exhibit: string): Promise<void> {
  await until(
    'the station has secured it',
    async () => (await seat.client.interviews.get({ interview })).state === 'secured',
  );
  const { job } = await seat.client.exhibits.recover({ exhibit });
  await jobResult(seat.client, job);
}

async function lossesOf(room: KillRoom, exhibit: string, moment: Moment): Promise<TrackLoss[]> {
  const [a, b] = room.targets.map((target) => join(target, exhibit));
  const record = EvidenceRecord.parse(JSON.parse(readFileSync(join(a ?? '', 'record.json'), 'utf8')));
  const keyAge = readFileSync(join(a ?? '', 'exhibit.key.age'));
  const identity = await openExhibitKey(keyAge, room.vaultIdentity);
  return record.tracks.map((track) => {
    const hit = moment.hit.includes(track.id);
    const parts = hit && moment.hit.length === 1 ? 2 : 1;
    if (track.parts.length !== parts) throw new Error(`${exhibit}/${track.id} has ${track.parts.length} parts`);
    const media = track.parts.map((part) => {
      const [one, other] = [a, b].map((folder) => readFileSync(join(folder ?? '', `${part.file}.age`)));
      if (one === undefined || other === undefined || !one.equals(other)) throw new Error(`${part.file}: not the same`);
      const plain = decrypted({ folder: room.folder, identity }, join(a ?? '', `${part.file}.age`));
      mustDecode(plain, track.kind === 'video' ? 'video' : 'audio', `${exhibit}/${part.file}`);
      return plain;
    });
    const loss =
      track.kind === 'video' ? pictureLoss(room, track, media, moment, hit) : soundLoss(a ?? '', track, moment, hit);
    // What the recorder had called durable before the signal is there, at any speed of the machine.
    const told = moment.state.sources.find(({ id }) => id === track.id)?.bytes ?? Number.NaN;
    const kept = track.parts[0]?.bytes ?? 0;
    if (!(kept >= told)) throw new Error(`${exhibit}/${track.id}: ${told} bytes were durable, ${kept} are there`);
    return loss;
  });
}

/** Exit 0, an empty log of warnings, and as many frames as the index says. */
function mustDecode(media: Buffer, kind: 'video' | 'audio', name: string): void {
  const indexed = new FragmentReader()
    .push(media)
    .reduce((sum, piece) => sum + (piece.type === 'fragment' ? piece.fragment.samples : 0), 0);
  const { warnings: said, frames } = decoded(media, kind);
  // Where every test runs at once the camera may starve and then send in bursts; its stamps are uneven, and no frame is
  // missing. The long version is run alone and overlooks nothing.
  const warnings = full ? said : said.replaceAll(/^.*DTS discontinuity.*\n?/gm, '');
  if (warnings !== '' || frames !== indexed) throw new Error(`${name}: ${frames} of ${indexed} frames; ${warnings}`);
}

function pictureLoss(
  room: KillRoom,
  track: RecordTrack,
  media: readonly Buffer[],
  moment: Moment,
  hit: boolean,
): TrackLoss {
  const path = join(room.folder, 'part.mp4');
  const runs = media.map((bytes) => {
    writeFileSync(path, bytes);
    return frameNumbersOf(path);
  });
  const missing = runs.reduce((sum, run) => sum + missingIn(run), 0);
  const last = runs[0]?.at(-1) ?? -1;
  if (hit) {
    if (missing > 0) throw new Error(`${track.id}: ${missing} frames are missing within a part`);
    const back = runs[1]?.[0];
    return {
      id: track.id,
      hit,
      lostMs: Math.max(0, moment.frame - last) * FRAME_MS,
      awayMs: back === undefined ? null : (back - moment.frame) * FRAME_MS,
    };
  }
  if (last <= moment.frame) throw new Error(`${track.id} ends at the kill`);
  return { id: track.id, hit, lostMs: missing * FRAME_MS, awayMs: null };
}

const missingIn = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number, i) => sum + (i === 0 ? 0 : number - (numbers[i - 1] ?? number) - 1), 0);

function soundLoss(folder: string, track: RecordTrack, { state, ns }: Moment, hit: boolean): TrackLoss {
  const killedMs = Number(ns - BigInt(state.startedMonotonicNs ?? 0)) / 1e6;
  const spans = track.parts.map((part) => {
    const lines = readFileSync(join(folder, part.file.replace(/\.mp4$/, '.segments.jsonl')), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => SegmentLine.parse(JSON.parse(line)));
    const last = lines.at(-1);
    return {
      from: part.offset_ms + (lines[1]?.start_ms ?? 0),
      to: part.offset_ms + (last?.start_ms ?? 0) + (last?.duration_ms ?? 0),
    };
  });
  const end = spans[0]?.to ?? 0;
  if (!hit) {
    if (end <= killedMs) throw new Error(`${track.id} ends at the kill`);
    return {
      id: track.id,
      hit,
      lostMs: track.gaps.reduce((sum, gap) => sum + gap.to_ms - gap.from_ms, 0),
      awayMs: null,
    };
  }
  const back = spans[1]?.from;
  return {
    id: track.id,
    hit,
    lostMs: Math.max(0, Math.round(killedMs - end)),
    awayMs: back === undefined ? null : Math.round(back - killedMs),
  };
}
