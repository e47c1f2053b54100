// The thread that draws a protocol or a label: fonts and layout take a second of work that nobody else shall wait for.
import { workerData } from 'node:worker_threads';
import { drawPaper } from '../papers/index.ts';
import { answerFromThread } from '../platform/thread.ts';
import type { Drawn } from './data.ts';
import { drawLabel } from './drawLabel.ts';
import { protocolPaper } from './protocolModel.ts';

const data: Drawn = workerData;
await answerFromThread(async () =>
  data.what === 'label' ? await drawLabel(data.label) : await drawPaper(protocolPaper(data.protocol)),
);
