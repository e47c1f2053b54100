import { Worker } from 'node:worker_threads';

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
