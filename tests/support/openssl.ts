import { execFileSync, spawnSync } from 'node:child_process';

/** True where Debian's command is there; a test that needs it is skipped otherwise, and says so. */
export function hasCommand(command: string, ...args: string[]): boolean {
  return spawnSync(command, args.length > 0 ? args : ['version'], { stdio: 'ignore' }).status === 0;
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
