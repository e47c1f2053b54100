import { createServer, type Socket } from 'node:net';
import type { RtspCredentials } from '../../../shared/domain/devices.ts';
import { Refusal } from '../../../shared/errors.ts';
import { newId } from '../../platform/ids.ts';
import { isOwnPeer } from './loopbackPeer.ts';
import { parseRtspAddress } from './rtspAddress.ts';
import { RtspRelayConnection } from './rtspRelayConnection.ts';

export interface RtspRelayOptions {
  /** The camera's address without credentials (`Device.address`). */
  readonly camera: string;
  readonly credentials: RtspCredentials | null;
  /** How long the camera may take to accept a connection. */
  readonly connectWithinMs?: number;
  readonly monotonicNs?: () => bigint;
}

export interface RtspRelay {
  /** What ffmpeg opens: `rtsp://127.0.0.1:PORT/TOKEN`. Nothing of the camera's address or credentials is in it. */
  readonly address: string;
  /** Why the newest connection to the camera failed: DEVICE_UNREACHABLE or DEVICE_LOGIN_REFUSED; null while all is well. */
  problem(): Refusal | null;
  /**
   * Monotonic time of time 0 of the stream that ffmpeg gets now, or null before its first picture or sound. Settled by the first
   * asking, best when ffmpeg has given its first bytes: by then the relay has seen enough arrivals.
   */
  zeroNs(): bigint | null;
  /** Ends every connection and frees the port. */
  stop(): Promise<void>;
}

/**
 * A relay on loopback between one ffmpeg and one camera. ffmpeg takes credentials from its address only, which every
 * process on the machine can read in the process list; so the relay answers the camera's challenges itself (Digest, else
 * Basic), gives ffmpeg names in place of the camera's addresses, and passes the interleaved media through. Only the
 * stream's time stamps are changed: they count on our monotonic clock (`cameraTimeline.ts`), whatever the camera's clock
 * and the machine's wall clock do, and without the jitter of the network.
 * TCP transport only. It serves one ffmpeg at a time, one after another, for as long as it runs: a second connection is
 * closed, so while the camera is being recorded nobody else on the machine gets its picture; on Linux no other account ever does. Rejects with
 * DEVICE_ADDRESS_INVALID.
 */
export async function startRtspRelay(options: RtspRelayOptions): Promise<RtspRelay> {
  const { address: camera, host, port, label, credentials } = parseRtspAddress(options.camera);
  if (credentials !== null) throw new Refusal('DEVICE_ADDRESS_INVALID');
  const token = newId(24);
  let problem: Refusal | null = null;
  let local = '';
  let open: RtspRelayConnection | null = null;
  let waiting: Socket | null = null;
  const serve = (client: Socket): void => {
    problem = null;
    const connection = new RtspRelayConnection({
      client,
      names: { local, camera },
      host: host.replace(/^\[|\]$/g, ''),
      port,
      label,
      credentials: options.credentials,
      connectWithinMs: options.connectWithinMs ?? 2500,
      monotonicNs: options.monotonicNs ?? process.hrtime.bigint,
      failed: (refusal) => {
        problem = refusal;
      },
      closed: () => {
        open = null;
        const next = waiting;
        waiting = null;
        if (next !== null && server.listening) serve(next);
      },
    });
    open = connection;
    connection.start();
  };
  const admit = async (client: Socket): Promise<void> => {
    const { localPort, remotePort } = client;
    const own = localPort !== undefined && remotePort !== undefined && (await isOwnPeer(localPort, remotePort));
    if (!own || client.destroyed || !server.listening) client.destroy();
    else if (open === null) serve(client);
    else if (waiting !== null) client.destroy();
    else waitFor(client);
  };
  const server = createServer((client: Socket) => {
    client.on('error', () => client.destroy());
    void admit(client);
  });
  // An ffmpeg that is started right after another was killed may come before the other's end is noticed here.
  const waitFor = (client: Socket): void => {
    waiting = client;
    const forget = (): void => {
      if (waiting === client) waiting = null;
      clearTimeout(limit);
    };
    const limit = setTimeout(() => {
      if (waiting === client) client.destroy();
    }, 500);
    client.on('error', forget);
    client.on('close', forget);
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  local = `rtsp://127.0.0.1:${bound.port}/${token}`;
  return {
    address: local,
    problem: () => problem,
    zeroNs: () => open?.zeroNs() ?? null,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      waiting?.destroy();
      open?.end();
      await closed;
    },
  };
}
