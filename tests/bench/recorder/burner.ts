// A process that keeps each processor of this machine busy for a share of the time: `burner.ts SHARE` (0.7). It is ended by a
// signal.
import { availableParallelism } from 'node:os';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const TURN_MS = 100;

function burn(share: number): never {
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    const until = performance.now() + TURN_MS * share;
    let value = 0;
    while (performance.now() < until) for (let i = 0; i < 1000; i++) value = Math.sqrt(value + i);
    Atomics.wait(sleep, 0, 0, TURN_MS * (1 - share));
  }
}

if (isMainThread) {
  const share = Number(process.argv[2] ?? 0.7);
  for (let i = 0; i < availableParallelism(); i++) new Worker(new URL(import.meta.url), { workerData: share });
} else burn(Number(workerData));
