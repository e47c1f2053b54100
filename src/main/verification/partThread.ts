// A thread of `scanInThreads.ts`: reads one part after another, each once, for its own digest and those of its segments.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { isRefusal } from '../../shared/errors.ts';
import { NO_FOLLOW } from './folderSource.ts';
import { Gate } from './gate.ts';
import { partScanner } from './partScan.ts';
import type { PartAnswer, PartJob, ScannedPart } from './scanInThreads.ts';

const READ_BYTES = 1 << 20;

const memory: SharedArrayBuffer = workerData;
const gate = new Gate(memory);
const buffer = Buffer.alloc(READ_BYTES);
const port = parentPort;
if (port === null) throw new Error('partThread.ts is a thread, not a program');

port.on('message', (job: PartJob) => {
  let answer: PartAnswer;
  try {
    answer = { state: 'scanned', part: scan(job) };
  } catch (error) {
    if (isRefusal(error, 'JOB_CANCELLED')) answer = { state: 'cancelled' };
    else answer = { state: 'unreadable', reason: wordOf(error) };
  }
  port.postMessage(answer);
});

function scan({ file, lengths }: PartJob): ScannedPart {
  const fd = openSync(file, NO_FOLLOW);
  try {
    if (!fstatSync(fd).isFile()) throw new Error('not a file');
    const hash = createHash('sha256');
    const scanner = lengths === null ? null : partScanner(lengths.map((length) => ({ length })));
    let bytes = 0;
    for (;;) {
      gate.pass();
      const read = readSync(fd, buffer, 0, READ_BYTES, null);
      if (read === 0) return { bytes, sha256: hash.digest('hex'), scanned: scanner?.finish() ?? null };
      const piece = buffer.subarray(0, read);
      hash.update(piece);
      scanner?.update(piece);
      bytes += read;
      port?.postMessage({ state: 'read', bytes: read } satisfies PartAnswer);
    }
  } finally {
    closeSync(fd);
  }
}

function wordOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
