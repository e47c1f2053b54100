import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';

/** Makes what happened to names in `folder` durable. Windows cannot open a folder for this and needs no such step. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a whole file so that after a crash there is either the old one or the new one: temporary name in the same
 * folder, fsync, rename, fsync of the folder. `mode` is the file's permission bits.
 */
export async function writeFileDurably(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await replaceFileDurably(path, (handle) => handle.writeFile(content), mode);
}

/** The same for content that is produced piece by piece: `fill` writes into the handle it is given. */
export async function replaceFileDurably(
  path: string,
  fill: (handle: FileHandle) => Promise<void>,
  mode = 0o644,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', mode);
  try {
    await fill(handle);
    await handle.sync();
    await handle.close();
    await rename(temporary, path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Refuses if anything has that name, a link that leads nowhere too. @throws Refusal EXPORT_EXISTS */
export async function mustBeFree(path: string): Promise<void> {
  const there = await lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  if (there) throw new Refusal('EXPORT_EXISTS', { path });
}
