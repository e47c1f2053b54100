import { setImmediate } from 'node:timers/promises';
import { Refusal } from '../../shared/errors.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { type LoggedEvent, readRow } from './loggedEvent.ts';
import type { EventRow, LogStore } from './logStore.ts';
import { MerkleTree, nodeHash } from './merkle.ts';

const PAGE = 500;

/**
 * Recomputes a log from its events alone and holds everything else that is stored against it. Throws `LOG_DAMAGED` with
 * the index of the first event that is wrong and the reason.
 */
export async function checkLog(store: LogStore, origin: string): Promise<{ size: number; root: Buffer }> {
  const size = store.size();
  const check = new Check(store, origin);
  for (let from = 0; from < size; from += PAGE) {
    for (const row of store.range(from, Math.min(from + PAGE, size), false)) check.next(row);
    await setImmediate();
  }
  return check.end(size);
}

class Check {
  readonly #store: LogStore;
  readonly #origin: string;
  readonly #tree = new MerkleTree();
  /** Roots of complete subtrees that wait for their right sibling, by level. */
  readonly #open: Buffer[] = [];
  readonly #subjects = new Map<string, { seq: number; hash: string }>();
  readonly #heads: Map<number, string[]>;
  #prev: string | null = null;

  constructor(store: LogStore, origin: string) {
    this.#store = store;
    this.#origin = origin;
    this.#heads = new Map();
    for (const head of store.heads()) this.#heads.set(head.size, [...(this.#heads.get(head.size) ?? []), head.note]);
  }

  next(row: EventRow): void {
    const index = this.#tree.size;
    if (row.idx !== index) throw damaged(index, 'an event is missing');
    const logged = readRow(row);
    this.#copies(row, logged);
    this.#chain(logged);
    this.#tree.appendHash(logged.leafHash);
    this.#nodes(index, logged.leafHash);
    this.#keptHeads();
  }

  end(size: number): { size: number; root: Buffer } {
    if (this.#tree.size !== size) throw damaged(this.#tree.size, 'an event is missing');
    const beyond = [...this.#heads.keys()].find((head) => head > size);
    if (beyond !== undefined) throw damaged(size, 'the log is shorter than a head that was kept');
    // Events that came while the pages were read have their nodes too.
    if (this.#store.nodeCount() !== nodesIn(this.#store.size()))
      throw damaged(size, 'the tree has other nodes than the log');
    return { size, root: this.#tree.root() };
  }

  /** The columns for looking up must say what the event says. */
  #copies(row: EventRow, { event }: LoggedEvent): void {
    const same =
      row.action === event.action &&
      row.actor_id === event.actor.id &&
      row.at === event.at &&
      row.subject_type === event.subject.type &&
      row.subject_id === event.subject.id &&
      row.subject_seq === event.subject.seq;
    if (!same) throw damaged(row.idx, 'the row differs from the event');
  }

  #chain({ index, event, leafHash }: LoggedEvent): void {
    if (event.log !== this.#origin) throw damaged(index, 'an event of another log');
    if (event.prev !== this.#prev) throw damaged(index, 'the chain is broken');
    const key = `${event.subject.type} ${event.subject.id}`;
    const before = this.#subjects.get(key);
    if (event.subject.seq !== (before?.seq ?? -1) + 1 || event.subject.prev !== (before?.hash ?? null)) {
      throw damaged(index, 'the sequence of its subject is broken');
    }
    this.#prev = leafHash.toString('hex');
    this.#subjects.set(key, { seq: event.subject.seq, hash: this.#prev });
  }

  /** The leaf and each subtree that it completes stand in the table as computed. */
  #nodes(index: number, leaf: Buffer): void {
    let [hash, at, level]: [Buffer, number, number] = [leaf, index, 0];
    for (;;) {
      if (!this.#store.node(level, at).equals(hash)) throw damaged(index, 'the tree differs from the events');
      const left = this.#open[level];
      if (at % 2 === 0 || left === undefined) {
        this.#open[level] = hash;
        return;
      }
      hash = nodeHash(left, hash);
      at = (at - 1) / 2;
      level += 1;
    }
  }

  #keptHeads(): void {
    for (const note of this.#heads.get(this.#tree.size) ?? []) {
      const head = parseCheckpoint(note);
      if (head.origin !== this.#origin || !head.root.equals(this.#tree.root())) {
        throw damaged(this.#tree.size - 1, 'the log does not extend a head that was kept');
      }
    }
  }
}

/** Complete subtrees in a tree of `size` leaves: 2 × size less one for each set bit of it. */
function nodesIn(size: number): number {
  let count = 0;
  for (let level = size; level > 0; level = Math.floor(level / 2)) count += level;
  return count;
}

function damaged(index: number, reason: string): Refusal {
  return new Refusal('LOG_DAMAGED', { index, reason });
}
