import { encryptedTarSink } from './encryptedTarSink.ts';
import { folderSink } from './folderSink.ts';
import type { BagSink } from './sink.ts';

/** Where something is handed over to: a plain folder `path`, or with a recipient one age file of that name. */
export function handOverSink(path: string, recipient: string | null, now: Date): BagSink {
  return recipient === null ? folderSink(path) : encryptedTarSink(path, [recipient], now);
}
