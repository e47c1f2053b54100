import { constants, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { isRefusal } from '../shared/errors.ts';
import { newLog } from './platform/log.ts';
import { type RunningStation, runStation } from './runStation.ts';

/**
 * The station's own process, started detached by the shell or in the foreground by `birret serve`:
 * `station.ts --station DIR [--port P] [--practice]`. It ends on SIGTERM or SIGINT, or when the shell closed and nothing else goes on.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      station: { type: 'string' },
      port: { type: 'string', default: '0' },
      practice: { type: 'boolean', default: false },
    },
  });
  const log = newLog('station');
  if (values.station === undefined) {
    log.error({ code: 'USAGE', params: { problem: '--station' } }, 'no station folder given');
    process.exitCode = 2;
    return;
  }
  // A real recording beside it goes first.
  if (values.practice) setPriority(constants.priority.PRIORITY_LOW);
  let running: RunningStation | null = null;
  const end = (reason: string) => {
    log.info({ reason }, 'ending');
    void (running?.stop() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not end cleanly');
        process.exit(1);
      },
    );
  };
  try {
    running = await runStation({
      folder: values.station,
      port: Number(values.port),
      practice: values.practice,
      log,
      onIdle: () => end('last window closed'),
    });
    process.on('SIGTERM', () => end('SIGTERM'));
    process.on('SIGINT', () => end('SIGINT'));
  } catch (error) {
    if (isRefusal(error)) log.error({ code: error.code, params: error.params }, 'not started');
    else log.error({ err: error }, 'not started');
    process.exitCode = isRefusal(error) ? 2 : 1;
  }
}

await main();
