import { spawn } from 'node:child_process';

/** What a short-lived program said. `code` is null when it was ended by a signal or could not be started. */
export interface Listing {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  /** It could not be started at all (not there, not executable). */
  readonly missing: boolean;
}

/** Runs a program that lists or checks something and ends by itself. */
export type RunListing = (
  program: string,
  args: readonly string[],
  options?: { readonly withinMs?: number },
) => Promise<Listing>;

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Runs `program` without a shell and input, in the C locale (listings are parsed), and keeps at most 4 MiB of each output. It is
 * killed after `withinMs` (10 s). Never rejects: a program that is not there is an answer, too.
 */
export const runListing: RunListing = (program, args, { withinMs = 10_000 } = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: 'C' },
      windowsHide: true,
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), withinMs);
    const out = collect();
    const err = collect();
    child.stdout.on('data', out.add);
    child.stderr.on('data', err.add);
    const done = (code: number | null, missing: boolean): void => {
      clearTimeout(limit);
      resolve({ stdout: out.text(), stderr: err.text(), code, missing });
    };
    child.on('error', () => done(null, true));
    child.on('close', (code) => done(code, false));
  });

function collect(): { add: (piece: Buffer) => void; text: () => string } {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    add: (piece) => {
      if (length < MOST_BYTES) pieces.push(piece);
      length += piece.length;
    },
    text: () => Buffer.concat(pieces).toString('utf8'),
  };
}
