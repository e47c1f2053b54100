// The thread that draws a certificate: fonts and layout take a second of work that nobody else shall wait for.
import { workerData } from 'node:worker_threads';
import { drawPaper } from '../../papers/index.ts';
import { answerFromThread } from '../../platform/thread.ts';
import { paperOf } from './content/paper.ts';
import type { PaperData } from './data.ts';

const data: PaperData = workerData;
await answerFromThread(async () => await drawPaper(paperOf(data)));
