import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileDurably } from '../platform/files.ts';
import { readCertificates } from '../sealing/index.ts';
import type { TimestampRow } from './timestampRows.ts';

/**
 * Writes a token beside what it stamps (`<file>.tsr`, EVIDENCE-FORMAT §3) into each folder of the exhibit, and its
 * authority's root, for convenience, under `signatures/roots/tsa`. Writing it again is the same. Gives true when every
 * folder has it; a folder that is not there is not made: on the place of a disk that is away it would lie on another one.
 */
export async function placeToken(row: TimestampRow, folders: readonly string[]): Promise<boolean> {
  const { tsr } = row;
  if (tsr === null) return false;
  const outcomes = await Promise.allSettled(
    folders.map(async (folder) => {
      await access(folder);
      for (const { pem, sha256 } of row.root_pem === null ? [] : readCertificates(row.root_pem)) {
        await writeFileDurably(join(folder, `signatures/roots/tsa/${sha256.slice(0, 16)}.pem`), pem);
      }
      await writeFileDurably(join(folder, `${row.file}.tsr`), tsr);
    }),
  );
  return outcomes.every(({ status }) => status === 'fulfilled');
}
