import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { NetworkCamera } from '../../../shared/contract/rooms.ts';
import { parseProbeMatch, probeMessage } from './onvifMessages.ts';

export interface NetworkCameraOptions {
  /** Whom to ask: the group of WS-Discovery. */
  readonly to?: { readonly address: string; readonly port: number };
  /** Own addresses to ask from; absent: every network of this machine. */
  readonly from?: readonly string[];
  readonly withinMs?: number;
}

const GROUP = { address: '239.255.255.250', port: 3702 } as const;
const MOST = 64;

/**
 * Asks the networks of this machine for ONVIF cameras and gives those that answered in time (1.5 s), by address. Where a
 * network does not let the question through there are none; that is no error. Their streams' addresses are not asked for.
 */
export async function findNetworkCameras(options: NetworkCameraOptions = {}): Promise<NetworkCamera[]> {
  const { to = GROUP, from = ownAddresses(), withinMs = 1500 } = options;
  const found = new Map<string, NetworkCamera>();
  const id = randomUUID();
  const heard = (bytes: Buffer, host: string): void => {
    const camera = found.size < MOST ? parseProbeMatch(bytes.toString('utf8'), id, host) : null;
    if (camera !== null) found.set(camera.host, camera);
  };
  const sockets = from.map((address) => ask(address, to, probeMessage(id), heard));
  await new Promise((resolve) => setTimeout(resolve, sockets.length === 0 ? 0 : withinMs));
  for (const socket of sockets) socket.close();
  return [...found.values()].sort((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }));
}

function ask(
  from: string,
  to: { readonly address: string; readonly port: number },
  message: string,
  heard: (bytes: Buffer, host: string) => void,
): Socket {
  const socket = createSocket('udp4');
  // A network that is down or refuses is one without cameras.
  socket.on('error', () => undefined);
  socket.on('message', (bytes, { address }) => heard(bytes, address));
  socket.bind(0, from, () => {
    try {
      if (to.address === GROUP.address) socket.setMulticastInterface(from);
      socket.send(message, to.port, to.address, () => undefined);
    } catch {
      // the network went away meanwhile
    }
  });
  return socket;
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
