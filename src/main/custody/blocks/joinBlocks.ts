import { parseCheckpoint } from '../checkpoint.ts';
import type { LogStore } from '../logStore.ts';
import { rootOf } from '../merkleProof.ts';
import { type OpenNodes, stretchOf } from '../stretch.ts';
import { BLOCK, BLOCK_LEVEL, type BlockSummary } from './checkBlock.ts';

/** Holds blocks that are each right in themselves against one another, in their order. */
export class JoinedBlocks {
  readonly #store: LogStore;
  readonly #origin: string;
  readonly #subjects = new Map<string, { seq: number; hash: string }>();
  #prev: string | null = null;
  #blocks = 0;
  /** The tree over whole blocks, by level from `BLOCK_LEVEL` upwards. */
  #upper: OpenNodes = [];
  /** What the last block leaves open below that. */
  #lower: OpenNodes = [];

  constructor(store: LogStore, origin: string) {
    this.#store = store;
    this.#origin = origin;
  }

  /** Takes the next block; false where it does not follow the ones before. */
  add(block: BlockSummary): boolean {
    if (block.prev !== this.#prev) return false;
    for (const [key, { firstSeq, firstPrev, lastSeq, lastHash }] of block.subjects) {
      const before = this.#subjects.get(key) ?? this.#store.before(key);
      if (firstSeq !== (before?.seq ?? -1) + 1 || firstPrev !== (before?.hash ?? null)) return false;
      this.#subjects.set(key, { seq: lastSeq, hash: lastHash });
    }
    this.#prev = block.lastHash;
    const open = block.open.map((node) => (node === undefined ? undefined : Buffer.from(node)));
    this.#lower = open.slice(0, BLOCK_LEVEL);
    const root = open[BLOCK_LEVEL];
    if (root === undefined) return true;
    const stretch = stretchOf(this.#blocks, root, this.#upper);
    this.#upper = stretch.open;
    this.#blocks += 1;
    return stretch.levels.every(
      ({ first, hashes }, level) =>
        this.#store.nodesHex(level + BLOCK_LEVEL, first, first + hashes.length / root.length).toLowerCase() ===
        hashes.toString('hex'),
    );
  }

  /** The root of all that was taken. */
  root(size: number): Buffer {
    const open = [...Array.from({ length: BLOCK_LEVEL }, (_, level) => this.#lower[level]), ...this.#upper];
    return rootOf((level) => {
      const node = open[level];
      if (node === undefined) throw new RangeError(`node of level ${level}`);
      return node;
    }, size);
  }

  /** True where every head that was kept is one of this tree, whose nodes have all been recomputed. */
  headsStand(size: number): boolean {
    return this.#store.heads().every(({ size: at, note }) => {
      const head = parseCheckpoint(note);
      if (at > size || head.origin !== this.#origin) return false;
      return head.root.equals(rootOf((level, index) => this.#store.node(level, index), at));
    });
  }
}

/** First event and end of each block of a log of `size` events. */
export function blocksOf(size: number): { readonly first: number; readonly end: number }[] {
  return Array.from({ length: Math.ceil(size / BLOCK) }, (_, block) => ({
    first: block * BLOCK,
    end: Math.min(size, (block + 1) * BLOCK),
  }));
}
