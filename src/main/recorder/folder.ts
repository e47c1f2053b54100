import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BaseLines, plainRoom, RoomSettings, SourceConfig, SourceSecrets } from '../../shared/domain/devices.ts';
import { Id } from '../../shared/evidence/record.ts';
import { writeFileDurably } from '../platform/files.ts';
import { RecordingResult } from './result.ts';

/** ffmpeg as the station's check found it. */
export const FfmpegChoice = z.strictObject({
  path: z.string().min(1),
  /** First line of `ffmpeg -version`, for the record. */
  version: z.string(),
  /** H.264 encoder that passed its test; `libx264` is always a good answer. */
  videoEncoder: z.string().min(1),
  /** Whether it can write text into a picture; taken for granted where nothing is said. */
  drawsText: z.boolean().optional(),
});
export type FfmpegChoice = z.infer<typeof FfmpegChoice>;

/** `start.json`: what a recorder is started with. Holds the cameras' credentials until the recorder has read it. */
export const StartFile = z.strictObject({
  start: z.string(),
  room: Id,
  sources: z.array(SourceConfig).min(1).max(8),
  settings: RoomSettings.default(plainRoom),
  /** The folders under which exhibits are kept, to tell before the button how long they last. */
  targets: z.array(z.string().min(1)).max(2).default([]),
  baseLines: BaseLines.default({}),
  ffmpeg: FfmpegChoice,
  secrets: SourceSecrets,
});
export type StartFile = z.infer<typeof StartFile>;

/** `run.json`: where a living recorder listens, and the secret of this start. Readable by the owner alone. */
export const RunFile = z.strictObject({
  start: z.string(),
  pid: z.number().int(),
  port: z.number().int(),
  secret: z.string().regex(/^[0-9a-f]{64}$/),
});
export type RunFile = z.infer<typeof RunFile>;

/** The files in a recorder's folder `<station>/recorder/<room>/`. */
export const recorderFiles = (folder: string) => ({
  lock: join(folder, 'lock'),
  start: join(folder, 'start.json'),
  run: join(folder, 'run.json'),
  journal: join(folder, 'journal.jsonl'),
  log: join(folder, 'recorder.log'),
  result: join(folder, 'result.json'),
  sourceLog: (id: string): string => join(folder, `ffmpeg-${id}.log`),
});

/** Reads and checks one of these files; null when it is not there. Throws on one that cannot be read or is malformed. */
export async function readChecked<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : schema.parse(JSON.parse(text));
}

/** Writes one of these files for the owner alone, whole or not at all. */
export const writePrivate = (path: string, value: unknown): Promise<void> =>
  writeFileDurably(path, `${JSON.stringify(value)}\n`, 0o600);

/**
 * The result of a recording that ended and has not been acknowledged, also when its recorder is gone since; null when
 * there is none.
 */
export const pendingResult = (folder: string): Promise<RecordingResult | null> =>
  readChecked(recorderFiles(folder).result, RecordingResult);

export const forgetResult = (folder: string): Promise<void> => rm(recorderFiles(folder).result, { force: true });
