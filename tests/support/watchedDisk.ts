import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { openHeader } from '../../src/main/vault/ageHeader.ts';
import type { Disk, DiskFile } from '../../src/main/vault/index.ts';
import { parseIdentity } from '../../src/main/vault/keys.ts';

/**
 * Sees everything that is written through a disk, and holds the promise on which the encryption rests: a payload key is
 * never used for two different texts. A part's file only ever grows, so no chunk is sealed twice; each tail is a file
 * of its own with a key that nothing else has.
 */
export class WatchedDisk implements Disk {
  readonly #disk: Disk;
  readonly #identity: ReturnType<typeof parseIdentity>;
  /** Payload key → digest of the ciphertext that it sealed; the same file goes to both targets. */
  readonly #keys = new Map<string, string>();
  /** What was found that must not be. */
  readonly problems: string[] = [];

  constructor(disk: Disk, identity: string) {
    this.#disk = disk;
    this.#identity = parseIdentity(identity);
  }

  /** Payload keys seen so far. */
  get keys(): number {
    return this.#keys.size;
  }

  /** Notes a whole age file, or the beginning of one that grows under the name `text`. */
  take(where: string, bytes: Uint8Array, text: string): void {
    const key = openHeader(bytes, this.#identity).payloadKey.toString('hex');
    const before = this.#keys.get(key);
    if (before !== undefined && before !== text) this.problems.push(`${where}: a payload key was used for two texts`);
    this.#keys.set(key, text);
  }

  async create(path: string): Promise<DiskFile> {
    const file = await this.#disk.create(path);
    const name = basename(path);
    if (!name.endsWith('.age')) return file;
    const isTail = name.includes('.tail');
    let length = 0;
    return {
      ...file,
      writeAt: (bytes, at) => {
        if (isTail) this.take(path, bytes, createHash('sha256').update(bytes).digest('hex'));
        else if (at === 0) this.take(path, bytes, `main file ${name}`);
        else if (at !== length) this.problems.push(`${path}: written at ${at}, where ${length} bytes stand`);
        length = at + bytes.length;
        return file.writeAt(bytes, at);
      },
    };
  }

  rename(from: string, to: string): Promise<void> {
    return this.#disk.rename(from, to);
  }

  remove(path: string): Promise<void> {
    return this.#disk.remove(path);
  }

  syncFolder(folder: string): Promise<void> {
    return this.#disk.syncFolder(folder);
  }

  makeFolder(path: string): Promise<void> {
    return this.#disk.makeFolder(path);
  }

  makeFolders(path: string): Promise<void> {
    return this.#disk.makeFolders(path);
  }

  removeFolder(path: string): Promise<void> {
    return this.#disk.removeFolder(path);
  }

  names(folder: string): Promise<string[]> {
    return this.#disk.names(folder);
  }

  read(path: string): Promise<Uint8Array> {
    return this.#disk.read(path);
  }

  free(folder: string): Promise<number | null> {
    return this.#disk.free(folder);
  }

  device(folder: string): Promise<string | null> {
    return this.#disk.device(folder);
  }
}
