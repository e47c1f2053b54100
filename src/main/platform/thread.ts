import { parentPort, Worker } from 'node:worker_threads';
import { type ErrorCode, isRefusal, Refusal } from '../../shared/errors.ts';

/**
 * Starts a thread on an entry of ours: `name` (without ending) beside the module whose `import.meta.url` is `beside`,
 * TypeScript in a checkout's sources, JavaScript where it was built. `data` is copied to it as its `workerData`.
 */
export function startThread(name: string, beside: string, data: unknown): Worker {
  const ending = beside.endsWith('.ts') ? 'ts' : 'js';
  const entry = new URL(`${name}.${ending}`, beside);
  // What the parent was started with (inspectors, test loaders) is not the thread's business.
  return new Worker(entry, { workerData: data, execArgv: [] });
}

/** What a thread that does one piece of work says to whoever started it. */
type Said =
  | { readonly state: 'progress'; readonly done: number }
  | { readonly state: 'done'; readonly result: unknown }
  | { readonly state: 'refused'; readonly code: ErrorCode; readonly params: Refusal['params'] }
  | { readonly state: 'broken'; readonly what: string };

/**
 * Has a thread do one piece of work (its entry calls `answerFromThread`) and gives its result, for the caller to parse.
 * Throws what the work refused, and the signal's reason; the thread is gone when this settles.
 */
export async function runInThread(
  { name, beside, data }: { readonly name: string; readonly beside: string; readonly data: unknown },
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<unknown> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const thread = startThread(name, beside, data);
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  thread.on('message', (said: Said) => {
    switch (said.state) {
      case 'progress':
        onProgress(said.done);
        return;
      case 'done':
        resolve(said.result);
        return;
      case 'refused':
        reject(new Refusal(said.code, said.params));
        return;
      case 'broken':
        reject(new Error(said.what));
        return;
    }
  });
  thread.on('error', reject);
  thread.on('exit', () => reject(new Error(`the thread ${name} ended without a result`)));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
    await thread.terminate();
  }
}

/** Does the work that this thread was started for and says what came of it. `progress` takes 0 to 1. */
export async function answerFromThread(work: (progress: (done: number) => void) => Promise<unknown>): Promise<void> {
  const say = (said: Said): void => parentPort?.postMessage(said);
  let told = 0;
  try {
    const result = await work((done) => {
      if (done - told < 0.002 && done < 1) return;
      told = done;
      say({ state: 'progress', done });
    });
    say({ state: 'done', result });
  } catch (error) {
    if (isRefusal(error)) say({ state: 'refused', code: error.code, params: error.params });
    else say({ state: 'broken', what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
