import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why nothing can be mounted here, or null. Tried once with a disk of one page. */
export function mountSkipReason(): string | null {
  if (process.platform !== 'linux') return 'small disks are mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount a small disk';
  const at = mkdtempSync(join(tmpdir(), 'birret-mount-'));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', at], { encoding: 'utf8' });
  if (status === 0) spawnSync('umount', [at]);
  rmdirSync(at);
  return status === 0 ? null : `mount refuses: ${stderr.trim()}`;
}

/** Mounts a disk of `bytes` at `folder`, which is made; gives how to take it away again. */
export function mountSmall(folder: string, bytes: number): () => void {
  mkdirSync(folder, { recursive: true });
  run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  return () => run('umount', ['-l', folder]);
}

/** Gives a small disk another size; false where more than that is on it. */
export function resized(folder: string, bytes: number): boolean {
  return spawnSync('mount', ['-o', `remount,size=${bytes}`, folder]).status === 0;
}

/**
 * Leaves a small disk room for `bytes` more than what is on it now; false where more was written meanwhile, and it is to
 * be tried again.
 */
export function leftWith(folder: string, bytes: number): boolean {
  const { blocks, bfree, bsize } = statfsSync(folder);
  return resized(folder, (blocks - bfree) * bsize + bytes);
}

/** Mounts `folder` onto itself, to be read only; gives how to end that. */
export function mountReadOnly(folder: string): () => void {
  run('mount', ['--bind', folder, folder]);
  try {
    run('mount', ['-o', 'remount,bind,ro', folder]);
  } catch (error) {
    run('umount', ['-l', folder]);
    throw error;
  }
  return () => run('umount', ['-l', folder]);
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr || String(error)}`);
}
