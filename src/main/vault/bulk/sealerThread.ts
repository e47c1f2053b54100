// A thread of `sealingLine.ts`: one seals, another hashes what went in and what came out. Nothing is copied between them.
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { CHUNK, payloadKeyObject, sealChunkInto } from '../ageChunks.ts';
import {
  BATCH_SEALED,
  type Batch,
  type Digests,
  plainOf,
  type SealedBatch,
  type SealerSetup,
  sealedOf,
} from './slots.ts';

const setup: SealerSetup = workerData;
const port = parentPort;
if (port === null) throw new Error('sealerThread.ts is a thread, not a program');

switch (setup.role) {
  case 'sealing': {
    const { slots } = setup;
    const key = payloadKeyObject(setup.key);
    port.on('message', (batch: Batch) => {
      const plain = plainOf(slots, batch.slot, batch.plain);
      const out = sealedOf(slots, batch.slot, BATCH_SEALED);
      let sealed = 0;
      // An empty file has one chunk all the same.
      for (let at = 0; at === 0 || at < plain.length; at += CHUNK) {
        const last = batch.last && at + CHUNK >= plain.length;
        const chunk = { key, index: batch.first + at / CHUNK, last, plain: plain.subarray(at, at + CHUNK) };
        sealed += sealChunkInto(out.subarray(sealed), chunk);
      }
      port.postMessage({ ...batch, sealed } satisfies SealedBatch);
    });
    break;
  }
  case 'digests': {
    const { slots } = setup;
    const plain = createHash('sha256');
    const stored = createHash('sha256').update(setup.header);
    port.on('message', (batch: SealedBatch) => {
      plain.update(plainOf(slots, batch.slot, batch.plain));
      stored.update(sealedOf(slots, batch.slot, batch.sealed));
      const digests: Digests | null = batch.last ? { plain: plain.digest('hex'), stored: stored.digest('hex') } : null;
      port.postMessage({ slot: batch.slot, digests });
    });
    break;
  }
}
