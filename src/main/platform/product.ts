import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Package = z.looseObject({ name: z.string(), version: z.string(), commit: z.string().optional() });

/** Name and version out of our own package.json, and the commit where the packaged app carries it; for records. */
export function productVersion(): { name: string; version: string; commit: string | null } {
  const path = fileURLToPath(new URL('../../../package.json', import.meta.url));
  if (!existsSync(path)) throw new Error('package.json of the product is missing');
  const { name, version, commit } = Package.parse(JSON.parse(readFileSync(path, 'utf8')));
  return { name, version, commit: commit ?? null };
}
