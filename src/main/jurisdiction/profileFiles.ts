import { readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../../shared/errors.ts';
import { type ReadProfile, readProfile } from './readProfile.ts';

/** The profiles that come with the product. */
export const shippedFolder = fileURLToPath(new URL('../../../resources/jurisdictions', import.meta.url));
const LARGEST = 512 * 1024;

/** A profile of a path that a person chose. @throws Refusal JURISDICTION_FILE_UNREADABLE, and what `readProfile` refuses */
export async function profileOfFile(path: string): Promise<ReadProfile> {
  return readProfile(await bytesOf(path), basename(path));
}

/** Every profile that comes with the product, in the order of its file's name. */
export function shippedProfiles(folder: string): readonly ReadProfile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readProfile(readFileSync(join(folder, name)), name));
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      // Not a device or a pipe, which could be read without end.
      if (!stat.isFile()) throw new Refusal('JURISDICTION_FILE_UNREADABLE', { path, reason: 'EISDIR' });
      if (stat.size > LARGEST) throw new Refusal('JURISDICTION_FILE_UNREADABLE', { path, reason: 'EFBIG' });
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new Refusal('JURISDICTION_FILE_UNREADABLE', { path, reason }, { cause });
  }
}
