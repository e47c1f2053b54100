import { request } from 'node:https';
import { createServer } from 'node:net';
import type { Station } from '../../src/main/composition.ts';
import { networkApplication } from '../../src/main/server/index.ts';
import type { HeardLog } from './journey.ts';

/** A port that nobody uses at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Gives a composed station its network door, as `runStation` does. */
export async function openToNetwork(station: Station, log: HeardLog, rendererFolder: string): Promise<void> {
  const { network, clock } = station;
  const application = networkApplication({
    ...station.http,
    ...{ log, rendererFolder },
    port: () => network.port,
    hosts: () => network.hosts(),
    fingerprint: () => network.fingerprint(),
    monotonicNs: () => clock.monotonicNs(),
  });
  await network.serve(application.fetch);
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

/** A browser on the court's network that trusts the station's authority: cookies, and the headers that ours sends. */
export class NetworkBrowser {
  readonly cookies = new Map<string, string>();
  readonly #port: number;
  readonly #ca: string;
  readonly #from: string | undefined;

  constructor(port: number, ca: string, from?: string) {
    this.#port = port;
    this.#ca = ca;
    this.#from = from;
  }

  ask(
    path: string,
    init: { method?: string; body?: string; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer> {
    const { method = 'GET', body, headers = {} } = init;
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          ...{ host: '127.0.0.1', port: this.#port, path, method, ca: this.#ca, agent: false },
          ...(this.#from === undefined ? {} : { localAddress: this.#from }),
          // Another name in `Host` is the test's own doing.
          ...(headers['host'] === undefined ? {} : { checkServerIdentity: () => undefined }),
          headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: parsed(text) });
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** Calls an operation as our page does. */
  rpc(operation: string, input?: unknown): Promise<Answer> {
    return this.ask(`/rpc/${operation.replace('.', '/')}`, {
      method: 'POST',
      body: JSON.stringify(input === undefined ? {} : { json: input }),
      headers: { 'x-birret': '1', 'content-type': 'application/json', origin: this.origin },
    });
  }

  pair(code: string, label: string | null = null): Promise<Answer> {
    return this.ask('/pair', {
      method: 'POST',
      body: JSON.stringify({ code, label }),
      headers: { 'x-birret': '1', 'content-type': 'application/json', origin: this.origin },
    });
  }

  get origin(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split('=');
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
