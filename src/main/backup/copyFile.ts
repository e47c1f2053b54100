import { createHash } from 'node:crypto';
import { type FileHandle, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stopIfCancelled } from './refusals.ts';

const PIECE = 1 << 20;

export interface Copied {
  readonly bytes: number;
  readonly sha256: string;
}

export interface CopyControl {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/** The source could not be read: for the caller to try another one. */
export class SourceUnreadable extends Error {}

/** Copies a file and makes it durable; gives its digest. What the destination fails with is the system's own error. */
export async function copyFile(from: string, to: string, { signal, onBytes }: CopyControl): Promise<Copied> {
  const source = await open(from, 'r').catch((error: unknown) => {
    throw new SourceUnreadable(from, { cause: error });
  });
  let target: FileHandle | null = null;
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    target = await open(to, 'wx', 0o600);
    const copied = await pour(source, target, from, { signal, onBytes });
    await target.sync();
    return copied;
  } catch (error) {
    await target?.close().catch(() => undefined);
    target = null;
    await rm(to, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await source.close();
    await target?.close();
  }
}

/** Gives a file of an earlier backup a second name; false on a disk that knows no such thing. */
export async function linkFile(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await link(from, to);
    return true;
  } catch {
    return false;
  }
}

async function pour(source: FileHandle, target: FileHandle, from: string, control: CopyControl): Promise<Copied> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(PIECE);
  let bytes = 0;
  for (;;) {
    stopIfCancelled(control.signal);
    const { bytesRead } = await source.read(buffer, 0, PIECE, bytes).catch((error: unknown) => {
      throw new SourceUnreadable(from, { cause: error });
    });
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    for (let at = 0; at < bytesRead; ) at += (await target.write(piece, at, bytesRead - at)).bytesWritten;
    bytes += bytesRead;
    control.onBytes(bytesRead);
  }
}
