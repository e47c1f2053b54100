// A process that takes a share of each processor of this machine: `burner.ts SHARE` (0.7). What others kept it from taking it
// takes afterwards, up to a second of it. It is ended by a signal.
import { availableParallelism } from 'node:os';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const TURN_MS = 20;
const OWED_MS = 1000;

const taken = (): number => process.threadCpuUsage().user / 1000;

function burn(share: number): never {
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  let goal = taken();
  let looked = performance.now();
  for (;;) {
    const now = performance.now();
    goal = Math.min(goal + (now - looked) * share, taken() + OWED_MS);
    looked = now;
    let value = 0;
    while (taken() < goal) for (let i = 0; i < 20_000; i++) value = Math.sqrt(value + i);
    Atomics.wait(sleep, 0, 0, TURN_MS);
  }
}

if (isMainThread) {
  const share = Number(process.argv[2] ?? 0.7);
  for (let i = 0; i < availableParallelism(); i++) new Worker(new URL(import.meta.url), { workerData: share });
} else burn(Number(workerData));
