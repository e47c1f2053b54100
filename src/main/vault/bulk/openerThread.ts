// A thread of `openInThreads.ts`: reads batches of an age file and opens their chunks, one for each message it gets.
import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { CHUNK, openChunk, payloadKeyObject, SEALED_CHUNK, TAG } from '../ageChunks.ts';
import { systemWord } from '../fileSource.ts';
import type { Opened, OpenedBatch, Stretch } from './openInThreads.ts';
import { BATCH_CHUNKS, BATCH_SEALED } from './slots.ts';

const stretch: Stretch = workerData;
const port = parentPort;
if (port === null) throw new Error('openerThread.ts is a thread, not a program');

const key = payloadKeyObject(stretch.key);
const sealed = Buffer.alloc(BATCH_SEALED);

port.on('message', (batch: number) => {
  const opened = openBatch(stretch.first + batch * BATCH_CHUNKS);
  port.postMessage({ batch, opened } satisfies OpenedBatch, opened.state === 'plain' ? [opened.plain.buffer] : []);
});

function openBatch(first: number): Opened {
  const count = Math.min(BATCH_CHUNKS, stretch.end - first);
  let bytes: number;
  try {
    bytes = readAt(stretch.start + first * SEALED_CHUNK, count * SEALED_CHUNK);
  } catch (error) {
    return { state: 'unreadable', reason: systemWord(error) };
  }
  const plain = Buffer.allocUnsafeSlow(Math.max(0, bytes - count * TAG));
  for (let i = 0; i < count; i++) {
    const index = first + i;
    const chunk = sealed.subarray(i * SEALED_CHUNK, Math.min(bytes, (i + 1) * SEALED_CHUNK));
    const opened = openChunk(key, index, index === stretch.chunks - 1, chunk);
    if (opened === undefined) return { state: 'damaged', index };
    plain.set(opened, i * CHUNK);
  }
  return { state: 'plain', plain };
}

/** Bytes read into `sealed`: fewer than `length` only at the end of the file. */
function readAt(position: number, length: number): number {
  let done = 0;
  while (done < length) {
    const read = readSync(stretch.fd, sealed, done, length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}
