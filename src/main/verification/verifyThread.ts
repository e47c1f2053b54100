// The thread of `verifyInThread.ts`: opens one bag and verifies it, while the station serves everybody else.
import { workerData } from 'node:worker_threads';
import { answerFromThread } from '../platform/thread.ts';
import { Gate } from './gate.ts';
import { openBag } from './openBag.ts';
import { trustFor, tsaTrustFor } from './trustFor.ts';
import { verifyBag } from './verifyBag.ts';
import type { BagRequest } from './verifyInThread.ts';

const request: BagRequest & { readonly gate: SharedArrayBuffer } = workerData;

await answerFromThread(async (progress) => {
  const source = await openBag(request.path, request.identity === null ? {} : { identity: request.identity });
  try {
    return await verifyBag(source, {
      trust: await trustFor(source, request.ownRoots, request.namedRoots),
      tsaTrust: await tsaTrustFor(source, 'data/', request.tsaRoots),
      now: new Date(),
      gate: new Gate(request.gate),
      onProgress: ({ bytes, totalBytes }) => progress(bytes / Math.max(1, totalBytes)),
    });
  } finally {
    await source.close();
  }
});
