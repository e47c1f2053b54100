import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { signDetached } from '../../../src/main/sealing/index.ts';
import type { BagSource } from '../../../src/main/verification/index.ts';
import { BAGGED, type SampleBag } from '../../support/sampleBag.ts';

/** A bag's files in memory: path → bytes. */
export type BagFiles = Map<string, Buffer>;

/** Reads a plain bag's folder. */
export async function filesOf(path: string): Promise<BagFiles> {
  const files: BagFiles = new Map();
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(relative(path, file), await readFile(file));
  }
  return files;
}

/** The same files with some put in place of others; `null` takes one away. */
export function changed(files: BagFiles, changes: Readonly<Record<string, Buffer | string | null>>): BagFiles {
  const altered = new Map(files);
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) altered.delete(path);
    else altered.set(path, Buffer.from(content));
  }
  return altered;
}

/**
 * What somebody does who alters a bag and holds the key of a hand-over: manifests, counts and hand-over signature are made
 * anew, so that only the evidence itself can tell.
 */
export function relisted(files: BagFiles, { exhibit }: SampleBag): BagFiles {
  const listed = new Map(files);
  const lines = (wanted: (path: string) => boolean): Buffer =>
    Buffer.from(
      [...listed]
        .filter(([path]) => wanted(path))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, bytes]) => `${sha256(bytes)}  ${path}\n`)
        .join(''),
    );
  const payload = [...listed].filter(([path]) => path.startsWith('data/'));
  const oxum = `${payload.reduce((sum, [, bytes]) => sum + bytes.length, 0)}.${payload.length}`;
  const info = text(listed, 'bag-info.txt').replace(/Payload-Oxum: .*/, `Payload-Oxum: ${oxum}`);
  listed.set('bag-info.txt', Buffer.from(info));
  listed.set(
    'manifest-sha256.txt',
    lines((path) => path.startsWith('data/')),
  );
  const tags = lines((path) => ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt'].includes(path));
  listed.set('tagmanifest-sha256.txt', tags);
  const handover = signDetached({ content: tags, ...exhibit.keys.officer, signingTime: BAGGED });
  listed.set('tagmanifest-sha256.txt.p7s', Buffer.from(handover));
  return listed;
}

/** A source of these files. */
export function sourceOf(files: BagFiles, name = 'bag'): BagSource {
  return {
    name,
    encrypted: false,
    list: async () => ({ entries: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length })), problems: [] }),
    async *stream(path) {
      const bytes = files.get(path);
      if (bytes === undefined) throw new Error(`no ${path}`);
      // In two pieces, so that nothing rests on a file coming whole.
      yield bytes.subarray(0, bytes.length >> 1);
      yield bytes.subarray(bytes.length >> 1);
    },
    close: async () => undefined,
  };
}

export function text(files: BagFiles, path: string): string {
  return bytes(files, path).toString('utf8');
}

export function bytes(files: BagFiles, path: string): Buffer {
  const found = files.get(path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found;
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** One bit changed in the byte at `at` (from the end if negative). */
export function flipped(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 0x01;
  return copy;
}
