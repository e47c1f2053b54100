import { randomBytes } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../platform/files.ts';

const KEY_FILE = 'exhibit.key.age';

/**
 * Destroys every copy of an exhibit's key under its folder, also in what was set aside: overwritten where it lies, then
 * taken away. Gives how many there were. On flash memory the cells that held it may outlive this; the wrap alone opens
 * nothing without the court's key. Throws what the disk throws.
 */
export async function destroyKeyFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const keys = entries.filter((entry) => entry.isFile() && entry.name === KEY_FILE);
  for (const { parentPath, name } of keys) {
    const path = join(parentPath, name);
    const handle = await open(path, 'r+');
    try {
      const { size } = await handle.stat();
      await handle.write(randomBytes(size), 0, size, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rm(path);
    await syncFolder(parentPath);
  }
  return keys.length;
}
