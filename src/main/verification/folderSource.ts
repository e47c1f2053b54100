import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import type { CheckReason } from '../../shared/evidence/verification.ts';
import { nameProblem, printable } from './names.ts';
import type { BagEntry, BagListing, BagSource } from './source.ts';

const READ_BYTES = 1 << 20;
const MOST_FILES = 200_000;
const DEEPEST = 16;
/** Refuses to follow a link that took a file's place after the listing, where the system can do so. */
export const NO_FOLLOW = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A bag that lies open as a folder. Links and anything that is not a plain file are reported, never followed. */
export function folderSource(folder: string): BagSource {
  const root = resolve(folder);
  return {
    name: basename(root),
    encrypted: false,
    list: () => listFolder(root),
    stream: (path) => streamFile(root, path),
    plainFile: (path) => (nameProblem(path) === null ? join(root, path) : null),
    close: async () => undefined,
  };
}

async function listFolder(root: string): Promise<BagListing> {
  const entries: BagEntry[] = [];
  const problems: CheckReason[] = [];
  const visit = async (inside: string, depth: number): Promise<void> => {
    const names = await readdir(join(root, inside));
    for (const name of names.sort()) {
      const path = inside === '' ? name : `${inside}/${name}`;
      const stats = await lstat(join(root, path));
      const bad = nameProblem(path);
      if (stats.isSymbolicLink()) problems.push({ code: 'link', params: { file: printable(path) } });
      else if (bad !== null) problems.push(bad);
      else if (stats.isDirectory()) {
        if (depth >= DEEPEST) problems.push({ code: 'name-not-allowed', params: { file: printable(path) } });
        else await visit(path, depth + 1);
      } else if (!stats.isFile()) problems.push({ code: 'file-not-plain', params: { file: printable(path) } });
      else entries.push({ path, bytes: stats.size });
      if (entries.length > MOST_FILES) throw new Refusal('BAG_UNREADABLE', { reason: `more than ${MOST_FILES} files` });
    }
  };
  try {
    await visit('', 0);
  } catch (error) {
    throw unreadable(error, root);
  }
  return { entries, problems };
}

async function* streamFile(root: string, path: string): AsyncGenerator<Uint8Array> {
  if (nameProblem(path) !== null) throw new Refusal('BAG_UNREADABLE', { reason: printable(path) });
  let handle: FileHandle;
  try {
    handle = await open(join(root, path), NO_FOLLOW);
  } catch (error) {
    throw unreadable(error, path);
  }
  try {
    if (!(await handle.stat()).isFile()) throw new Refusal('BAG_UNREADABLE', { reason: path });
    for (;;) {
      const buffer = Buffer.allocUnsafe(READ_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw unreadable(error, path);
  } finally {
    await handle.close();
  }
}

function unreadable(error: unknown, where: string): Refusal {
  if (error instanceof Refusal) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new Refusal('BAG_UNREADABLE', { reason: `${printable(where)} (${code})` }, { cause: error });
}
