// A screen for the tests where there is none.
import { spawn } from 'node:child_process';
import { findCommand } from './place.mjs';

/**
 * Starts an invisible X screen, 1920×1080, unless there is a screen already (or the system is not Linux, or has no Xvfb).
 * Gives the environment to add and `stop()`.
 */
export async function screenForTests() {
  const nothing = { env: {}, stop: () => undefined };
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return nothing;
  const xvfb = findCommand('Xvfb');
  if (xvfb === null) return nothing;
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'];
  const child = spawn(xvfb, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(null));
    child.stdio[3].once('data', (bytes) => resolve(String(bytes).trim()));
  });
  if (number === null) return nothing;
  return { env: { DISPLAY: `:${number}` }, stop: () => child.kill('SIGTERM') };
}
