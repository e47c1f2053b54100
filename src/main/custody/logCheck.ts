import { setImmediate } from 'node:timers/promises';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { checkInThreads } from './blocks/checkInThreads.ts';
import { checkedEvent, columnsAgree, subjectKey } from './checkedEvent.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { EventRow, LogStore } from './logStore.ts';
import { emptyRoot } from './merkle.ts';
import { type NodeSource, rootOf } from './merkleProof.ts';
import type { CheckedEvent } from './quickEvent.ts';
import { nodesIn, type OpenNodes, type Stretch, stretchOf } from './stretch.ts';

const PAGE = 1_024;
/** From this many events on, threads bring more than they cost. */
const LONG = 40_000;
const HASH = 32;

/**
 * Recomputes a log from its events alone and holds everything else that is stored against it. Throws `LOG_DAMAGED` with
 * the index of the first event that is wrong and the reason. A long log in the file `path` (null: in memory) is looked at
 * by threads, block by block; only where they find something is it gone through page by page, and such a page event by event, to
 * say which.
 */
export async function checkLog(
  store: LogStore,
  origin: string,
  path: string | null,
): Promise<{ size: number; root: Buffer }> {
  const size = store.size();
  if (path !== null && size >= LONG) {
    const root = await checkInThreads({ path, origin }, store, size);
    if (root !== null && nodesAreThose(store)) return { size, root };
  }
  const check = new Check(store, origin);
  for (let from = 0; from < size; from += PAGE) {
    check.page(from, store.range(from, Math.min(from + PAGE, size), false));
    await setImmediate();
  }
  return check.end(size);
}

/** A kept head: what it says, by the size at which it says it. */
interface KeptHead {
  readonly origin: string;
  readonly root: Buffer;
}

class Check {
  readonly #store: LogStore;
  readonly #origin: string;
  readonly #subjects = new Map<string, { seq: number; hash: string }>();
  readonly #heads = new Map<number, KeptHead[]>();
  /** Smallest first. */
  readonly #headSizes: readonly number[];
  #nextHead = 0;
  #size = 0;
  #open: OpenNodes = [];
  #prev: string | null = null;

  constructor(store: LogStore, origin: string) {
    this.#store = store;
    this.#origin = origin;
    for (const { size, note } of store.heads()) {
      this.#heads.set(size, [...(this.#heads.get(size) ?? []), parseCheckpoint(note)]);
    }
    this.#headSizes = [...this.#heads.keys()].sort((a, b) => a - b);
  }

  page(from: number, rows: readonly EventRow[]): void {
    const leaves = Buffer.alloc(rows.length * HASH);
    let whole = 0;
    try {
      for (const row of rows) {
        if (row.idx !== from + whole) throw damaged(from + whole, 'an event is missing');
        const event = checkedEvent(row);
        if (!columnsAgree(row, event)) throw damaged(row.idx, 'the row differs from the event');
        this.#chain(row.idx, event);
        leaves.write(event.leafHex, whole * HASH, 'hex');
        whole += 1;
      }
    } catch (error) {
      // What is wrong in the tree before an event that is wrong itself comes first.
      if (isRefusal(error, 'LOG_DAMAGED')) this.#grow(from, leaves.subarray(0, whole * HASH));
      throw error;
    }
    this.#grow(from, leaves);
  }

  end(size: number): { size: number; root: Buffer } {
    if (this.#size !== size) throw damaged(this.#size, 'an event is missing');
    if (this.#headSizes.some((head) => head > size))
      throw damaged(size, 'the log is shorter than a head that was kept');
    // Events that came while the pages were read have their nodes too.
    if (!nodesAreThose(this.#store)) throw damaged(size, 'the tree has other nodes than the log');
    return { size, root: size === 0 ? emptyRoot() : rootOf((level) => openNode(this.#open, level), size) };
  }

  #chain(index: number, event: CheckedEvent): void {
    const { log, prev, subject, leafHex } = event;
    if (log !== this.#origin) throw damaged(index, 'an event of another log');
    if (prev !== this.#prev) throw damaged(index, 'the chain is broken');
    const key = subjectKey(event);
    const before = this.#subjects.get(key) ?? this.#store.before(key);
    if (subject.seq !== (before?.seq ?? -1) + 1 || subject.prev !== (before?.hash ?? null)) {
      throw damaged(index, 'the sequence of its subject is broken');
    }
    this.#prev = leafHex;
    this.#subjects.set(key, { seq: subject.seq, hash: leafHex });
  }

  /** The leaves and each subtree that they complete stand in the table as computed, and each head is of this tree. */
  #grow(from: number, leaves: Buffer): void {
    const stretch = stretchOf(from, leaves, this.#open);
    const nodes = nodesIn(stretch, this.#open);
    const end = from + leaves.length / HASH;
    if (!this.#stands(stretch)) {
      for (let index = from; index < end; index++) this.#completedBy(index, nodes);
    }
    this.#keptHeads(end, nodes);
    this.#open = stretch.open;
    this.#size = end;
  }

  #stands({ levels }: Stretch): boolean {
    return levels.every(({ first, hashes }, level) => {
      const stored = this.#store.nodesHex(level, first, first + hashes.length / HASH);
      return stored.toLowerCase() === hashes.toString('hex');
    });
  }

  #completedBy(index: number, nodes: NodeSource): void {
    for (let [level, at] = [0, index]; ; [level, at] = [level + 1, (at - 1) / 2]) {
      if (!this.#store.node(level, at).equals(nodes(level, at)))
        throw damaged(index, 'the tree differs from the events');
      if (at % 2 === 0) return;
    }
  }

  #keptHeads(end: number, nodes: NodeSource): void {
    for (; ; this.#nextHead++) {
      const size = this.#headSizes[this.#nextHead];
      if (size === undefined || size > end) return;
      const root = rootOf(nodes, size);
      const wrong = this.#heads.get(size)?.some((head) => head.origin !== this.#origin || !head.root.equals(root));
      if (wrong === true) throw damaged(size - 1, 'the log does not extend a head that was kept');
    }
  }
}

function openNode(open: OpenNodes, level: number): Buffer {
  const node = open[level];
  if (node === undefined) throw new RangeError(`node of level ${level}`);
  return node;
}

/** True where the tree has as many nodes as the log, as it is now, makes. */
function nodesAreThose(store: LogStore): boolean {
  return store.nodeCount() === nodesOfSize(store.size());
}

/** Complete subtrees in a tree of `size` leaves: 2 × size less one for each set bit of it. */
function nodesOfSize(size: number): number {
  let count = 0;
  for (let level = size; level > 0; level = Math.floor(level / 2)) count += level;
  return count;
}

function damaged(index: number, reason: string): Refusal {
  return new Refusal('LOG_DAMAGED', { index, reason });
}
