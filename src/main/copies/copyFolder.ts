import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeFileDurably } from '../platform/files.ts';

/** Names within `copies/<id>/`. The media is an age file at rest (`….mp4.age`), the rest is plain. */
export const COPY_MEDIA = 'picture-in-picture.mp4';
export const COPY_SEGMENTS = 'picture-in-picture.segments.jsonl';
export const COPY_STATEMENT = 'copy.json';

/** The folder of a copy within one of the exhibit's folders. */
export const copyFolder = (exhibitFolder: string, id: string): string => join(exhibitFolder, 'copies', id);

/** Makes the copy's folder in each of the exhibit's; gives those where it could be made. */
export async function makeCopyFolders(folders: readonly string[], id: string): Promise<string[]> {
  const made: string[] = [];
  for (const folder of folders) {
    try {
      await mkdir(copyFolder(folder, id), { recursive: true, mode: 0o700 });
      await syncFolder(join(folder, 'copies'));
      await syncFolder(folder);
      made.push(folder);
    } catch {
      // A disk that cannot take it is one target less; whoever asked sees on how many the copy stands.
    }
  }
  return made;
}

/** Takes a copy away from everywhere it may stand. A disk that is not there is tried again at the next start. */
export async function removeCopyFolders(folders: readonly string[], id: string): Promise<void> {
  for (const folder of folders) {
    await rm(copyFolder(folder, id), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Writes the small files of a copy; gives the exhibit's folders in which all of them stand. */
export async function writeBeside(
  folders: readonly string[],
  id: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> {
  const whole: string[] = [];
  for (const folder of folders) {
    try {
      for (const [name, bytes] of files) await writeFileDurably(join(copyFolder(folder, id), name), bytes);
      whole.push(folder);
    } catch {
      // As above: one target less.
    }
  }
  return whole;
}

/** Reads a small file of a copy from the first of the exhibit's folders where `right` takes it; null where none does. */
export async function readBeside(
  folders: readonly string[],
  id: string,
  name: string,
  right: (bytes: Buffer) => boolean,
): Promise<Buffer | null> {
  for (const folder of folders) {
    const bytes = await readFile(join(copyFolder(folder, id), name)).catch(() => null);
    if (bytes !== null && right(bytes)) return bytes;
  }
  return null;
}

/** The copies in an exhibit's folder that are of the kind made here, by number. Read at once: within a transaction. */
export function copiesIn(exhibitFolder: string | undefined): { n: number; statement: Buffer }[] {
  const folder = exhibitFolder === undefined ? '' : join(exhibitFolder, 'copies');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((id) => {
    const n = Number(/^copy-([1-9][0-9]{0,5})$/.exec(id)?.[1] ?? 0);
    const there = [`${COPY_MEDIA}.age`, COPY_SEGMENTS, COPY_STATEMENT].every((name) =>
      existsSync(join(folder, id, name)),
    );
    return n > 0 && there ? [{ n, statement: readFileSync(join(folder, id, COPY_STATEMENT)) }] : [];
  });
}
