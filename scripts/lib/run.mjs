// Starting other programs from the scripts.
import { spawn, spawnSync } from 'node:child_process';

/** Runs a program with the terminal's own streams; gives its exit status (1 when it was killed). */
export function runShown(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a program and gives `{status, output}`, standard output and standard error together, as text. */
export function runQuietly(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (done.error) return { status: 1, output: String(done.error.message) };
  return { status: done.status ?? 1, output: `${done.stdout ?? ''}${done.stderr ?? ''}` };
}
