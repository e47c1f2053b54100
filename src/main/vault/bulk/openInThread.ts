import { startThread } from '../../platform/thread.ts';

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
  | { readonly state: 'unreadable'; readonly reason: string }
  | { readonly state: 'end' };

/** Batches that are opened ahead of whoever reads, 1 MiB each: with fewer, a busy machine waits for messages more than it works. */
const AHEAD = 16;

/**
 * The plaintext of a stretch in pieces of 1 MiB, read and opened by a thread of its own; ends after the first piece that
 * is not `plain`, which is given too. The file must stay open until this has ended, and the thread is gone when it has.
 */
export async function* openInThread(stretch: Stretch): AsyncGenerator<Exclude<Opened, { state: 'end' }>, void> {
  const thread = startThread('openerThread', import.meta.url, stretch);
  const ready: Opened[] = [];
  let failure: { readonly error: unknown } | undefined;
  let wake: (() => void) | undefined;
  thread.on('message', (opened: Opened) => {
    ready.push(opened);
    wake?.();
  });
  thread.on('error', (error) => {
    failure = { error };
    wake?.();
  });
  try {
    for (let i = 0; i < AHEAD; i++) thread.postMessage(null);
    for (;;) {
      const opened = ready.shift();
      if (opened === undefined) {
        if (failure !== undefined) throw failure.error;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (opened.state === 'end') return;
      thread.postMessage(null);
      yield opened;
      if (opened.state !== 'plain') return;
    }
  } finally {
    await thread.terminate();
  }
}
