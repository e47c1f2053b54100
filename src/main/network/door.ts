import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Refusal } from '../../shared/errors.ts';
import type { Log } from '../platform/log.ts';

/** What the door serves: the `fetch` of an HTTP application. */
export type Serve = Parameters<typeof getRequestListener>[0];

export interface DoorPlace {
  /** `null` binds every address of the machine. */
  readonly host: string | null;
  readonly port: number;
  readonly certificate: string;
  /** PKCS#8 DER. */
  readonly key: Buffer;
}

/** Eight observers with six connections each, a courtroom, tablets, and room to spare. */
const CONNECTIONS = 160;
const FROM_ONE_ADDRESS = 80;
const HANDSHAKE_MS = 10_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const IDLE_MS = 20_000;

/** Perfect forward secrecy and authenticated encryption alone (RFC 9325 §4.2); TLS 1.3 brings its own. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
].join(':');

/** The HTTPS listener. Whatever happens at it stays at it: no error of a connection reaches the station. */
export class Door {
  readonly #log: Log;
  #server: Server | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  get isOpen(): boolean {
    return this.#server !== null;
  }

  /** @throws Refusal NETWORK_PORT_TAKEN, NETWORK_ADDRESS_NOT_THERE, NETWORK_NOT_OPENED, NETWORK_KEY_UNREADABLE */
  async open(place: DoorPlace, serve: Serve): Promise<void> {
    const server = newServer(place, serve);
    const from = new Map<string, number>();
    server.maxConnections = CONNECTIONS;
    server.on('connection', (socket) => {
      const address = (socket instanceof Socket ? socket.remoteAddress : undefined) ?? 'unknown';
      const count = (from.get(address) ?? 0) + 1;
      from.set(address, count);
      socket.once('close', () => {
        const left = (from.get(address) ?? 1) - 1;
        if (left > 0) from.set(address, left);
        else from.delete(address);
      });
      if (count > FROM_ONE_ADDRESS) socket.destroy();
    });
    // A greeting that came to nothing is the other side's matter; a scanner would fill the log with them.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.on('clientError', (_error, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(whyNotOpen(error, place)));
      server.listen(place.host === null ? { port: place.port } : { port: place.port, host: place.host }, () =>
        resolve(),
      );
    });
    server.on('error', (error) => this.#log.error({ err: error }, 'the network door'));
    this.#server = server;
  }

  /** New connections are greeted with another certificate; those that stand go on. */
  show(certificate: string, key: Buffer): void {
    this.#server?.setSecureContext(secureContext(certificate, keyOf(key)));
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}

function newServer({ certificate, key }: DoorPlace, serve: Serve): Server {
  const options = {
    ...secureContext(certificate, keyOf(key)),
    ...{ handshakeTimeout: HANDSHAKE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
    ...{ keepAliveTimeout: IDLE_MS, maxHeaderSize: 16 * 1024, ALPNProtocols: ['http/1.1'] },
  };
  const listener = getRequestListener(serve, { overrideGlobalObjects: false });
  const server = createServer(options, (request, response) => void listener(request, response));
  server.maxHeadersCount = 60;
  return server;
}

function secureContext(certificate: string, key: KeyObject) {
  const pem = key.export({ format: 'pem', type: 'pkcs8' });
  return { cert: certificate, key: pem, minVersion: 'TLSv1.2', ciphers: CIPHERS, honorCipherOrder: true } as const;
}

function keyOf(key: Buffer): KeyObject {
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new Refusal('NETWORK_KEY_UNREADABLE', {}, { cause });
  }
}

function whyNotOpen(error: NodeJS.ErrnoException, { host, port }: DoorPlace): Refusal {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Refusal('NETWORK_PORT_TAKEN', { port }, { cause: error });
    case 'EADDRNOTAVAIL':
      return new Refusal('NETWORK_ADDRESS_NOT_THERE', { address: host ?? 'all' }, { cause: error });
    default:
      return new Refusal('NETWORK_NOT_OPENED', { reason: error.code ?? error.name }, { cause: error });
  }
}
