import { emptyRoot, leafHash, nodeHash } from './merkle.ts';

/**
 * Where proofs take their hashes from: the root of the complete subtree of 2^`level` leaves that is the `index`-th of
 * its level (level 0 is the leaves). Asked only for subtrees that are complete.
 */
export type NodeSource = (level: number, index: number) => Uint8Array;

/** The nodes of a list of leaves in memory. */
export function nodesOf(leaves: readonly Uint8Array[]): NodeSource {
  const levels: Uint8Array[][] = [leaves.map(leafHash)];
  return (level, index) => {
    for (let have = levels.length; have <= level; have++) {
      const below = levels[have - 1] ?? [];
      const made: Uint8Array[] = [];
      for (let i = 0; i + 1 < below.length; i += 2) made.push(nodeHash(at(below, i), at(below, i + 1)));
      levels.push(made);
    }
    return at(levels[level] ?? [], index);
  };
}

/** Root of the first `size` leaves. */
export function rootOf(nodes: NodeSource, size: number): Buffer {
  return size === 0 ? emptyRoot() : Buffer.from(rangeRoot(nodes, 0, size));
}

/** RFC 6962 §2.1.1: the audit path of leaf `index` in the tree of `size` leaves, from its sibling to the root's child. */
export function inclusionProof(nodes: NodeSource, index: number, size: number): Buffer[] {
  if (!inRange(index, size - 1)) throw new RangeError(`leaf ${index} of ${size}`);
  const path: Buffer[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.push(Buffer.from(rangeRoot(nodes, middle, to)));
      to = middle;
    } else {
      path.push(Buffer.from(rangeRoot(nodes, from, middle)));
      from = middle;
    }
  }
  return path.reverse();
}

/** RFC 6962 §2.1.2: that the tree of `size` leaves extends that of `older`. Empty if they are equal or `older` is 0. */
export function consistencyProof(nodes: NodeSource, older: number, size: number): Buffer[] {
  if (!inRange(older, size)) throw new RangeError(`from ${older} to ${size}`);
  if (older === 0 || older === size) return [];
  const path: Buffer[] = [];
  let [from, to, known] = [0, size, true];
  while (older !== to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      path.push(Buffer.from(rangeRoot(nodes, middle, to)));
      to = middle;
    } else {
      path.push(Buffer.from(rangeRoot(nodes, from, middle)));
      from = middle;
      known = false;
    }
  }
  // What is left is a subtree of the older tree; its root is known to the verifier only if it is that whole tree.
  if (!known) path.push(Buffer.from(rangeRoot(nodes, from, to)));
  return path.reverse();
}

/** RFC 9162 §2.1.3.2 (the check of RFC 6962's proof). True if the leaf with this hash is number `index` under `root`. */
export function verifyInclusion(
  hash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!inRange(index, size - 1)) return false;
  let [node, last]: [number, number] = [index, size - 1];
  let made: Buffer = Buffer.from(hash);
  for (const sibling of proof) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      made = nodeHash(sibling, made);
      while (!odd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      made = nodeHash(made, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && made.equals(root);
}

/** RFC 9162 §2.1.4.2. True if the tree (`size`, `root`) extends the tree (`older`, `olderRoot`). */
export function verifyConsistency(
  older: number,
  olderRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!inRange(older, size)) return false;
  if (older === size) return proof.length === 0 && Buffer.from(olderRoot).equals(root);
  if (older === 0) return proof.length === 0 && emptyRoot().equals(olderRoot);
  // When the older tree is itself a complete subtree its root begins the path and is not repeated in the proof.
  const path = isPowerOfTwo(older) ? [olderRoot, ...proof] : [...proof];
  const first = path[0];
  if (first === undefined) return false;
  let [node, last]: [number, number] = [older - 1, size - 1];
  while (odd(node)) [node, last] = [half(node), half(last)];
  let [oldMade, newMade]: [Buffer, Buffer] = [Buffer.from(first), Buffer.from(first)];
  for (const hash of path.slice(1)) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      oldMade = nodeHash(hash, oldMade);
      newMade = nodeHash(hash, newMade);
      while (!odd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newMade = nodeHash(newMade, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && oldMade.equals(olderRoot) && newMade.equals(root);
}

/** Root of leaves `from` to `to` (a subtree that RFC 6962's splitting makes), out of complete subtrees. */
function rangeRoot(nodes: NodeSource, from: number, to: number): Uint8Array {
  const count = to - from;
  if (isPowerOfTwo(count)) return nodes(Math.log2(count), from / count);
  const middle = from + splitOf(count);
  return nodeHash(rangeRoot(nodes, from, middle), rangeRoot(nodes, middle, to));
}

/** The largest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** Bit operators of JavaScript end at 32 bits; sizes do not. */
const half = (n: number): number => Math.floor(n / 2);
const odd = (n: number): boolean => n % 2 === 1;
const inRange = (n: number, highest: number): boolean => Number.isSafeInteger(n) && n >= 0 && n <= highest;

function isPowerOfTwo(n: number): boolean {
  return n >= 1 && 2 ** Math.round(Math.log2(n)) === n;
}

function at(list: readonly Uint8Array[], index: number): Uint8Array {
  const hash = list[index];
  if (hash === undefined) throw new RangeError(`no node ${index}`);
  return hash;
}
