import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stood in the files of a recording at one moment: by path, how long each was and the digest of that much. */
export type Standing = ReadonlyMap<string, { readonly length: number; readonly sha256: string }>;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Every media file, index and file of heads in these exhibits' `tracks` folders. Not the tails, which are replaced by turns
 * and go when their part is finished.
 */
export function standingIn(targets: readonly string[]): Standing {
  const standing = new Map<string, { length: number; sha256: string }>();
  for (const target of targets) {
    for (const name of readdirSync(join(target, 'tracks'))) {
      if (!/\.(mp4\.age|segments\.jsonl|heads)$/.test(name)) continue;
      const path = join(target, 'tracks', name);
      const bytes = readFileSync(path);
      standing.set(path, { length: bytes.length, sha256: sha256(bytes) });
    }
  }
  return standing;
}

/** The files of which what stood then no longer stands: changed, shorter, or gone. */
export function changedSince(before: Standing): string[] {
  return [...before].flatMap(([path, { length, sha256: digest }]) => {
    try {
      return sha256(readFileSync(path).subarray(0, length)) === digest ? [] : [path];
    } catch {
      return [path];
    }
  });
}
