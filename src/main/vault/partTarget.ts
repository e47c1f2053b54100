import { dirname } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';
import { partNames } from './partNames.ts';
import { resolveInside } from './paths.ts';

/** Something to be done to a part on a target. One step does one of these; `create` is the first, `finish` the last. */
export interface Step {
  readonly create?: true;
  /** Ciphertext for the end of the main file. */
  readonly sealed?: Buffer;
  /** What was appended so far shall survive a power cut: `upTo` bytes of plaintext, the end of them in `tail`. */
  readonly durable?: { readonly upTo: number; readonly tail: Buffer | undefined };
  /** A line for the end of a text file beside the part, durable after all that was to be durable before it. */
  readonly text?: { readonly file: string; readonly bytes: Buffer };
  readonly finish?: true;
}

/** One part on one target folder: its main file, its two tail files, its text files. Knows of no keys; errors are the disk's own. */
export class PartTarget {
  readonly folder: string;
  /** Name of the main file within the folder. */
  readonly name: string;
  readonly #disk: Disk;
  readonly #mainPath: string;
  readonly #tailPaths: readonly string[];
  readonly #textNames: readonly string[];
  readonly #texts = new Map<string, { file: DiskFile; length: number }>();
  #main: DiskFile | undefined;
  #tails: DiskFile[] = [];
  #length = 0;
  #synced = 0;
  #turn = 0;

  constructor(disk: Disk, folder: string, file: string, textNames: readonly string[]) {
    const names = partNames(file);
    this.#disk = disk;
    this.folder = folder;
    this.name = names.main;
    this.#mainPath = resolveInside(folder, names.main);
    this.#tailPaths = names.tails.map((name) => resolveInside(folder, name));
    this.#textNames = textNames;
  }

  /**
   * Does several steps in one go: of several tails only the newest is written, each file is synced once. The main file
   * comes before the tail, so that a tail never begins beyond the chunks on disk, and both before the texts, which speak
   * of nothing that could be gone after a power cut.
   */
  async perform(steps: readonly Step[]): Promise<void> {
    if (steps.some(({ create }) => create)) await this.#create();
    for (const { sealed } of steps) if (sealed !== undefined) await this.#append(sealed);
    const durable = steps.filter((step) => step.durable !== undefined);
    if (durable.length > 0) await this.#syncMain();
    const tail = durable.findLast((step) => step.durable?.tail !== undefined)?.durable?.tail;
    if (tail !== undefined) await this.#replaceTail(tail);
    for (const name of this.#textNames) {
      const lines = steps.flatMap(({ text }) => (text?.file === name ? [text.bytes] : []));
      if (lines.length > 0) await this.#addText(name, Buffer.concat(lines));
    }
    if (steps.some(({ finish }) => finish)) await this.#finish();
  }

  async close(): Promise<void> {
    const open = [this.#main, ...this.#tails, ...[...this.#texts.values()].map(({ file }) => file)];
    this.#main = undefined;
    this.#tails = [];
    this.#texts.clear();
    for (const outcome of await Promise.allSettled(open.map((file) => file?.close()))) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  }

  /** Makes all files and their names durable at once, so that no later step needs the folder. */
  async #create(): Promise<void> {
    for (const name of this.#textNames) {
      this.#texts.set(name, { file: await this.#disk.create(resolveInside(this.folder, name)), length: 0 });
    }
    this.#main = await this.#disk.create(this.#mainPath);
    for (const path of this.#tailPaths) this.#tails.push(await this.#disk.create(path));
    await this.#disk.syncFolder(dirname(this.#mainPath));
  }

  async #append(sealed: Uint8Array): Promise<void> {
    await mustBeOpen(this.#main).writeAt(sealed, this.#length);
    this.#length += sealed.length;
  }

  async #syncMain(): Promise<void> {
    if (this.#synced === this.#length) return;
    await mustBeOpen(this.#main).datasync();
    this.#synced = this.#length;
  }

  /**
   * Overwrites the older of the two tails in place. A crash in the midst of it harms that one alone; the newer tail of
   * the turn before still stands. Cheaper than a new name each time, which would need the folder synced as well.
   */
  async #replaceTail(tail: Uint8Array): Promise<void> {
    const file = mustBeOpen(this.#tails[this.#turn]);
    await file.writeAt(tail, 0);
    await file.truncate(tail.length);
    await file.datasync();
    this.#turn = 1 - this.#turn;
  }

  async #addText(name: string, bytes: Uint8Array): Promise<void> {
    const text = this.#texts.get(name);
    const file = mustBeOpen(text?.file);
    await file.writeAt(bytes, text?.length ?? 0);
    await file.datasync();
    this.#texts.set(name, { file, length: (text?.length ?? 0) + bytes.length });
  }

  /** The main file is whole and durable before the tails go. */
  async #finish(): Promise<void> {
    await this.#syncMain();
    await this.close();
    for (const path of this.#tailPaths) await this.#disk.remove(path);
    await this.#disk.syncFolder(dirname(this.#mainPath));
  }
}

function mustBeOpen(file: DiskFile | undefined): DiskFile {
  if (file === undefined) throw new Error('a target that is not open');
  return file;
}
