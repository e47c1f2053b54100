import { availableParallelism } from 'node:os';
import { startThread } from '../../platform/thread.ts';
import { BATCH_CHUNKS } from './slots.ts';

/** Which chunks of which open file: `first` up to `end` of `chunks`; the first of all begins at byte `start`. */
export interface Stretch {
  readonly fd: number;
  readonly start: number;
  readonly key: Uint8Array;
  readonly chunks: number;
  readonly first: number;
  readonly end: number;
}

/** What a thread made of a batch. */
export type Opened =
  | { readonly state: 'plain'; readonly plain: Uint8Array<ArrayBuffer> }
  | { readonly state: 'damaged'; readonly index: number }
  | { readonly state: 'unreadable'; readonly reason: string };

/** Batch number `batch` of the stretch, counted from 0. */
export interface OpenedBatch {
  readonly batch: number;
  readonly opened: Opened;
}

/** Batches that are opened ahead of whoever reads, 1 MiB each: with fewer, a busy machine waits for messages more than it works. */
const AHEAD = 16;
/** One thread opens half as fast as `age` reads; more than two leave no processor to others. */
const THREADS = Math.min(2, availableParallelism());

/**
 * The plaintext of a stretch in pieces of 1 MiB, read and opened by threads of its own; ends after the first piece that is
 * not `plain`, which is given too. The file must stay open until this has ended, and the threads are gone when it has.
 */
export async function* openInThreads(stretch: Stretch): AsyncGenerator<Opened, void> {
  const batches = Math.ceil((stretch.end - stretch.first) / BATCH_CHUNKS);
  const waiting = new Map<number, PromiseWithResolvers<Opened>>();
  const threads = Array.from({ length: Math.min(THREADS, batches) }, () =>
    startThread('openerThread', import.meta.url, stretch),
  );
  let asked = 0;
  const ask = (): void => {
    if (asked === batches) return;
    const answer = Promise.withResolvers<Opened>();
    // Whoever stops early leaves a failure that concerns nobody.
    answer.promise.catch(() => undefined);
    waiting.set(asked, answer);
    threads[asked % threads.length]?.postMessage(asked);
    asked += 1;
  };
  for (const thread of threads) {
    thread.on('message', ({ batch, opened }: OpenedBatch) => waiting.get(batch)?.resolve(opened));
    thread.on('error', (error) => {
      for (const answer of waiting.values()) answer.reject(error);
    });
  }
  try {
    for (let i = 0; i < AHEAD; i++) ask();
    for (let batch = 0; batch < batches; batch++) {
      const opened = await waiting.get(batch)?.promise;
      if (opened === undefined) return;
      waiting.delete(batch);
      ask();
      yield opened;
      if (opened.state !== 'plain') return;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
