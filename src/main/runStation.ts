import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { composeStation, type Station } from './composition.ts';
import { writeFileDurably } from './platform/files.ts';
import type { Log } from './platform/log.ts';
import { preparePractice } from './practice/index.ts';
import { httpApplication, networkApplication } from './server/index.ts';

export interface RunOptions {
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Log;
  /** The shell's last window closed and nothing is recorded, sealed or shown. */
  readonly onIdle: () => void;
  readonly rendererFolder?: string;
  /** A folder without a station becomes a practice station; an existing one stays what it is. */
  readonly practice?: boolean;
  /** How long a change of the court's keys waits for what is being closed to the old ones; a minute where it is not given. */
  readonly keysSettleMs?: number;
}

export interface RunningStation {
  readonly station: Station;
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Opens a station's folder and serves it on loopback: holds the lock, settles what a crash left, then answers, then writes
 * `run.json` (pid, port, secret of this start) for this machine's shell, readable by the owner alone.
 *
 * @throws Refusal STATION_NOT_A_STATION, STATION_FROM_THE_FUTURE, STATION_IN_USE, STATION_READ_ONLY
 */
export async function runStation(options: RunOptions): Promise<RunningStation> {
  const { log, folder, keysSettleMs } = options;
  const practice = options.practice === true;
  const settling = keysSettleMs === undefined ? {} : { keysSettleMs };
  const station = await composeStation({ folder, create: true, log, practice, ...settling });
  const secret = randomBytes(32).toString('base64url');
  let port = options.port;
  try {
    await station.start();
    if (practice) await preparePractice(station, new Date());
    const rendererFolder = options.rendererFolder ?? builtRenderer();
    const application = httpApplication({
      ...station.http,
      port: () => port,
      secret,
      ...{ log, rendererFolder },
      onShellClosing: () => {
        if (!station.busy()) options.onIdle();
      },
    });
    const { server, listening } = await listen(application.fetch, port);
    port = listening;
    const runFile = join(station.folder, 'run.json');
    await writeFileDurably(runFile, `${JSON.stringify({ pid: process.pid, port, secret })}\n`, 0o600);
    log.info({ port }, 'the station answers');
    const { network, clock } = station;
    const onNetwork = networkApplication({
      ...station.http,
      ...{ log, rendererFolder },
      port: () => network.port,
      hosts: () => network.hosts(),
      fingerprint: () => network.fingerprint(),
      monotonicNs: () => clock.monotonicNs(),
    });
    await network.serve(onNetwork.fetch);
    return {
      station,
      origin: `http://127.0.0.1:${port}`,
      stop: async () => {
        await rm(runFile, { force: true });
        server.close();
        if ('closeAllConnections' in server) server.closeAllConnections();
        await station.stop();
      },
    };
  } catch (error) {
    await station.stop();
    throw error;
  }
}

type Server = ReturnType<typeof serve>;

function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<{ server: Server; listening: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port }, (info) => resolve({ server, listening: info.port }));
    server.once('error', reject);
  });
}

/** The built renderer: beside the built code in `build/`, or in a checkout's `build/` when run from source. */
function builtRenderer(): string {
  const here = fileURLToPath(import.meta.url);
  const up = here.endsWith('.ts') ? '../../build/renderer' : '../renderer';
  return fileURLToPath(new URL(up, import.meta.url));
}
