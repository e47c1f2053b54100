import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../platform/thread.ts';
import type { LogStore } from '../logStore.ts';
import type { BlockSummary } from './checkBlock.ts';
import { blocksOf, JoinedBlocks } from './joinBlocks.ts';

/** Which log a thread looks at. */
export interface BlocksOf {
  readonly path: string;
  readonly origin: string;
}

export interface BlockRequest {
  readonly index: number;
  readonly first: number;
  readonly end: number;
}

export interface BlockAnswer {
  readonly index: number;
  readonly summary: BlockSummary | null;
}

/** More threads than this leave no processor to a recording. */
const MOST_THREADS = 4;

/**
 * The root of a long log after all of it was recomputed, block by block, in threads that read the database for
 * themselves; `null` where anything was not right, for `checkLog` to say what. The caller's thread stays free.
 */
export async function checkInThreads(of: BlocksOf, store: LogStore, size: number): Promise<Buffer | null> {
  const blocks = blocksOf(size);
  const count = Math.min(MOST_THREADS, availableParallelism(), blocks.length);
  const threads = Array.from({ length: count }, () => startThread('blockThread', import.meta.url, of));
  try {
    const joined = new JoinedBlocks(store, of.origin);
    for await (const summary of inOrder(threads, blocks)) {
      if (summary === null || !joined.add(summary)) return null;
    }
    return joined.headsStand(size) ? joined.root(size) : null;
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** The blocks' summaries in the order of the log, however the threads come along. A thread that fails answers `null`. */
async function* inOrder(
  threads: readonly Worker[],
  blocks: readonly { readonly first: number; readonly end: number }[],
): AsyncGenerator<BlockSummary | null, void> {
  const answers = blocks.map(() => Promise.withResolvers<BlockSummary | null>());
  let next = 0;
  const ask = (thread: Worker): void => {
    const block = blocks[next];
    if (block !== undefined) thread.postMessage({ index: next++, ...block } satisfies BlockRequest);
  };
  for (const thread of threads) {
    thread.on('message', ({ index, summary }: BlockAnswer) => {
      answers[index]?.resolve(summary);
      ask(thread);
    });
    thread.on('error', () => {
      for (const answer of answers) answer.resolve(null);
    });
    ask(thread);
  }
  for (const { promise } of answers) yield await promise;
}
