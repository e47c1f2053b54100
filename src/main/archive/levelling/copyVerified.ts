import { createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Disk, resolveInside, sha256File } from '../../vault/index.ts';

const PIECE = 1024 * 1024;

export interface CopyFile {
  readonly from: string;
  /** The folder of the copy, and the file's path in it. */
  readonly folder: string;
  readonly path: string;
  /** What the file has to be; null where nothing states it, then it is what the source is. */
  readonly sha256: string | null;
  readonly disk: Disk;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  /** Called once the new file is known to be right, before it takes its name: puts aside what has that name now. */
  readonly beforeNaming: () => Promise<void>;
}

/**
 * Copies one file: under a temporary name, made durable, read back and compared, then named. At any moment there is the
 * old file, none, or the whole new one. Gives its length and digest; null when the source is not what it has to be, and
 * then nothing is left behind. Errors are the disk's own; the signal's reason is thrown.
 */
export async function copyVerified(copy: CopyFile): Promise<{ bytes: number; sha256: string } | null> {
  const { folder, path, disk, signal } = copy;
  const target = resolveInside(folder, path);
  await disk.makeFolders(dirname(target));
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.level.tmp`);
  try {
    const read = await pour(copy, temporary);
    if (copy.sha256 !== null && read.sha256 !== copy.sha256) {
      await disk.remove(temporary);
      return null;
    }
    const written = await sha256File(temporary, { signal });
    if (written.sha256 !== read.sha256) throw Object.assign(new Error('read back otherwise'), { code: 'EIO' });
    await copy.beforeNaming();
    await disk.rename(temporary, target);
    await disk.syncFolder(dirname(target));
    return read;
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
}

async function pour(
  { from, disk, signal, onBytes }: CopyFile,
  temporary: string,
): Promise<{ bytes: number; sha256: string }> {
  const source = await open(from, 'r');
  try {
    const file = await disk.create(temporary);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.alloc(PIECE);
      let bytes = 0;
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await source.read(buffer, 0, PIECE, bytes);
        if (bytesRead === 0) break;
        const piece = buffer.subarray(0, bytesRead);
        hash.update(piece);
        await file.writeAt(piece, bytes);
        bytes += bytesRead;
        onBytes(bytesRead);
      }
      await file.datasync();
      return { bytes, sha256: hash.digest('hex') };
    } finally {
      await file.close();
    }
  } finally {
    await source.close();
  }
}
