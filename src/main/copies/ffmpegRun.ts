import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import FfmpegCommand from 'fluent-ffmpeg';
import { Refusal } from '../../shared/errors.ts';

/** One run of ffmpeg that reads everything from pipes and writes to one. */
export interface FfmpegRun {
  readonly ffmpeg: string;
  /** Opened when ffmpeg runs; input n of the filter graph is `inputs[n]`. */
  readonly inputs: readonly (() => AsyncIterable<Uint8Array>)[];
  readonly filter: string;
  /** Arguments after the graph, without the output's name. */
  readonly outputArguments: readonly string[];
  readonly durationMs: number;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** What the copy's statement says of the run: a command line without any secret, for there is none in it. */
export interface FfmpegDone<T> {
  readonly taken: T;
  readonly command: string;
}

/** Standard streams come first; the inputs follow as pipes 3, 4, 5 … */
const FIRST_PIPE = 3;
const KEPT_LINES = 20;

/**
 * Runs ffmpeg by fluent-ffmpeg and gives what it writes to `take`; the bytes end only after ffmpeg ended well, so what
 * `take` stores is never a half. The masters' plaintext passes through anonymous pipes, which no other process can open and no
 * list of processes shows: fluent-ffmpeg knows one such input only, so its way of spawning is given more of them here. Its
 * questions to ffmpeg and ffprobe before each run are left out (slow, and wrong for newer versions).
 * @throws Refusal JOB_CANCELLED, COPY_FAILED (`reason`: ffmpeg's last line), and what `inputs` or `take` throw
 */
export async function runFfmpeg<T>(
  run: FfmpegRun,
  take: (bytes: AsyncIterable<Buffer>) => Promise<T>,
): Promise<FfmpegDone<T>> {
  run.signal.throwIfAborted();
  // fluent-ffmpeg takes 20 ms after the output's "close" for a failure; the end of the process alone decides here.
  const out = new PassThrough({ emitClose: false });
  const command = commandOf(run, out);
  const said: string[] = [];
  let line = '';
  let failure: unknown;
  let child: ChildProcess | undefined;
  const fail = (error: unknown) => {
    failure ??= error;
    child?.kill('SIGKILL');
  };
  const ended = new Promise<void>((resolve, reject) => {
    command.on('end', () => resolve());
    command.on('error', (error: Error) => reject(failure ?? ffmpegFailed(said, error)));
  });
  // Whoever waits first hears of it; it is not left unheard in between.
  ended.catch(() => undefined);
  command.on('start', (text: string) => {
    line = text;
  });
  command.on('stderr', (text: string) => keepLine(said, text));
  command.on('progress', ({ timemark }: { timemark?: string }) => {
    run.onProgress(Math.min(1, millisecondsOf(timemark) / Math.max(1, run.durationMs)));
  });
  spawnWithPipes(command, run, (spawned) => {
    child = spawned;
    if (run.signal.aborted) spawned.kill('SIGKILL');
    run.inputs.forEach((open, n) => void feed(spawned, FIRST_PIPE + n, open, fail));
  });
  const onAbort = () => fail(new Refusal('JOB_CANCELLED', {}, { cause: run.signal.reason }));
  run.signal.addEventListener('abort', onAbort, { once: true });
  try {
    command.run();
    const taken = await take(untilEnded(out, ended));
    await ended;
    return { taken, command: line };
  } catch (error) {
    fail(error);
    await ended.catch(() => undefined);
    throw failure;
  } finally {
    run.signal.removeEventListener('abort', onAbort);
    out.destroy();
  }
}

async function* untilEnded(out: PassThrough, ended: Promise<void>): AsyncGenerator<Buffer> {
  for await (const piece of out) yield Buffer.from(piece as Uint8Array);
  await ended;
}

function commandOf(run: FfmpegRun, out: PassThrough): FfmpegCommand.FfmpegCommand {
  const command = FfmpegCommand({ stdoutLines: KEPT_LINES });
  run.inputs.forEach((_, n) => {
    command.input(`pipe:${FIRST_PIPE + n}`);
  });
  command.complexFilter(run.filter);
  command.output(out, { end: true });
  command.outputOptions(['-hide_banner', '-nostdin', '-loglevel', 'warning', '-stats', ...run.outputArguments]);
  return command;
}

const noLines = { get: () => '' };

type Spawned = (child: ChildProcess, ...more: unknown[]) => void;
type Spawn = (args: string[], options: object, spawned: Spawned, ended: (...all: unknown[]) => void) => void;

/** Sets the three inner steps of fluent-ffmpeg 2.1.3 that are not as we need them. */
function spawnWithPipes(command: FfmpegCommand.FfmpegCommand, run: FfmpegRun, onChild: (child: ChildProcess) => void) {
  const inner: unknown = Reflect.get(command, '_spawnFfmpeg');
  if (typeof inner !== 'function') throw new Error('fluent-ffmpeg is not the version that this adapter is written for');
  const stdio = ['ignore', 'pipe', 'pipe', ...run.inputs.map(() => 'pipe')];
  const spawn: Spawn = (args, options, spawned, ended) => {
    const told: Spawned = (child, ...more) => {
      yieldToRecording(child);
      spawned(child, ...more);
      onChild(child);
    };
    // A process that could not even be started comes without rings of lines, which fluent-ffmpeg then asks for them.
    const over = (error: unknown, said: unknown = noLines, wrote: unknown = noLines) => ended(error, said, wrote);
    Reflect.apply(inner, command, [args, { ...options, stdio }, told, over]);
  };
  Reflect.set(command, '_spawnFfmpeg', spawn);
  Reflect.set(command, '_getFfmpegPath', (answer: (error: null, path: string) => void) => answer(null, run.ffmpeg));
  Reflect.set(command, '_prepare', (answer: (error: null, args: string[]) => void) =>
    answer(null, command._getArguments()),
  );
}

/** A copy waits gladly; a recording on the same machine cannot. Where the system refuses, it runs as it is. */
function yieldToRecording({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // The process may be gone already; that is heard of elsewhere.
  }
}

/** Writes one input; that ffmpeg wants no more of it (its end is reached) is no failure. */
async function feed(
  child: ChildProcess,
  pipe: number,
  open: () => AsyncIterable<Uint8Array>,
  fail: (error: unknown) => void,
): Promise<void> {
  const into = child.stdio[pipe];
  if (into === null || into === undefined || !('write' in into)) return;
  // A process that ends tears its pipes down; that is told by its end, and must not end us.
  into.on('error', () => undefined);
  try {
    await pipeline(Readable.from(open(), { objectMode: false }), into);
  } catch (error) {
    if (!wantsNoMore(error)) fail(error);
  }
}

const CLOSED = [
  'EPIPE',
  'ECONNRESET',
  'EOF',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
];

function wantsNoMore(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && CLOSED.includes(String(error.code)) && !(error instanceof Refusal)
  );
}

/** `00:01:02.40` of ffmpeg's progress, in ms; 0 while it says N/A. */
export function millisecondsOf(timemark: string | undefined): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(timemark ?? '') ?? [];
  if (hours === undefined) return 0;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

function keepLine(said: string[], text: string): void {
  const line = text.trim();
  if (line === '' || /^(?:frame|size)=/.test(line)) return;
  said.push(line);
  if (said.length > KEPT_LINES) said.shift();
}

function ffmpegFailed(said: readonly string[], error: Error): Refusal {
  return new Refusal('COPY_FAILED', { reason: (said.at(-1) ?? error.message).slice(0, 300) }, { cause: error });
}
