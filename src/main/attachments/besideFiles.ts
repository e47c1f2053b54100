import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { syncFolder, writeFileDurably } from '../platform/files.ts';
import { openAgeFile, resolveInside, storeFile } from '../vault/index.ts';

/** A file as it stands in the vault: the digest of its plain bytes, and its age file on each folder that took it. */
export interface StoredBeside {
  readonly bytes: number;
  readonly sha256: string;
  readonly storedBytes: number;
  readonly storedSha256: string;
  readonly folders: readonly string[];
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Where the age file of `path` (relative to the exhibit's folder) stands. */
export const agePath = (folder: string, path: string): string => `${resolveInside(folder, path)}.age`;

/**
 * Writes one file beside an exhibit's tracks as an age file to its key, the same bytes in each folder that is there, durably
 * and whole or not at all. Nothing of it is plaintext on a disk at any time.
 * @throws Refusal TARGET_UNUSABLE where no folder takes it, and whatever `plain` throws; then nothing is left
 */
export async function storeBeside(
  folders: readonly string[],
  path: string,
  recipient: string,
  plain: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<StoredBeside> {
  const { ready, failure } = await makeFolders(folders, posix.dirname(path));
  if (ready.length === 0) {
    throw new Refusal('TARGET_UNUSABLE', { target: folders[0] ?? '', reason: 'absent' }, { cause: failure });
  }
  const inside = (folder: string): string => join(folder, posix.dirname(path));
  const {
    bytes,
    sha256: digest,
    stored,
  } = await storeFile({
    targets: ready.map(inside),
    file: posix.basename(path),
    recipient,
    plain,
  });
  const [first] = stored;
  if (first === undefined) throw new Refusal('TARGET_UNUSABLE', { target: ready[0] ?? '', reason: 'absent' });
  const standing = ready.filter((folder) => stored.some(({ target }) => target === inside(folder)));
  return { bytes, sha256: digest, storedBytes: first.bytes, storedSha256: first.sha256, folders: standing };
}

async function makeFolders(folders: readonly string[], path: string): Promise<{ ready: string[]; failure: unknown }> {
  const ready: string[] = [];
  let failure: unknown;
  for (const folder of folders) {
    // Made anew where its disk is away, the exhibit's folder would lie on another disk.
    if (!existsSync(folder)) continue;
    try {
      await mkdir(join(folder, path), { recursive: true, mode: 0o700 });
      await syncFolder(dirname(join(folder, path)));
      await syncFolder(folder);
      ready.push(folder);
    } catch (error) {
      failure = error;
    }
  }
  return { ready, failure };
}

/**
 * The plain bytes of such a file, from the first folder whose age file opens and is what was stored.
 * @throws Refusal ATTACHMENT_DAMAGED where none is
 */
export async function readBeside(
  folders: readonly string[],
  path: string,
  identity: string,
  digest: string,
): Promise<Buffer> {
  let failure: unknown;
  for (const folder of folders) {
    try {
      const reader = await openAgeFile(agePath(folder, path), identity);
      try {
        const bytes = await reader.read(0, reader.plainBytes);
        if (sha256(bytes) === digest) return bytes;
      } finally {
        await reader.close();
      }
    } catch (error) {
      failure = error;
    }
  }
  throw new Refusal('ATTACHMENT_DAMAGED', { file: path }, { cause: failure });
}

/** Takes such a file away from every folder that is there. Gives false where a disk would not let go of it. */
export async function removeBeside(folders: readonly string[], path: string): Promise<boolean> {
  const outcomes = await Promise.allSettled(
    folders
      .filter((folder) => existsSync(folder))
      .map(async (folder) => {
        await rm(agePath(folder, path), { force: true });
        await syncFolder(dirname(agePath(folder, path))).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        });
      }),
  );
  return outcomes.every(({ status }) => status === 'fulfilled');
}

/** Copies the age file to each of `to` that lacks it, from one of `from` that has it as it was stored. */
export async function bringBeside(
  from: readonly string[],
  to: readonly string[],
  path: string,
  stored: { readonly bytes: number; readonly sha256: string },
): Promise<void> {
  const lacking = to.filter((folder) => existsSync(folder) && !existsSync(agePath(folder, path)));
  if (lacking.length === 0) return;
  for (const folder of from) {
    const bytes = await readFile(agePath(folder, path)).catch(() => null);
    if (bytes === null || sha256(bytes) !== stored.sha256) continue;
    await Promise.allSettled(lacking.map((one) => writeFileDurably(agePath(one, path), bytes)));
    return;
  }
}
