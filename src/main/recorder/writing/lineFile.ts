import { join } from 'node:path';
import { Refusal } from '../../../shared/errors.ts';
import { type Disk, type DiskFile, systemDisk } from '../../vault/index.ts';

/** The same text file on each target, grown line by line; each addition is durable when `append` resolves. */
export class LineFile {
  readonly #folders: readonly string[];
  readonly #name: string;
  readonly #onLost: (folder: string, error: unknown) => void;
  readonly #disk: Disk;
  #open: { folder: string; file: DiskFile }[] = [];
  #length = 0;

  constructor(
    folders: readonly string[],
    name: string,
    onLost: (folder: string, error: unknown) => void,
    disk: Disk = systemDisk,
  ) {
    this.#disk = disk;
    this.#folders = folders;
    this.#name = name;
    this.#onLost = onLost;
  }

  async start(): Promise<void> {
    for (const folder of this.#folders) {
      try {
        this.#open.push({ folder, file: await this.#disk.create(join(folder, this.#name)) });
        await this.#disk.syncFolder(folder);
      } catch (error) {
        this.#onLost(folder, error);
      }
    }
  }

  /**
   * Adds `text` everywhere it can. A folder that fails, or that hangs while another has taken it, is told of once and
   * left. Throws TARGET_UNUSABLE when there is none any more.
   */
  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8');
    const at = this.#length;
    this.#length += bytes.length;
    const failures = await patiently(this.#open, async ({ file }) => {
      await file.writeAt(bytes, at);
      await file.datasync();
    });
    this.#open = this.#open.filter((one) => !failures.has(one));
    for (const [{ folder, file }, error] of failures) {
      // Not waited for: what hangs would hang here as well, and what failed has said so already.
      file.close().catch(() => undefined);
      this.#onLost(folder, error);
    }
    if (this.#open.length === 0)
      throw new Refusal('TARGET_UNUSABLE', { target: this.#folders[0] ?? '', reason: 'lost' });
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = [];
    for (const { file } of open) await file.close();
  }
}

const PATIENCE_MS = 10_000;

/** Does `act` on all at once; gives the failures, counting as one whoever hangs on after another has done it. */
async function patiently<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<Map<T, unknown>> {
  const failures = new Map<T, unknown>();
  const open = new Set(all);
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  if (open.size === 0) resolve();
  for (const one of all) {
    act(one)
      .then(
        () => {
          timer ??= setTimeout(resolve, PATIENCE_MS);
        },
        (error: unknown) => void failures.set(one, error),
      )
      .finally(() => {
        open.delete(one);
        if (open.size === 0) resolve();
      });
  }
  await promise;
  clearTimeout(timer);
  for (const one of open)
    failures.set(one, Object.assign(new Error('the disk does not answer'), { code: 'ETIMEDOUT' }));
  return failures;
}
