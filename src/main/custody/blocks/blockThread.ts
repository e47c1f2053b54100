// A thread of `checkInThreads.ts`: looks at one block of the log for each message, over a connection of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabaseToRead } from '../../database/index.ts';
import { LogStore, logId } from '../logStore.ts';
import { checkBlock } from './checkBlock.ts';
import type { BlockAnswer, BlockRequest, BlocksOf } from './checkInThreads.ts';

const { path, origin }: BlocksOf = workerData;
const port = parentPort;
if (port === null) throw new Error('blockThread.ts is a thread, not a program');

const db = openDatabaseToRead(path);
const store = new LogStore(db, logId(db, origin));

port.on('message', ({ index, first, end }: BlockRequest) => {
  port.postMessage({ index, summary: checked(first, end) } satisfies BlockAnswer);
});

/** Whatever cannot be read is not right: the check of the whole log says in which words. */
function checked(first: number, end: number): BlockAnswer['summary'] {
  try {
    return checkBlock(store, origin, first, end);
  } catch {
    return null;
  }
}
