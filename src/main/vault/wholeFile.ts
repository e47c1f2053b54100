import { type Disk, systemDisk } from './disk.ts';
import { WholeTarget } from './wholeTarget.ts';

/**
 * Writes a small file so that at any moment there is the old one or the new one, durably when it resolves: temporary name
 * in the same folder, sync, rename, sync of the folder. `name` is relative to `folder`; errors are the disk's own, and
 * `PATH_OUTSIDE_FOLDER`.
 */
export async function writeWhole(
  folder: string,
  name: string,
  content: string | Uint8Array,
  disk: Disk = systemDisk,
): Promise<void> {
  const target = new WholeTarget(disk, folder, name);
  try {
    await target.create();
    await target.append(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
    await target.finish();
  } catch (error) {
    await target.close().catch(() => undefined);
    await target.discard().catch(() => undefined);
    throw error;
  }
}
