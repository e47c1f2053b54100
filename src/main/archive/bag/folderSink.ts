import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { mustBeFree, syncFolder } from '../../platform/files.ts';
import { resolveInside } from '../../vault/index.ts';
import { type BagSink, type BagSinkFile, onTarget } from './sink.ts';

/**
 * A plain bag as the folder `path`, which must not be there yet; its parent must. It grows as `.<name>.<random>.part`
 * beside it and is renamed when every file and folder is on the disk.
 */
export function folderSink(path: string): BagSink {
  return new FolderSink(resolve(path));
}

class FolderSink implements BagSink {
  readonly #path: string;
  readonly #temporary: string;
  readonly #folders = new Set<string>();

  constructor(path: string) {
    this.#path = path;
    this.#temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  }

  begin(): Promise<void> {
    return onTarget(this.#path, async () => {
      await mustBeFree(this.#path);
      await mkdir(this.#temporary);
      this.#folders.add(this.#temporary);
    });
  }

  open(path: string): Promise<BagSinkFile> {
    const file = resolveInside(this.#temporary, path);
    return onTarget(this.#path, async () => {
      await this.#makeFolder(dirname(file));
      const handle = await open(file, 'wx');
      return {
        write: (piece) => onTarget(this.#path, () => handle.writeFile(piece)),
        close: () =>
          onTarget(this.#path, async () => {
            try {
              await handle.sync();
            } finally {
              await handle.close();
            }
          }),
      };
    });
  }

  finish(): Promise<string> {
    return onTarget(this.#path, async () => {
      // Children before their parents, so that no name points at something that is not there yet.
      const deepestFirst = [...this.#folders].sort((a, b) => b.length - a.length);
      for (const folder of deepestFirst) await syncFolder(folder);
      await mustBeFree(this.#path);
      await rename(this.#temporary, this.#path);
      await syncFolder(dirname(this.#path));
      return this.#path;
    });
  }

  async discard(): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true });
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    await this.#makeFolder(dirname(folder));
    await mkdir(folder);
    this.#folders.add(folder);
  }
}
