import type { Worker } from 'node:worker_threads';
import { Refusal } from '../../shared/errors.ts';
import { startThread } from '../platform/thread.ts';
import { Gate } from './gate.ts';
import { printable } from './names.ts';
import type { ScannedSegment } from './partScan.ts';

/** One part to be read: where it lies, and how long each of its segments should be (null: nobody can say). */
export interface PartJob {
  readonly path: string;
  readonly file: string;
  readonly lengths: readonly number[] | null;
}

export interface ScannedPart {
  readonly bytes: number;
  readonly sha256: string;
  readonly scanned: readonly ScannedSegment[] | null;
}

export type PartAnswer =
  | { readonly state: 'read'; readonly bytes: number }
  | { readonly state: 'scanned'; readonly part: ScannedPart }
  | { readonly state: 'unreadable'; readonly reason: string }
  | { readonly state: 'cancelled' };

export interface ScanOptions {
  readonly gate?: Gate | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of bytes as they are read, whatever part they are of. */
  readonly onBytes: (bytes: number) => void;
}

/** Two parts at a time: an interview has two views, and a court's computer seldom more than two cores to spare. */
const THREADS = 2;

/**
 * Reads parts that lie open in a folder, each exactly once, several at a time in threads of their own; gives by path what
 * each one holds. Throws `BAG_UNREADABLE`, `JOB_CANCELLED` from the gate, and the signal's reason.
 */
export async function scanInThreads(
  jobs: readonly PartJob[],
  options: ScanOptions,
): Promise<ReadonlyMap<string, ScannedPart>> {
  const gate = options.gate ?? new Gate();
  const waiting = [...jobs];
  const scanned = new Map<string, ScannedPart>();
  const threads = Array.from({ length: Math.min(THREADS, jobs.length) }, () =>
    startThread('partThread', import.meta.url, gate.memory),
  );
  const work = async (thread: Worker): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      scanned.set(job.path, await scanOne(thread, job, options.onBytes));
    }
  };
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(options.signal?.reason);
  options.signal?.addEventListener('abort', abort);
  try {
    options.signal?.throwIfAborted();
    await Promise.race([Promise.all(threads.map(work)), aborted]);
    return scanned;
  } finally {
    options.signal?.removeEventListener('abort', abort);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function scanOne(thread: Worker, job: PartJob, onBytes: (bytes: number) => void): Promise<ScannedPart> {
  const { promise, resolve, reject } = Promise.withResolvers<ScannedPart>();
  const answered = (answer: PartAnswer): void => {
    switch (answer.state) {
      case 'read':
        onBytes(answer.bytes);
        return;
      case 'scanned':
        resolve(answer.part);
        return;
      case 'unreadable':
        reject(new Refusal('BAG_UNREADABLE', { reason: `${printable(job.path)} (${answer.reason})` }));
        return;
      case 'cancelled':
        reject(new Refusal('JOB_CANCELLED'));
        return;
    }
  };
  thread.on('message', answered);
  thread.on('error', reject);
  thread.postMessage(job);
  return promise.finally(() => {
    thread.off('message', answered);
    thread.off('error', reject);
  });
}
