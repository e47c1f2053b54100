// Starting other programs from the scripts.
import { spawn, spawnSync } from 'node:child_process';

/** What asks us to end is passed on, and we wait for the other's orderly end. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program with the terminal's own streams; gives its exit status (1 when it was killed). */
export function runShown(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    for (const signal of passedOn) process.on(signal, pass);
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of passedOn) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}

/** Runs a program and gives `{status, output}`, standard output and standard error together, as text. */
export function runQuietly(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (done.error) return { status: 1, output: String(done.error.message) };
  return { status: done.status ?? 1, output: `${done.stdout ?? ''}${done.stderr ?? ''}` };
}
