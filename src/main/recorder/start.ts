import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type BaseLines,
  plainRoom,
  type RoomSettings,
  type SourceConfig,
  type SourceSecrets,
} from '../../shared/domain/devices.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import { RecorderClient } from './client.ts';
import { type FfmpegChoice, RunFile, readChecked, recorderFiles, StartFile, writePrivate } from './folder.ts';
import { takeLock } from './folderLock.ts';
import { refusal } from './refusal.ts';

export interface StartOptions {
  /** `<station>/recorder/<room>/`; made when it is not there. */
  readonly folder: string;
  readonly room: string;
  readonly sources: readonly SourceConfig[];
  /** How the room records; plain (no ring, no clock in the picture) where nothing is said. */
  readonly settings?: RoomSettings;
  /** The folders under which exhibits are kept: their room is watched before the button. */
  readonly targets?: readonly string[];
  /** What the room's microphones hear when nobody speaks; without it a common limit decides what is silence. */
  readonly baseLines?: BaseLines;
  readonly ffmpeg: FfmpegChoice;
  readonly secrets: SourceSecrets;
  /** The Node that runs the recorder; by default the one that runs this. */
  readonly node?: string;
}

/** A machine that is busy starts a process slowly; one that has ended is not waited for. */
const START_MS = 30_000;
/** A recorder that was released needs a moment to end: whoever prepares the room right after waits for that. */
const LEAVING_MS = 3_000;
const LOCKED = 17;

/**
 * Starts a room's recorder as a detached process with its streams in `recorder.log`, and attaches to it. The cameras'
 * credentials go through a file that only the owner can read and that the recorder deletes as soon as it has read it.
 * Throws RECORDER_IN_USE when a recorder lives for this room already (attach to it), RECORDER_START_FAILED otherwise.
 */
export async function startRecorder(options: StartOptions): Promise<RecorderClient> {
  const { folder, room, sources, settings = plainRoom, targets = [], ffmpeg, secrets } = options;
  const { baseLines = {} } = options;
  const files = recorderFiles(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await freeSoon(folder))) throw new Refusal('RECORDER_IN_USE', { room });
  await rm(files.run, { force: true });
  const start = newId(16);
  await writePrivate(
    files.start,
    StartFile.parse({ start, room, sources, settings, targets, baseLines, ffmpeg, secrets }),
  );
  try {
    const ended = launch(options.node ?? process.execPath, folder, files.log);
    const run = await waitForRun(files.run, start, ended);
    return await RecorderClient.connect(run);
  } catch (error) {
    if (isRefusal(error, 'RECORDER_IN_USE')) throw refusal('RECORDER_IN_USE', { room }, error);
    if (isRefusal(error, 'RECORDER_START_FAILED')) {
      throw refusal('RECORDER_START_FAILED', { reason: await lastWords(files.log) }, error);
    }
    throw error;
  } finally {
    await rm(files.start, { force: true });
  }
}

/**
 * Attaches to the room's living recorder; null when there is none (the lock is free). Throws RECORDER_ATTACH_REFUSED
 * when one lives that cannot be talked to.
 */
export async function attachRecorder(folder: string): Promise<RecorderClient | null> {
  const files = recorderFiles(folder);
  const run = await readChecked(files.run, RunFile).catch((error: unknown) => {
    throw refusal('RECORDER_ATTACH_REFUSED', {}, error);
  });
  if (run === null) return null;
  try {
    return await RecorderClient.connect(run);
  } catch (error) {
    // A recorder that is dead leaves run.json behind; its port may belong to another program by now.
    if (isFree(folder)) return null;
    throw refusal('RECORDER_ATTACH_REFUSED', {}, error);
  }
}

async function freeSoon(folder: string): Promise<boolean> {
  const deadline = performance.now() + LEAVING_MS;
  while (!isFree(folder)) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** True when no recorder lives for this folder. */
function isFree(folder: string): boolean {
  const lock = takeLock(recorderFiles(folder).lock);
  lock?.release();
  return lock !== null;
}

/** Starts the process; the promise gives its exit status should it end. */
function launch(node: string, folder: string, logPath: string): Promise<number | string> {
  const own = fileURLToPath(import.meta.url);
  const entry = own.replace(/start\.(ts|js)$/, 'process.$1');
  const log = openSync(logPath, 'a', 0o600);
  try {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, folder], {
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
      cwd: folder,
      // A disk that hangs keeps a thread of the pool for every call; the other disk must still find one.
      env: { ...process.env, UV_THREADPOOL_SIZE: '32' },
    });
    child.unref();
    return new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
  } finally {
    closeSync(log);
  }
}

async function waitForRun(path: string, start: string, ended: Promise<number | string>): Promise<RunFile> {
  let end: number | string | null = null;
  void ended.then((value) => {
    end = value;
  });
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    const run = await readChecked(path, RunFile);
    if (run !== null && run.start === start) return run;
    if (end !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  if (end === LOCKED) throw new Refusal('RECORDER_IN_USE');
  throw new Refusal('RECORDER_START_FAILED', { reason: end === null ? 'no answer' : String(end) });
}

/** The last error in the log, for the reason of a failed start: it holds no secrets by its nature. */
async function lastWords(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.trim().split('\n');
  const error = lines.findLast((line) => /^(\w+: )?\w*(Error|Refusal)\b/.test(line));
  return (error ?? lines.at(-1) ?? '').slice(0, 300);
}
