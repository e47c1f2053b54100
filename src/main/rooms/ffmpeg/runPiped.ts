import { spawn } from 'node:child_process';

export interface Piped {
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Null when it was ended by a signal or could not be started. */
  readonly code: number | null;
  /** Why its input was closed: it had given enough, or nothing more came, or its time was over. */
  readonly closed: 'enough' | 'quiet' | 'late';
}

export interface PipedOptions {
  readonly input: Iterable<Buffer>;
  /** Asked once all input was taken: whether the input may be closed. Without it, it is closed at once. */
  readonly enough?: (stdout: Buffer) => boolean;
  /** After all input was taken: for how long nothing may come before the input is closed all the same. */
  readonly quietMs?: number;
  readonly withinMs: number;
}

const MOST_BYTES = 16 * 1024 * 1024;

/** Runs `program` without a shell, feeds it, and gives what it wrote. Never rejects; killed after `withinMs`. */
export function runPiped(program: string, args: readonly string[], options: PipedOptions): Promise<Piped> {
  const { input, enough, quietMs = 5000, withinMs } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    let stdout = Buffer.alloc(0);
    let stderr = '';
    let closed: Piped['closed'] = 'quiet';
    let fed = false;
    let quiet: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => {
      closed = 'late';
      child.kill('SIGKILL');
    }, withinMs);
    const close = (why: Piped['closed']): void => {
      if (closed !== 'late') closed = why;
      clearTimeout(quiet);
      child.stdin.end();
    };
    const look = (): void => {
      clearTimeout(quiet);
      if (!fed || child.stdin.writableEnded) return;
      if (enough === undefined || enough(stdout)) close('enough');
      else quiet = setTimeout(() => close('quiet'), quietMs);
    };
    child.stdin.on('error', () => clearTimeout(quiet)); // it ended before it had read everything: its exit tells
    child.stdout.on('data', (piece: Buffer) => {
      if (stdout.length < MOST_BYTES) stdout = Buffer.concat([stdout, piece]);
      look();
    });
    child.stderr.on('data', (piece: Buffer) => {
      if (stderr.length < MOST_BYTES) stderr += piece.toString('utf8');
    });
    const done = (code: number | null): void => {
      clearTimeout(limit);
      clearTimeout(quiet);
      resolve({ stdout, stderr, code, closed });
    };
    child.on('error', () => done(null));
    child.on('close', (code) => done(code));
    void feed();

    async function feed(): Promise<void> {
      for (const piece of input) {
        if (child.stdin.destroyed || child.stdin.writableEnded) return;
        await new Promise<void>((taken) => child.stdin.write(piece, () => taken()));
      }
      fed = true;
      look();
    }
  });
}
