import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';
import { resolveInside } from './paths.ts';

/**
 * How many bytes are written before the disk is told to keep them, while the next ones are made: left to the end, a long file
 * would wait for a whole disk's worth of writing that could have been done beside its sealing.
 */
const SYNC_EVERY = 32 * 1024 * 1024;

/** A file that comes to be whole or not at all, on one target folder. */
export class WholeTarget {
  readonly folder: string;
  readonly name: string;
  readonly #disk: Disk;
  readonly #path: string;
  readonly #temporary: string;
  #file: DiskFile | undefined;
  #length = 0;
  #finished = false;
  /** The sync that is under way or was last, over the first `#askedFor` bytes. */
  #syncing: Promise<void> = Promise.resolve();
  #askedFor = 0;

  constructor(disk: Disk, folder: string, name: string) {
    this.#disk = disk;
    this.folder = folder;
    this.name = name;
    this.#path = resolveInside(folder, name);
    this.#temporary = join(dirname(this.#path), `.${randomBytes(6).toString('hex')}.tmp`);
  }

  /** True once the file stands under its name, durably. */
  get finished(): boolean {
    return this.#finished;
  }

  async create(): Promise<void> {
    this.#file = await this.#disk.create(this.#temporary);
  }

  async append(bytes: Uint8Array): Promise<void> {
    const file = this.#open();
    await file.writeAt(bytes, this.#length);
    this.#length += bytes.length;
    if (this.#length - this.#askedFor < SYNC_EVERY) return;
    // One at a time: a disk that is slower than the sealing holds it up, and no more than two stretches wait in memory.
    await this.#syncing;
    this.#askedFor = this.#length;
    this.#syncing = file.datasync();
    // Whoever appends or finishes next is told of its failure.
    this.#syncing.catch(() => undefined);
  }

  async finish(): Promise<void> {
    await this.#syncing;
    await this.#open().datasync();
    await this.close();
    await this.#disk.rename(this.#temporary, this.#path);
    await this.#disk.syncFolder(dirname(this.#path));
    this.#finished = true;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await this.#syncing.catch(() => undefined);
    await file?.close();
  }

  /** Takes away what did not become a file. */
  async discard(): Promise<void> {
    if (!this.#finished) await this.#disk.remove(this.#temporary);
  }

  #open(): DiskFile {
    if (this.#file === undefined) throw new Error('a target that is not open');
    return this.#file;
  }
}
