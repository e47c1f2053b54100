import { checkedEvent, columnsAgree, subjectKey } from '../checkedEvent.ts';
import type { LogStore } from '../logStore.ts';
import type { CheckedEvent } from '../quickEvent.ts';
import { type Stretch, stretchOf } from '../stretch.ts';

/** A block is a subtree: its events are numbers n × 2^14 to (n + 1) × 2^14, the last block of a log may end earlier. */
export const BLOCK_LEVEL = 14;
export const BLOCK = 2 ** BLOCK_LEVEL;

const PAGE = 1_024;
const HASH = 32;

/** What a subject's events within one block expect of those before, and what the next block has to go on from. */
export interface SubjectInBlock {
  readonly firstSeq: number;
  readonly firstPrev: string | null;
  readonly lastSeq: number;
  readonly lastHash: string;
}

/** A block that is right in itself. */
export interface BlockSummary {
  /** What its first event quotes as the event before. */
  readonly prev: string | null;
  readonly lastHash: string;
  readonly subjects: ReadonlyMap<string, SubjectInBlock>;
  /** The block's subtrees that wait for their right sibling, by level; that of a whole block is at `BLOCK_LEVEL`. */
  readonly open: readonly (Uint8Array | undefined)[];
}

/**
 * Looks at events `first` to `end` (not included, at most one block, at least one event) for themselves: their form, their
 * columns, the chains among them, and every node of the tree that they complete. `null` where anything is not right.
 */
export function checkBlock(store: LogStore, origin: string, first: number, end: number): BlockSummary | null {
  const leaves = Buffer.alloc((end - first) * HASH);
  const subjects = new Map<string, SubjectInBlock>();
  let [prev, lastHash, next]: [string | null, string | null, number] = [null, null, first];
  for (let from = first; from < end; from += PAGE) {
    for (const row of store.range(from, Math.min(from + PAGE, end), false)) {
      const event = checkedEvent(row);
      if (row.idx !== next || event.log !== origin || !columnsAgree(row, event)) return null;
      if (next === first) prev = event.prev;
      else if (event.prev !== lastHash) return null;
      if (!goesOn(subjects, event)) return null;
      leaves.write(event.leafHex, (next - first) * HASH, 'hex');
      lastHash = event.leafHex;
      next += 1;
    }
  }
  if (next !== end || lastHash === null) return null;
  // As if the block were a tree of its own: which it is, a subtree.
  const stretch = stretchOf(0, leaves, []);
  return stands(store, first, stretch) ? { prev, lastHash, subjects, open: stretch.open } : null;
}

/** False where the event does not follow what this block knows of its subject. */
function goesOn(subjects: Map<string, SubjectInBlock>, event: CheckedEvent): boolean {
  const { seq, prev } = event.subject;
  const key = subjectKey(event);
  const before = subjects.get(key);
  if (before !== undefined && (seq !== before.lastSeq + 1 || prev !== before.lastHash)) return false;
  const { firstSeq, firstPrev } = before ?? { firstSeq: seq, firstPrev: prev };
  subjects.set(key, { firstSeq, firstPrev, lastSeq: seq, lastHash: event.leafHex });
  return true;
}

function stands(store: LogStore, block: number, { levels }: Stretch): boolean {
  return levels.every(({ hashes }, level) => {
    for (let at = 0; at < hashes.length; at += PAGE * HASH) {
      const page = hashes.subarray(at, at + PAGE * HASH);
      const from = block / 2 ** level + at / HASH;
      if (store.nodesHex(level, from, from + page.length / HASH).toLowerCase() !== page.toString('hex')) return false;
    }
    return true;
  });
}
