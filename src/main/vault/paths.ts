import { join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { RelativePath } from '../../shared/evidence/record.ts';

/**
 * The place of a file that something (a record, a row, a request) names relative to `folder`. The name must be as
 * EVIDENCE-FORMAT wants it: ASCII, forward slashes, no `.` or `..`. Throws `PATH_OUTSIDE_FOLDER`. Links are not
 * followed up here: whoever reads what strangers made checks them.
 */
export function resolveInside(folder: string, relativePath: string): string {
  if (!RelativePath.safeParse(relativePath).success) {
    throw new Refusal('PATH_OUTSIDE_FOLDER', { path: relativePath.slice(0, 200) });
  }
  return join(folder, ...relativePath.split('/'));
}
