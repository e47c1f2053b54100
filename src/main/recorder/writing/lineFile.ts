import { type FileHandle, open } from 'node:fs/promises';
import { Refusal } from '../../../shared/errors.ts';
import { syncFolder } from '../../platform/files.ts';

/** The same text file on each target, grown line by line; each addition is durable when `append` resolves. */
export class LineFile {
  readonly #folders: readonly string[];
  readonly #name: string;
  readonly #onLost: (folder: string, error: unknown) => void;
  #open: { folder: string; handle: FileHandle }[] = [];

  constructor(folders: readonly string[], name: string, onLost: (folder: string, error: unknown) => void) {
    this.#folders = folders;
    this.#name = name;
    this.#onLost = onLost;
  }

  async start(): Promise<void> {
    for (const folder of this.#folders) {
      try {
        this.#open.push({ folder, handle: await open(`${folder}/${this.#name}`, 'wx', 0o640) });
        await syncFolder(folder);
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
    const failures = await patiently(this.#open, async ({ handle }) => {
      await handle.appendFile(bytes);
      await handle.datasync();
    });
    this.#open = this.#open.filter((one) => !failures.has(one));
    for (const [{ folder, handle }, error] of failures) {
      // Not waited for: what hangs would hang here as well, and what failed has said so already.
      handle.close().catch(() => undefined);
      this.#onLost(folder, error);
    }
    if (this.#open.length === 0)
      throw new Refusal('TARGET_UNUSABLE', { target: this.#folders[0] ?? '', reason: 'lost' });
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = [];
    for (const { handle } of open) await handle.close();
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
