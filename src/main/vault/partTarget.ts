import { dirname } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';
import { partNames } from './partNames.ts';
import { resolveInside } from './paths.ts';

/** One part on one target folder: its main file and its two tail files. Knows of no keys; errors are the disk's own. */
export class PartTarget {
  readonly folder: string;
  /** Name of the main file within the folder. */
  readonly name: string;
  readonly #disk: Disk;
  readonly #mainPath: string;
  readonly #tailPaths: readonly string[];
  #main: DiskFile | undefined;
  #tails: DiskFile[] = [];
  #length = 0;
  #synced = 0;
  #turn = 0;

  constructor(disk: Disk, folder: string, file: string) {
    const names = partNames(file);
    this.#disk = disk;
    this.folder = folder;
    this.name = names.main;
    this.#mainPath = resolveInside(folder, names.main);
    this.#tailPaths = names.tails.map((name) => resolveInside(folder, name));
  }

  /** Makes all three files and their names durable at once, so that no later step needs the folder. */
  async create(): Promise<void> {
    this.#main = await this.#disk.create(this.#mainPath);
    for (const path of this.#tailPaths) this.#tails.push(await this.#disk.create(path));
    await this.#disk.syncFolder(dirname(this.#mainPath));
  }

  async append(sealed: Uint8Array): Promise<void> {
    await mustBeOpen(this.#main).writeAt(sealed, this.#length);
    this.#length += sealed.length;
  }

  async syncMain(): Promise<void> {
    if (this.#synced === this.#length) return;
    await mustBeOpen(this.#main).datasync();
    this.#synced = this.#length;
  }

  /**
   * Overwrites the older of the two tails in place. A crash in the midst of it harms that one alone; the newer tail of
   * the turn before still stands. Cheaper than a new name each time, which would need the folder synced as well.
   */
  async replaceTail(tail: Uint8Array): Promise<void> {
    const file = mustBeOpen(this.#tails[this.#turn]);
    await file.writeAt(tail, 0);
    await file.truncate(tail.length);
    await file.datasync();
    this.#turn = 1 - this.#turn;
  }

  /** The main file is whole and durable before the tails go. */
  async finish(): Promise<void> {
    await this.syncMain();
    await this.close();
    for (const path of this.#tailPaths) await this.#disk.remove(path);
    await this.#disk.syncFolder(dirname(this.#mainPath));
  }

  async close(): Promise<void> {
    const open = [this.#main, ...this.#tails].filter((file) => file !== undefined);
    this.#main = undefined;
    this.#tails = [];
    for (const outcome of await Promise.allSettled(open.map((file) => file.close()))) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  }
}

function mustBeOpen(file: DiskFile | undefined): DiskFile {
  if (file === undefined) throw new Error('a target that is not open');
  return file;
}
