import { type Disk, writeWhole } from '../vault/index.ts';

/**
 * A small file that is rewritten whole on each target as what it says changes: the newest content is written next, one
 * target never waits for another. `failed` is told of the first failure of each, which is not written to again.
 */
export class Notes {
  readonly #name: string;
  readonly #disk: Disk;
  readonly #failed: (folder: string, error: unknown) => void;
  readonly #writing = new Map<string, Promise<void>>();
  readonly #given = new Set<string>();
  #content = '';

  constructor(name: string, disk: Disk, failed: (folder: string, error: unknown) => void) {
    this.#name = name;
    this.#disk = disk;
    this.#failed = failed;
  }

  write(folders: readonly string[], content: string): void {
    this.#content = content;
    for (const folder of folders) {
      if (this.#given.has(folder)) continue;
      this.#given.add(folder);
      const before = this.#writing.get(folder) ?? Promise.resolve();
      this.#writing.set(
        folder,
        before.then(() => this.#writeTo(folder)),
      );
    }
  }

  /** Resolves when all is written, at the latest after `withinMs`: a disk that hangs is not waited for. */
  async settled(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([Promise.all(this.#writing.values()), late]);
    clearTimeout(timer);
  }

  async #writeTo(folder: string): Promise<void> {
    // What is said from now on waits for another turn; what was said until now is in this one.
    this.#given.delete(folder);
    try {
      await writeWhole(folder, this.#name, this.#content, this.#disk);
    } catch (error) {
      this.#given.add(folder);
      this.#failed(folder, error);
    }
  }
}
