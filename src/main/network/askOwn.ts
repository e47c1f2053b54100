import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { NetworkCheck } from '../../shared/contract/network.ts';

const WAIT_MS = 3_000;

/** Whether this station's certificate is what answers at one of its addresses. Asks for a greeting, and for nothing else. */
export function askOwn(input: {
  readonly host: string;
  readonly port: number;
  /** Of the station's certificate, lower-case hex. */
  readonly sha256: string;
}): Promise<NetworkCheck[number]> {
  const { host, port, sha256 } = input;
  const address = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  return new Promise((resolve) => {
    // Nothing is sent: the certificate is compared by its digest, so that it need not be trusted first.
    const socket = connect({
      host,
      port,
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const end = (answers: NetworkCheck[number]['answers'], reason: string | null) => {
      socket.destroy();
      resolve({ address, answers, reason });
    };
    socket.setTimeout(WAIT_MS, () => end('no', 'ETIMEDOUT'));
    socket.once('error', (error: NodeJS.ErrnoException) => end('no', error.code ?? error.name));
    socket.once('secureConnect', () => {
      const der = socket.getPeerCertificate(false).raw;
      const same = createHash('sha256').update(der).digest('hex') === sha256;
      end(same ? 'yes' : 'other', null);
    });
  });
}
