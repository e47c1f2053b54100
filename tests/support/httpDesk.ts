import type { Hono } from 'hono';
import type { Station } from '../../src/main/composition.ts';
import { httpApplication } from '../../src/main/server/index.ts';
import type { HeardLog } from './journey.ts';

export const PORT = 40_321;
const ORIGIN = `http://127.0.0.1:${PORT}`;
export const SECRET = 'secret-of-this-start-wombat-0x51';

/** The station's HTTP application without a socket. */
export function applicationOf(station: Station, log: HeardLog, rendererFolder: string): Hono {
  return httpApplication({
    ...station.http,
    port: () => PORT,
    secret: SECRET,
    log,
    rendererFolder,
    onShellClosing: () => undefined,
  });
}

/** What a request may carry. */
export type Sent = string | Uint8Array<ArrayBuffer> | URLSearchParams;

/** What an answer of the contract says: its status, and the code where it was refused. */
export interface Said {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
  readonly json: unknown;
}

/** A browser at the desk, as far as requests go: cookies, and the headers that ours sends. */
export class HttpDesk {
  readonly #app: Hono;
  readonly cookies = new Map<string, string>();

  constructor(app: Hono) {
    this.#app = app;
  }

  /** Any request; `headers` are added to what a browser of ours sends, `null` takes one away. */
  async request(
    path: string,
    init: { method?: string; body?: Sent; headers?: Readonly<Record<string, string | null>> } = {},
  ): Promise<Response> {
    const headers = new Headers({ host: `127.0.0.1:${PORT}` });
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '));
    for (const [name, value] of Object.entries(init.headers ?? {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const { method = 'GET', body } = init;
    const answer = await this.#app.request(`${ORIGIN}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** Calls an operation with an input as JSON. */
  async rpc(operation: string, input?: unknown): Promise<Said> {
    return await this.raw(operation, JSON.stringify(input === undefined ? {} : { json: input }));
  }

  /** Calls an operation with a body as it is. */
  async raw(operation: string, body: Sent, headers: Readonly<Record<string, string | null>> = {}): Promise<Said> {
    const path = `/rpc/${operation.replace('.', '/')}`;
    return await said(
      await this.request(path, {
        method: 'POST',
        body,
        headers: { 'x-birret': '1', 'content-type': 'application/json', origin: ORIGIN, ...headers },
      }),
    );
  }

  /** Lets the screen in by a code of the shell's. */
  async enter(code?: string): Promise<Response> {
    const form = new URLSearchParams({ code: code ?? (await this.shellCode()) });
    return await this.request('/enter', { method: 'POST', body: form });
  }

  async shellCode(): Promise<string> {
    const answer = await this.request('/shell/code', {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET}`, cookie: null },
    });
    const { code } = (await answer.json()) as { code?: unknown };
    return typeof code === 'string' ? code : '';
  }
}

export async function said(answer: Response): Promise<Said> {
  const text = await answer.text();
  const json = parsed(text);
  return { status: answer.status, code: codeIn(json), text, json };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function codeIn(json: unknown): string | null {
  if (typeof json !== 'object' || json === null) return null;
  if ('code' in json && typeof json.code === 'string') return json.code;
  return 'json' in json && typeof json.json === 'object' ? codeIn(json.json) : null;
}
