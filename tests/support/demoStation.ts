import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const Done = z.object({
  event: z.literal('done'),
  exhibit: z.string(),
  accounts: z.array(z.object({ role: z.string(), login: z.string(), password: z.string() })),
});

export interface DemoAccount {
  readonly role: string;
  readonly login: string;
  readonly password: string;
}

/** Makes a station in the new folder `folder` by `birret demo`: a room with simulated devices, one account a role, one exhibit. */
export async function makeDemoStation(folder: string, seconds = 4) {
  const cli = fileURLToPath(new URL('../../src/main/cli/birret.ts', import.meta.url));
  const args = [cli, 'demo', '--station', folder, '--seconds', String(seconds), '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
  const done = Done.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  const account = (role: string): DemoAccount => {
    const found = done.accounts.find((one) => one.role === role);
    if (found === undefined) throw new Error(`the demo has no ${role}`);
    return found;
  };
  return { exhibit: done.exhibit, account };
}
