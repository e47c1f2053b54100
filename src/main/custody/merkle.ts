import { hash } from 'node:crypto';

/** The tree hash of RFC 6962 §2.1 with SHA-256. A hash is 32 bytes; a leaf is any bytes. */
export function leafHash(leaf: Uint8Array): Buffer {
  return Buffer.from(leafHex(leaf), 'hex');
}

/** The same in hexadecimal letters, which is how events quote it. */
export function leafHex(leaf: Uint8Array): string {
  return hash('sha256', Buffer.concat([LEAF, leaf]), 'hex');
}

/** The hash of an inner node from those of its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', Buffer.concat([NODE, left, right]), 'hex'), 'hex');
}

/** The root of the tree of no leaves. */
export function emptyRoot(): Buffer {
  return Buffer.from(hash('sha256', '', 'hex'), 'hex');
}

/** A tree that only grows, in memory of O(log n): it keeps the roots of its complete subtrees and forgets the leaves. */
export class MerkleTree {
  /** Complete subtrees from the largest (left) to the smallest, one for each set bit of `size`. */
  readonly #peaks: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf by its bytes; gives its hash. */
  append(leaf: Uint8Array): Buffer {
    const hash = leafHash(leaf);
    this.appendHash(hash);
    return hash;
  }

  /** Adds a leaf by its hash. */
  appendHash(hash: Uint8Array): void {
    let node: Buffer = Buffer.from(hash);
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2)) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new RangeError('a tree that lost a peak');
      node = nodeHash(left, node);
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  /** The root at the present size. */
  root(): Buffer {
    return foldPeaks(this.#peaks);
  }
}

/** One root from complete subtrees, largest first: the last two are joined first. */
export function foldPeaks(peaks: readonly Uint8Array[]): Buffer {
  const last = peaks.at(-1);
  if (last === undefined) return emptyRoot();
  let node: Buffer = Buffer.from(last);
  for (let i = peaks.length - 2; i >= 0; i--) {
    const left = peaks[i];
    if (left !== undefined) node = nodeHash(left, node);
  }
  return node;
}

/**
 * The roots that a growing tree had at each of `sizes` (any order, repeats allowed), in one pass over its leaves.
 * A size beyond the leaves is not in the answer.
 */
export function rootAtSizes(leaves: Iterable<Uint8Array>, sizes: Iterable<number>): Map<number, Buffer> {
  const wanted = new Set(sizes);
  const roots = new Map<number, Buffer>();
  const tree = new MerkleTree();
  if (wanted.has(0)) roots.set(0, tree.root());
  for (const leaf of leaves) {
    tree.append(leaf);
    if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
  }
  return roots;
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
