import { basename, dirname } from 'node:path';
import type { Disk, DiskFile } from '../../../src/main/vault/index.ts';

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number };

/** A file as the system shows it, and as the platter has it until the next sync. */
interface Inode {
  shown: Buffer;
  kept: Buffer;
  unsynced: Change[];
}

const SECTOR = 512;

/**
 * What is left of that which was not synced: `nothing`; a `prefix` of the writes in their order, the last one torn; or any of
 * their `sectors`, in no order.
 */
export type Tear = 'nothing' | 'prefix' | 'sectors';

/**
 * A disk in memory that can lose its power. What was not synced may survive or not, write by write and sector by sector;
 * a name that was made, moved or removed may be as it was before until its folder is synced.
 */
export class PowerDisk implements Disk {
  /** Steps until the power goes; from then on nothing works. */
  stepsLeft: number;
  readonly #shown = new Map<string, Inode>();
  readonly #kept = new Map<string, Inode>();
  /** Folders that were made; those that the tests begin with are always there. */
  readonly #shownFolders = new Set<string>();
  readonly #keptFolders = new Set<string>();

  constructor(stepsLeft = Number.POSITIVE_INFINITY) {
    this.stepsLeft = stepsLeft;
  }

  async create(path: string): Promise<DiskFile> {
    this.#step();
    if (this.#shown.has(path)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    const inode: Inode = { shown: Buffer.alloc(0), kept: Buffer.alloc(0), unsynced: [] };
    this.#shown.set(path, inode);
    const change = async (one: Change): Promise<void> => {
      inode.unsynced.push(one);
      inode.shown = apply(inode.shown, one);
      this.#step();
    };
    return {
      writeAt: (bytes, at) => change({ at, bytes: Buffer.from(bytes) }),
      truncate: (length) => change({ length }),
      datasync: async () => {
        this.#step();
        inode.kept = inode.shown;
        inode.unsynced = [];
      },
      close: async () => undefined,
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step();
    const inode = this.#shown.get(from);
    if (inode === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
    this.#shown.delete(from);
    this.#shown.set(to, inode);
  }

  async remove(path: string): Promise<void> {
    this.#step();
    this.#shown.delete(path);
  }

  async syncFolder(folder: string): Promise<void> {
    this.#step();
    for (const path of [...this.#kept.keys()]) if (dirname(path) === folder) this.#kept.delete(path);
    for (const [path, inode] of this.#shown) if (dirname(path) === folder) this.#kept.set(path, inode);
    for (const path of [...this.#keptFolders]) if (dirname(path) === folder) this.#keptFolders.delete(path);
    for (const path of this.#shownFolders) if (dirname(path) === folder) this.#keptFolders.add(path);
  }

  async makeFolder(path: string): Promise<void> {
    this.#step();
    if (this.#shownFolders.has(path)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    this.#shownFolders.add(path);
  }

  async makeFolders(path: string): Promise<void> {
    // The disk's own root (`/a`) is always there.
    for (let at = path; dirname(dirname(at)) !== dirname(at); at = dirname(at)) {
      if (!this.#shownFolders.has(at)) await this.makeFolder(at);
    }
  }

  async removeFolder(path: string): Promise<void> {
    this.#step();
    this.#shownFolders.delete(path);
  }

  async names(folder: string): Promise<string[]> {
    const all = [...this.#shown.keys(), ...this.#shownFolders];
    return all.filter((path) => dirname(path) === folder).map((path) => basename(path));
  }

  async read(path: string): Promise<Uint8Array> {
    const inode = this.#shown.get(path);
    if (inode === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
    return Buffer.from(inode.shown);
  }

  async free(): Promise<number | null> {
    return null;
  }

  async device(folder: string): Promise<string | null> {
    return `/${folder.split('/')[1] ?? ''}`;
  }

  /** How many bytes of a file a power cut could not take any more. */
  durableBytes(path: string): number {
    return this.#shown.get(path)?.kept.length ?? 0;
  }

  /** The files that are there when the power comes back; `chance` gives numbers from 0 to 1. */
  afterwards(chance: () => number, tear: Tear = 'sectors'): Map<string, Buffer> {
    const files = new Map<string, Buffer>();
    const unsure = [...this.#shownFolders].filter((path) => !this.#keptFolders.has(path));
    const lost = new Set(unsure.filter(() => chance() < 0.5));
    for (const path of new Set([...this.#kept.keys(), ...this.#shown.keys()])) {
      const [kept, shown] = [this.#kept.get(path), this.#shown.get(path)];
      const inode = kept === shown || chance() < 0.5 ? kept : shown;
      if (inode !== undefined && !this.#lostFolder(path, lost)) files.set(path, content(inode, chance, tear));
    }
    return files;
  }

  #lostFolder(path: string, lost: ReadonlySet<string>): boolean {
    for (let at = dirname(path); dirname(at) !== at; at = dirname(at)) if (lost.has(at)) return true;
    return false;
  }

  #step(): void {
    this.stepsLeft -= 1;
    if (this.stepsLeft < 0) throw Object.assign(new Error('no power'), { code: 'EIO' });
  }
}

function content(inode: Inode, chance: () => number, tear: Tear): Buffer {
  if (tear === 'nothing') return inode.kept;
  if (tear === 'prefix') return untilTorn(inode, chance);
  let bytes = inode.kept;
  for (const change of inode.unsynced) {
    if ('length' in change) {
      if (chance() < 0.5) bytes = apply(bytes, change);
      continue;
    }
    for (const sector of sectorsOf(change)) if (chance() < 0.7) bytes = apply(bytes, sector);
  }
  return bytes;
}

/** Sectors lie on the disk at their own places, not where a write happens to begin: a short write may be on two of them. */
function sectorsOf({ at, bytes }: { at: number; bytes: Buffer }): { at: number; bytes: Buffer }[] {
  const sectors: { at: number; bytes: Buffer }[] = [];
  for (let from = 0; from < bytes.length; ) {
    const length = Math.min(bytes.length - from, SECTOR - ((at + from) % SECTOR));
    sectors.push({ at: at + from, bytes: bytes.subarray(from, from + length) });
    from += length;
  }
  return sectors;
}

function untilTorn({ kept, unsynced }: Inode, chance: () => number): Buffer {
  const whole = Math.floor(chance() * (unsynced.length + 1));
  const bytes = unsynced.slice(0, whole).reduce(apply, kept);
  const torn = unsynced[whole];
  if (torn === undefined || 'length' in torn) return bytes;
  return apply(bytes, { at: torn.at, bytes: torn.bytes.subarray(0, Math.floor(chance() * torn.bytes.length)) });
}

function apply(bytes: Buffer, change: Change): Buffer {
  const length = 'length' in change ? change.length : Math.max(bytes.length, change.at + change.bytes.length);
  const after = Buffer.alloc(length);
  bytes.copy(after, 0, 0, length);
  if ('bytes' in change) change.bytes.copy(after, change.at);
  return after;
}
