import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { comeFirst } from '../priority.ts';
import { PREVIEW_FD, PROGRESS_FD } from './arguments.ts';

/** How a child ended: its exit code or the signal, or that it could not be started. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly problem: string | null;
}

/** One running ffmpeg. All its pipes are read from the start; `stop` is the only way to end it. */
export interface FfmpegChild {
  readonly owner: string;
  readonly pid: number | null;
  readonly ended: Promise<ChildEnd>;
  /** `q`, then SIGTERM, then SIGKILL, each after its time; resolves when the process is gone. */
  stop(): Promise<ChildEnd>;
  /** At once, for a child that hangs. */
  kill(): void;
}

export interface ChildOutputs {
  media(chunk: Buffer): void;
  preview(chunk: Buffer): void;
  progress(chunk: Buffer): void;
  log(chunk: Buffer): void;
}

const PATIENCE_MS = { quit: 1500, terminate: 1500 };

/**
 * The one door by which this process starts ffmpeg, and the set of all that live. A child whose reader is gone ends by
 * itself (its next write fails), so none outlives this process.
 */
export class FfmpegChildren {
  readonly #live = new Set<FfmpegChild>();

  get live(): readonly FfmpegChild[] {
    return [...this.#live];
  }

  start(owner: string, path: string, args: readonly string[], outputs: ChildOutputs): FfmpegChild {
    const child = spawn(path, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'], windowsHide: true });
    if (child.pid !== undefined) comeFirst(child.pid);
    listen(child.stdio[1], outputs.media);
    listen(child.stdio[2], outputs.log);
    listen(child.stdio[PREVIEW_FD], outputs.preview);
    listen(child.stdio[PROGRESS_FD], outputs.progress);
    // Writing `q` to one that has just ended is no news: its end is reported by `ended`.
    child.stdin?.on('error', () => undefined);
    const ended = endOf(child);
    const running: FfmpegChild = {
      owner,
      pid: child.pid ?? null,
      ended,
      stop: () => stop(child, ended),
      kill: () => void child.kill('SIGKILL'),
    };
    this.#live.add(running);
    void ended.then(() => this.#live.delete(running));
    return running;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.live.map((child) => child.stop()));
  }
}

function listen(stream: Readable | Writable | null | undefined, take: (chunk: Buffer) => void): void {
  if (stream === null || stream === undefined || !('read' in stream)) return;
  stream.on('data', (chunk: Buffer) => take(chunk));
  // A broken pipe is the child's end, which `ended` reports.
  stream.on('error', () => undefined);
}

function endOf(child: ChildProcess): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, problem: error.message }));
    // `close` comes after all pipes are drained, so that no byte arrives after the end.
    child.once('close', (code, signal) => resolve({ code, signal, problem: null }));
  });
}

async function stop(child: ChildProcess, ended: Promise<ChildEnd>): Promise<ChildEnd> {
  if (child.exitCode === null && child.signalCode === null) child.stdin?.write('q\n');
  if (await within(ended, PATIENCE_MS.quit)) return ended;
  child.kill('SIGTERM');
  if (await within(ended, PATIENCE_MS.terminate)) return ended;
  child.kill('SIGKILL');
  return ended;
}

async function within(ended: Promise<ChildEnd>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const result = await Promise.race([ended.then(() => true), late]);
  clearTimeout(timer);
  return result;
}
