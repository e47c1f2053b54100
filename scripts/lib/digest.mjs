// Whether something has to be made again: a digest of everything that it is made from.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';

/** SHA-256 over names and contents of `paths` (files or folders of this checkout; those that are absent count as absent). */
export function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(path)) {
      const content = readFileSync(join(root, file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/** The files of a file or folder, as sorted paths of this checkout with forward slashes. */
export function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  const found = [];
  const walk = (relative) => {
    const entries = readdirSync(join(root, relative), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = `${relative}/${entry.name}`;
      if (entry.isDirectory()) walk(inner);
      else if (entry.isFile()) found.push(inner);
    }
  };
  try {
    walk(path);
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    found.push(path);
  }
  return found;
}
