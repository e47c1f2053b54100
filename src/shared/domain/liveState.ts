import { z } from 'zod';
import { ExhibitNumber, Id, Instant, Whole } from '../evidence/record.ts';
import { SourcePlace } from './devices.ts';
import { SourceFailure } from './sourceFailure.ts';

/** A microphone's level over the last tenth of a second, in dBFS; −120 stands for digital silence. */
export const Level = z.strictObject({ rms: z.number(), peak: z.number() });
export type Level = z.infer<typeof Level>;

/** Levels of all microphones of a room, ten times a second, by source id. */
export const Levels = z.record(Id, Level);
export type Levels = z.infer<typeof Levels>;

export const RecorderPhase = z.enum(['ready', 'recording', 'ended']);
export type RecorderPhase = z.infer<typeof RecorderPhase>;

/**
 * What keeps a source's light from being green. `no-bytes` = nothing reached every disk in use for two seconds;
 * `no-frames` = pictures do not advance; `black`, `frozen` = what the picture shows; `silent`, `clipping`, `hum` = what the
 * microphone hears against its base line.
 */
export const Finding = z.enum(['no-bytes', 'no-frames', 'black', 'frozen', 'silent', 'clipping', 'hum']);
export type Finding = z.infer<typeof Finding>;

/**
 * One source of the room. `lost` = its ffmpeg ended or fell silent and the next start is waited for, `restarting` = it
 * has been started again and has not sent anything yet. `growing` = while recording: bytes of it became durable on every
 * target in use within the last two seconds. `failure` = why it is lost, as far as its ffmpeg said. `isWell` says whether
 * its light is green. `delayMs` = how far what came last
 * lay behind the clock: a machine that is too busy, a network that is slow. Bytes are those kept of this recording, over all parts.
 */
export const SourceLive = z.strictObject({
  id: Id,
  place: SourcePlace,
  kind: z.enum(['video', 'audio']),
  label: z.string(),
  simulated: z.boolean(),
  state: z.enum(['starting', 'running', 'lost', 'restarting']),
  growing: z.boolean(),
  findings: z.array(Finding),
  failure: SourceFailure.nullable(),
  fps: z.number().nullable(),
  lastFragmentMsAgo: Whole.nonnegative().nullable(),
  delayMs: Whole.nonnegative().nullable(),
  bytes: Whole.nonnegative(),
  partNumber: Whole.nonnegative(),
  level: Level.nullable(),
  pid: z.number().int().nullable(),
});
export type SourceLive = z.infer<typeof SourceLive>;

/** The green light: it sends, what it sends is worth keeping, and while recording it reaches every disk in use. */
export const isWell = (source: SourceLive, phase: RecorderPhase): boolean =>
  source.state === 'running' && source.findings.length === 0 && (phase !== 'recording' || source.growing);

/**
 * One of the folders that the recording goes to. `problem` is the system's word for it (`ENOSPC`), or ours (`TOO_SLOW`).
 * `slow` = it lags behind the other by seconds; `behindBytes` = what it still has to be given, 0 where it keeps up.
 */
export const TargetLive = z.strictObject({
  path: z.string(),
  ok: z.boolean(),
  freeBytes: Whole.nonnegative().nullable(),
  problem: z.string().nullable(),
  slow: z.boolean().default(false),
  behindBytes: Whole.nonnegative().default(0),
});
export type TargetLive = z.infer<typeof TargetLive>;

/** What the recorder warns of. Sentences are made where they are shown (`recorder` namespace, `alarm.<code>`). */
export const AlarmCode = z.enum([
  'SOURCE_LOST',
  'SOURCE_BACK',
  'TARGET_LOST',
  'DISK_SLOW',
  'DISKS_TOO_SLOW',
  'DISK_LOW',
  'DISK_ALMOST_FULL',
  'CLOCK_JUMPED',
  'PICTURE_BLACK',
  'PICTURE_FROZEN',
  'SOUND_SILENT',
  'SOUND_CLIPPING',
  'SOUND_HUM',
  'NOT_GROWING',
  'SLEEP_NOT_BLOCKED',
]);
export type AlarmCode = z.infer<typeof AlarmCode>;

/** The warnings that are about one source: a record's timeline names them by these codes. */
export const SourceAlarm = AlarmCode.extract([
  'SOURCE_LOST',
  'PICTURE_BLACK',
  'PICTURE_FROZEN',
  'SOUND_SILENT',
  'SOUND_CLIPPING',
  'SOUND_HUM',
  'NOT_GROWING',
]);
export type SourceAlarm = z.infer<typeof SourceAlarm>;

/** What a finding is called when it is told. `no-frames` has no words of its own: a second later the source is lost. */
export function alarmOf(finding: Finding): SourceAlarm | null {
  switch (finding) {
    case 'no-bytes':
      return 'NOT_GROWING';
    case 'no-frames':
      return null;
    case 'black':
      return 'PICTURE_BLACK';
    case 'frozen':
      return 'PICTURE_FROZEN';
    case 'silent':
      return 'SOUND_SILENT';
    case 'clipping':
      return 'SOUND_CLIPPING';
    case 'hum':
      return 'SOUND_HUM';
  }
}

/** A warning. `ended` = when it was over (at once, for something that merely happened); null while it lasts. */
export const Alarm = z.strictObject({
  code: AlarmCode,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  at: Instant,
  ended: Instant.nullable(),
});
export type Alarm = z.infer<typeof Alarm>;

/**
 * Everything about a room's recorder at this moment. `startedMonotonicNs` is a decimal string of nanoseconds of the
 * machine's monotonic clock; `elapsedMs` counts from there and stands still after the end.
 */
export const RecorderState = z.strictObject({
  room: Id,
  phase: RecorderPhase,
  exhibit: ExhibitNumber.nullable(),
  startedAt: Instant.nullable(),
  startedMonotonicNs: z.string().regex(/^\d+$/).nullable(),
  elapsedMs: Whole.nonnegative(),
  sources: z.array(SourceLive),
  targets: z.array(TargetLive),
  /** Both folders lie on one disk: one failure could take both. */
  oneDisk: z.boolean().default(false),
  /** How long both copies still fit at what the sources send now; null where that is not known. */
  remainingMs: Whole.nonnegative().nullable().default(null),
  alarms: z.array(Alarm),
  sleepBlocked: z.boolean(),
  pid: z.number().int(),
  memoryBytes: Whole.nonnegative(),
});
export type RecorderState = z.infer<typeof RecorderState>;
