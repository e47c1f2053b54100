import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveInside } from '../../vault/index.ts';
import type { WantedFile } from './wantedFiles.ts';

/**
 * How a copy in one folder looks, by names and sizes alone: `away` = its disk is not there, `absent` = the disk is there
 * and has no such folder, `partial` = something is missing or too short.
 */
export type CopyState = 'whole' | 'partial' | 'absent' | 'away';

/** Looks at the copy in `folder`. Reads no content; that is what a verification is for. */
export async function copyState(folder: string, files: readonly WantedFile[]): Promise<CopyState> {
  if ((await sizeOf(dirname(folder))) === null) return 'away';
  if ((await sizeOf(folder)) === null) return 'absent';
  return (await looksWhole(folder, files)) ? 'whole' : 'partial';
}

/** Whether all of `files` are in `folder` in their lengths; false where there are none. */
export async function looksWhole(folder: string, files: readonly WantedFile[]): Promise<boolean> {
  for (const { path, bytes } of files) {
    const size = await sizeOf(resolveInside(folder, path));
    if (size === null || (bytes !== null && size !== bytes)) return false;
  }
  return files.length > 0;
}

/** Null also when the disk answers with an error: what cannot be looked at is not counted on. */
async function sizeOf(path: string): Promise<number | null> {
  return await stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
