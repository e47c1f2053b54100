import { readFile } from 'node:fs/promises';

/**
 * True unless the other end of a loopback connection belongs to another account of this machine: the process list shows
 * every account what ffmpeg opens. Linux says so in `/proc/net/tcp`; elsewhere, and where that cannot be read, nobody can
 * say, and the answer is true. Ports as seen here: `localPort` ours, `remotePort` the peer's.
 */
export async function isOwnPeer(
  localPort: number,
  remotePort: number,
  table: () => Promise<string> = () => readFile('/proc/net/tcp', 'latin1'),
): Promise<boolean> {
  const uid = process.getuid?.();
  if (uid === undefined) return true;
  const rows = await table().catch(() => '');
  const owner = peerOwner(rows, localPort, remotePort);
  return owner === null || owner === uid;
}

/** The account of the socket `127.0.0.1:remotePort → 127.0.0.1:localPort` in the text of `/proc/net/tcp`, or null. */
export function peerOwner(rows: string, localPort: number, remotePort: number): number | null {
  const end = (port: number): string => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const row of rows.split('\n')) {
    const [, local, remote, , , , , uid] = row.trim().split(/\s+/);
    if (local === end(remotePort) && remote === end(localPort) && uid !== undefined) return Number(uid);
  }
  return null;
}
