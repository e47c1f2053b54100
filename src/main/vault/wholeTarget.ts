import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';
import { resolveInside } from './paths.ts';

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
    await this.#open().writeAt(bytes, this.#length);
    this.#length += bytes.length;
  }

  async finish(): Promise<void> {
    await this.#open().datasync();
    await this.close();
    await this.#disk.rename(this.#temporary, this.#path);
    await this.#disk.syncFolder(dirname(this.#path));
    this.#finished = true;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
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
