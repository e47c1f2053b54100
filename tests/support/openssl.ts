import { execFileSync, spawnSync } from 'node:child_process';

/** True where the command is there; the tests that need it are skipped otherwise, and it says why. */
export function hasCommand(command: string, ...args: string[]): boolean {
  const there = spawnSync(command, args.length > 0 ? args : ['version'], { stdio: 'ignore' }).status === 0;
  if (!there) process.stderr.write(`skipped: there is no ${command} on this machine\n`);
  return there;
}

/** Runs openssl; returns its status and what it said. */
export function openssl(...args: string[]): { status: number | null; said: string } {
  const done = spawnSync('openssl', args, { encoding: 'utf8' });
  return { status: done.status, said: done.stdout + done.stderr };
}

/** Runs openssl and wants success; returns its standard output. */
export function opensslOk(...args: string[]): Buffer {
  return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}
