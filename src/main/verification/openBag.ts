import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { openAgeFile } from '../vault/index.ts';
import { folderSource } from './folderSource.ts';
import { printable } from './names.ts';
import type { BagSource } from './source.ts';
import { tarSource } from './tarSource.ts';

const AGE_MAGIC = 'age-encryption.org/v1\n';

/**
 * Opens a bag for reading: a folder, or `<exhibit>.tar.age` with the recipient's `identity` (`AGE-SECRET-KEY-1…`). Close it
 * afterwards. Throws `BAG_UNREADABLE` when it is neither, `BAG_ENCRYPTED` when an identity is needed, and the vault's
 * `AGE_…` and `KEY_UNREADABLE`.
 */
export async function openBag(path: string, { identity }: { identity?: string | undefined } = {}): Promise<BagSource> {
  const name = basename(path);
  try {
    // The person's own way to the bag may be a link; inside there are none.
    const stats = await stat(path);
    if (stats.isDirectory()) return folderSource(path);
    if (!stats.isFile()) throw new Refusal('BAG_UNREADABLE', { reason: printable(name) });
    if (!(await isAge(path))) throw new Refusal('BAG_UNREADABLE', { reason: printable(name) });
  } catch (error) {
    throw asRefusal(error, name);
  }
  if (identity === undefined) throw new Refusal('BAG_ENCRYPTED', { file: printable(name) });
  return tarSource(await openAgeFile(path, identity), name);
}

function asRefusal(error: unknown, name: string): Refusal {
  if (error instanceof Refusal) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new Refusal('BAG_UNREADABLE', { reason: `${printable(name)} (${code})` }, { cause: error });
}

async function isAge(path: string): Promise<boolean> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(AGE_MAGIC.length), 0, AGE_MAGIC.length, 0);
    return buffer.toString('latin1', 0, bytesRead) === AGE_MAGIC;
  } finally {
    await handle?.close();
  }
}
