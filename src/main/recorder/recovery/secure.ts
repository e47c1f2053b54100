import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256File } from '../../vault/index.ts';

/** A file as it was found after a crash: for the custody log. `target` = index of its exhibit folder. */
export interface SecuredFile {
  readonly target: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Secures what a crash left, without any key (EVIDENCE-FORMAT §1): the size and digest of every file in each exhibit
 * folder, in order of name. Nothing is changed; from here on the log says what stood. A folder that is not there (its
 * disk is away) has no files. Throws VAULT_FILE_UNREADABLE when a file that is there cannot be read.
 */
export async function secureCrashed(exhibitFolders: readonly string[]): Promise<SecuredFile[]> {
  const secured: SecuredFile[] = [];
  for (const [target, folder] of exhibitFolders.entries()) {
    for (const file of await filesUnder(folder)) {
      secured.push({ target, file, ...(await sha256File(join(folder, file))) });
    }
  }
  return secured;
}

/** Paths relative to `folder`, with forward slashes, sorted; nothing when it does not exist. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
