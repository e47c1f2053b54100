import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A display to draw on: the machine's own, or an invisible one that was started for the test. */
export interface TestScreen {
  /** Environment for what draws; it holds DISPLAY where there is one. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** The screen that there is, or one of Xvfb's, 1920×1080; null, where neither can be had. */
export async function testScreen(): Promise<TestScreen | null> {
  const own: TestScreen = { env: process.env, stop: async () => undefined };
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return own;
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'];
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(null));
    child.stdio[3]?.once('data', (bytes) => resolve(String(bytes).trim()));
  });
  if (number === null) return null;
  return {
    env: { ...process.env, DISPLAY: `:${number}` },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
