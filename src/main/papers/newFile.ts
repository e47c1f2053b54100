import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { mustBeFree, syncFolder } from '../platform/files.ts';

/**
 * A file that is not there yet, whole or not at all: `ready` says early whether it can be written, `write` puts the bytes
 * beside it under a temporary name, makes them durable, and gives them their name. It never writes over what is there.
 */
export class NewFile {
  readonly #path: string;
  readonly #temporary: string;

  constructor(path: string) {
    this.#path = path;
    this.#temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  }

  /** @throws Refusal EXPORT_EXISTS, PAPER_NOT_WRITTEN */
  async ready(): Promise<void> {
    await this.#saying(async () => {
      await mustBeFree(this.#path);
      if (!(await stat(dirname(this.#path))).isDirectory()) throw this.#refused('ENOTDIR');
    });
  }

  /** Puts the bytes beside the name, durable. @throws Refusal PAPER_NOT_WRITTEN */
  async fill(bytes: Uint8Array): Promise<void> {
    await this.#saying(async () => {
      const handle = await open(this.#temporary, 'wx', 0o644);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
  }

  /** Gives what was filled its name. @throws Refusal EXPORT_EXISTS, PAPER_NOT_WRITTEN */
  async finish(): Promise<void> {
    await this.#saying(async () => {
      await mustBeFree(this.#path);
      await rename(this.#temporary, this.#path);
      await syncFolder(dirname(this.#path));
    });
  }

  /** Leaves nothing behind of what was not finished. */
  async discard(): Promise<void> {
    await rm(this.#temporary, { force: true });
  }

  async #saying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (isRefusal(error) || !(error instanceof Error) || !('code' in error)) throw error;
      throw this.#refused(String(error.code), error);
    }
  }

  #refused(reason: string, cause?: unknown): Refusal {
    return new Refusal('PAPER_NOT_WRITTEN', { path: this.#path, reason }, { cause });
  }
}
