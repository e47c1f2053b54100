import { once } from 'node:events';
import { newLog } from '../platform/log.ts';
import { runStation } from '../runStation.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, type Output } from './output.ts';

/** `birret serve`: the station in the foreground, until it is interrupted. */
export async function serveCommand(args: Arguments, output: Output): Promise<number> {
  const idle = new AbortController();
  const running = await runStation({
    folder: args.required('station'),
    port: args.whole('port', 0, 0, 65_535),
    practice: args.flag('practice'),
    log: newLog('station'),
    // Served on purpose: it does not end when a window closes.
    onIdle: () => undefined,
  });
  output.event({ event: 'serving', origin: running.origin, pid: process.pid }, `Bir Ret answers at ${running.origin}`);
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal, { signal: idle.signal })));
  idle.abort();
  await running.stop();
  return EXIT.done;
}
