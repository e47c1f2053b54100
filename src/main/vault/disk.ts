import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, parse, resolve } from 'node:path';
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

/**
 * Everything that a recording asks of a disk; a port, so that a test can lose what was never synced, fill the disk up or
 * make it slow. Failures are the system's own errors (`code`: ENOSPC, EIO, …).
 */
export interface Disk {
  /** Makes a new file; fails with EEXIST if there is one. */
  create(path: string): Promise<DiskFile>;
  /** Gives a file another name in the same folder, in place of what had that name. */
  rename(from: string, to: string): Promise<void>;
  /** Takes a name away; none there is no error. */
  remove(path: string): Promise<void>;
  /** Names made or removed in `folder` survive a power cut when this resolves. */
  syncFolder(folder: string): Promise<void>;
  /** Makes a folder in one that is there; fails with EEXIST if there is one of that name. */
  makeFolder(path: string): Promise<void>;
  /** Makes a folder and those above it; what is there already is no error. */
  makeFolders(path: string): Promise<void>;
  /** Takes an empty folder away; fails with ENOTEMPTY, ENOENT. */
  removeFolder(path: string): Promise<void>;
  /** The names in a folder; fails with ENOENT. */
  names(folder: string): Promise<string[]>;
  /** A whole small file; fails with ENOENT. */
  read(path: string): Promise<Uint8Array>;
  /** Bytes that we may still write to the disk of `folder`, which need not exist yet; null when the system does not say. */
  free(folder: string): Promise<number | null>;
  /** What tells the disk of `folder` (which need not exist yet) from others; null when the system does not say. */
  device(folder: string): Promise<string | null>;
}

/** Owner and group may read; the content is ciphertext in any case. */
const MODE = 0o640;

export const systemDisk: Disk = {
  create: async (path) =>
    new SystemFile(await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, MODE)),
  rename,
  remove: (path) => rm(path, { force: true }),
  syncFolder,
  makeFolder: (path) => mkdir(path),
  makeFolders: async (path) => void (await mkdir(path, { recursive: true })),
  removeFolder: (path) => rmdir(path),
  names: (folder) => readdir(folder),
  read: (path) => readFile(path),
  free: (folder) =>
    nearest(folder, async (at) => {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    }),
  device: (folder) => nearest(folder, deviceOf),
};

/**
 * The number of the file system. Windows gives every volume a number too, but the letter is what people plug in and
 * out, so the root of the path is said with it.
 */
async function deviceOf(folder: string): Promise<string> {
  const { dev } = await stat(folder);
  return process.platform === 'win32' ? `${parse(resolve(folder)).root.toLowerCase()}${dev}` : String(dev);
}

/** Asks for `folder`, or for the nearest folder above it that is there; null when none answers. */
async function nearest<T>(folder: string, ask: (at: string) => Promise<T>): Promise<T | null> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return await ask(at);
    } catch {
      if (dirname(at) === at) return null;
    }
  }
}

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
