import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from '../../shared/errors.ts';

/** A file open for reading at any place; `size` is that of the moment when it was opened. */
export interface FileSource {
  readonly name: string;
  readonly size: number;
  /** The system's own number of the open file, good until it is closed. */
  readonly fd: number;
  /** The bytes from `offset`; fewer than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens a file of the vault. Throws `VAULT_FILE_UNREADABLE` with its name and the system's word (ENOENT, EIO, …). */
export async function openSource(path: string): Promise<FileSource> {
  const name = basename(path);
  const handle = await asRefusal(name, () => open(path, 'r'));
  const size = await asRefusal(name, async () => {
    const { size } = await handle.stat();
    return size;
  }).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return {
    name,
    size,
    fd: handle.fd,
    read: (offset, length) => asRefusal(name, () => readAll(handle, offset, length)),
    close: () => handle.close(),
  };
}

async function readAll(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

async function asRefusal<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): Refusal {
  return fileUnreadable(file, systemWord(cause), cause);
}

export function fileUnreadable(file: string, reason: string, cause?: unknown): Refusal {
  return new Refusal('VAULT_FILE_UNREADABLE', { file, reason }, { cause });
}

/** The system's code of an error (`ENOSPC`), or `unknown`. */
export function systemWord(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
