import { nodeHash } from './merkle.ts';
import type { NodeSource } from './merkleProof.ts';

/** Roots of the complete subtrees that wait for their right sibling, by level: a whole tree's state between two leaves. */
export type OpenNodes = readonly (Buffer | undefined)[];

/** The nodes of one level that a stretch of leaves completed: numbers `first` onwards, 32 bytes each. */
export interface StretchLevel {
  readonly first: number;
  readonly hashes: Buffer;
}

/** Some leaves that follow one another, and every subtree that they complete. */
export interface Stretch {
  /** From the leaves upwards, as far as anything was completed. */
  readonly levels: readonly StretchLevel[];
  /** The tree's state after them. */
  readonly open: OpenNodes;
}

const HASH = 32;

/** Lays the leaf hashes `leaves` (32 bytes each) of leaf `first` onwards onto a tree that stood as `open` says. */
export function stretchOf(first: number, leaves: Buffer, open: OpenNodes): Stretch {
  const levels: StretchLevel[] = [];
  const after = [...open];
  let level: StretchLevel = { first, hashes: leaves };
  for (let depth = 0; level.hashes.length > 0; depth++) {
    levels.push(level);
    const end = level.first + level.hashes.length / HASH;
    const parents = parentsOf(level, open[depth]);
    if (end % 2 === 1) after[depth] = Buffer.from(level.hashes.subarray(-HASH));
    else after[depth] = undefined;
    level = parents;
  }
  return { levels, open: after };
}

/** The nodes of a stretch, and those that stood open before it: enough for the root at any size within it. */
export function nodesIn({ levels }: Stretch, before: OpenNodes): NodeSource {
  return (depth, index) => {
    const level = levels[depth];
    const at = level === undefined ? -1 : (index - level.first) * HASH;
    const node = at < 0 ? before[depth] : level?.hashes.subarray(at, at + HASH);
    if (node?.length !== HASH) throw new RangeError(`node ${index} of level ${depth}`);
    return node;
  };
}

function parentsOf({ first, hashes }: StretchLevel, waiting: Buffer | undefined): StretchLevel {
  const parent = Math.floor(first / 2);
  const end = Math.floor((first + hashes.length / HASH) / 2);
  const made = Buffer.alloc(Math.max(0, end - parent) * HASH);
  for (let index = parent; index < end; index++) {
    const right = (2 * index + 1 - first) * HASH;
    const left = right === 0 ? waiting : hashes.subarray(right - HASH, right);
    if (left === undefined) throw new RangeError('a tree that lost a node');
    nodeHash(left, hashes.subarray(right, right + HASH)).copy(made, (index - parent) * HASH);
  }
  return { first: parent, hashes: made };
}
