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

  /** Adds `text` everywhere it can; a folder that fails is told of once and left. Throws TARGET_UNUSABLE without any. */
  async append(text: string): Promise<void> {
    if (this.#open.length === 0)
      throw new Refusal('TARGET_UNUSABLE', { target: this.#folders[0] ?? '', reason: 'lost' });
    const bytes = Buffer.from(text, 'utf8');
    const outcomes = await Promise.allSettled(
      this.#open.map(async ({ handle }) => {
        await handle.appendFile(bytes);
        await handle.datasync();
      }),
    );
    await this.#drop(
      this.#open.filter((_, i) => outcomes[i]?.status === 'rejected').map(({ folder }) => folder),
      outcomes,
    );
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = [];
    for (const { handle } of open) await handle.close();
  }

  async #drop(folders: readonly string[], outcomes: readonly PromiseSettledResult<void>[]): Promise<void> {
    if (folders.length === 0) return;
    const reason = outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
    const lost = this.#open.filter(({ folder }) => folders.includes(folder));
    this.#open = this.#open.filter(({ folder }) => !folders.includes(folder));
    for (const { folder, handle } of lost) {
      await handle.close().catch(() => undefined);
      this.#onLost(folder, reason);
    }
  }
}
