import { readFileSync, readlinkSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * Loaded into a process before its own code (`node --import`): every sync of a file under one folder takes as long as a
 * small file says, `<milliseconds> <folder>`; read anew each time, so that a test can make a disk slow and well again.
 */
const CONTROL = 'BIRRET_TEST_SLOW_SYNCS';

/** What a test puts into its environment, so that each Node that it starts has such a disk. */
export const slowSyncs = (control: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=${fileURLToPath(import.meta.url)}`,
  [CONTROL]: control,
});

const control = process.env[CONTROL];
if (control !== undefined) {
  const handle = await open(fileURLToPath(import.meta.url), 'r');
  const prototype: { datasync(this: { readonly fd: number }): Promise<void> } = Object.getPrototypeOf(handle);
  await handle.close();
  const { datasync } = prototype;
  prototype.datasync = async function slow() {
    const [ms = '0', folder = ''] = readFileSync(control, 'utf8').split(' ');
    const late = Number(ms) > 0 && readlinkSync(`/proc/self/fd/${this.fd}`).startsWith(folder);
    const until = performance.now() + Number(ms);
    // A disk that was slow is well again from one moment to the next: what waits then is let go.
    while (late && performance.now() < until && !(await readFile(control, 'utf8')).startsWith('0 ')) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await datasync.call(this);
  };
}
