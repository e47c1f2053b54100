import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecorderClient, type StartOptions, startRecorder } from '../../src/main/recorder/index.ts';
import { simulatedRoom } from '../../src/main/rooms/devices/index.ts';
import { newIdentity } from '../../src/main/vault/index.ts';
import type { RecordPart } from '../../src/shared/evidence/record.ts';
import { until } from './until.ts';

export const EXHIBIT = 'st1-2026-000001';

/** A room with a recorder of its own in a temporary folder, its two targets, and the exhibit's key. */
export interface RecorderRoom {
  readonly folder: string;
  readonly targets: readonly [string, string];
  readonly identity: string;
  readonly recipient: string;
  readonly options: StartOptions;
  /** The client that started it. */
  readonly client: RecorderClient;
  /** What `begin` takes for an interview of a minute. */
  readonly plan: { exhibit: string; recipient: string; targets: string[]; plannedMs: number };
  ready(): Promise<void>;
  /** Ends every process of this room and deletes its files. */
  stop(): Promise<void>;
}

export async function recorderRoom(options: Partial<StartOptions> = {}): Promise<RecorderRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'bir-ret-recorder-'));
  const targets: [string, string] = [join(folder, 'disk-a', EXHIBIT), join(folder, 'disk-b', EXHIBIT)];
  const { identity, recipient } = await newIdentity();
  const start: StartOptions = {
    folder: join(folder, 'recorder'),
    room: 'room-1',
    sources: simulatedRoom(),
    ffmpeg: { path: 'ffmpeg', version: 'ffmpeg of the test', videoEncoder: 'libx264' },
    secrets: {},
    ...options,
  };
  const client = await startRecorder(start);
  return {
    ...{ folder, targets, identity, recipient, options: start, client },
    plan: { exhibit: EXHIBIT, recipient, targets: [...targets], plannedMs: 60_000 },
    ready: () => allRunning(client),
    stop: async () => {
      client.close();
      endProcess(join(start.folder, 'run.json'), client.pid);
      await until('the recorder is gone', () => !alive(client.pid));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A machine too slow for its simulated devices never catches up; that is no reason to wait for ever. */
const CATCH_UP_MS = 15_000;

/** Simulated devices start late on a busy machine and then catch up: ready is when they have, or have had the time for it. */
export async function allRunning(client: RecorderClient): Promise<void> {
  const sources = async () => (await client.state()).sources;
  await until('every source runs', async () => (await sources()).every(({ state }) => state === 'running'), {
    withinMs: 100_000,
  });
  const givenUp = performance.now() + CATCH_UP_MS;
  const caughtUp = async () => (await sources()).every(({ delayMs }) => (delayMs ?? 9999) < 400);
  await until('every source has caught up', async () => (await caughtUp()) || performance.now() > givenUp);
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

function isZombie(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && / Z /.test(readFileSync(stat, 'utf8').replace(/^.*\)/, ''));
}

function endProcess(runFile: string, known: number): void {
  const pid = existsSync(runFile) ? Number(JSON.parse(readFileSync(runFile, 'utf8')).pid) : known;
  for (const one of new Set([pid, known])) if (alive(one)) process.kill(one, 'SIGKILL');
}

/** A part as Debian's `age` gives it back. */
export function decrypted(room: Pick<RecorderRoom, 'folder' | 'identity'>, ageFile: string): Buffer {
  const key = join(room.folder, 'key.txt');
  execFileSync('sh', ['-c', 'umask 077; cat > "$0"', key], { input: `${room.identity}\n` });
  return execFileSync('age', ['-d', '-i', key, ageFile], { maxBuffer: 512 * 1024 * 1024 });
}

/** What ffmpeg says when it decodes `media` strictly: its warnings, and how many frames came out. */
export function decoded(media: Buffer, kind: 'video' | 'audio'): { warnings: string; frames: number } {
  const stream = kind === 'video' ? 'v' : 'a';
  const args = ['-v', 'warning', '-xerror', '-i', 'pipe:0', '-map', `0:${stream}`, '-fps_mode', 'passthrough'];
  const script = `ffmpeg "$@" -f framecrc - 2>"$LOG" | grep -vc '^#'; cat "$LOG" >&2; exit "\${PIPESTATUS[0]}"`;
  const log = join(mkdtempSync(join(tmpdir(), 'bir-ret-decode-')), 'log');
  try {
    const used = kind === 'video' ? args : args.filter((arg) => arg !== '-fps_mode' && arg !== 'passthrough');
    const out = execFileSync('bash', ['-c', script, 'ffmpeg', ...used], {
      input: media,
      env: { ...process.env, LOG: log },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return { warnings: readFileSync(log, 'utf8'), frames: Number(out.toString().trim()) };
  } finally {
    rmSync(join(log, '..'), { recursive: true, force: true });
  }
}

/** The part's files on a target, without `.mp4`. */
export const stem = (target: string, part: RecordPart): string => join(target, part.file.replace(/\.mp4$/, ''));
