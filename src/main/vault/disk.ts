import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { syncFolder } from '../platform/files.ts';

/** An open file of a target. Positions are bytes from its start. */
export interface DiskFile {
  /** Writes all of `bytes` at `position`; resolves when the system has them, not when the disk does. */
  writeAt(bytes: Uint8Array, position: number): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Content and length survive a power cut when this resolves (fdatasync). */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** What the part writer needs of a disk; a port, so that a test can lose what was never synced or fill the disk up. */
export interface Disk {
  /** Makes a new file; fails with EEXIST if there is one. */
  create(path: string): Promise<DiskFile>;
  /** Gives a file another name in the same folder, in place of what had that name. */
  rename(from: string, to: string): Promise<void>;
  /** Takes a name away; none there is no error. */
  remove(path: string): Promise<void>;
  /** Names made or removed in `folder` survive a power cut when this resolves. */
  syncFolder(folder: string): Promise<void>;
}

/** Owner and group may read; the content is ciphertext in any case. */
const MODE = 0o640;

export const systemDisk: Disk = {
  create: async (path) =>
    new SystemFile(await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, MODE)),
  rename,
  remove: (path) => rm(path, { force: true }),
  syncFolder,
};

class SystemFile implements DiskFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async writeAt(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  }

  truncate(length: number): Promise<void> {
    return this.#handle.truncate(length);
  }

  datasync(): Promise<void> {
    return this.#handle.datasync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
