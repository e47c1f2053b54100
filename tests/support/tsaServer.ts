import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { timestampRequest } from '../../src/main/sealing/index.ts';
import { opensslOk } from './openssl.ts';
import { newOpensslTsa, type OpensslTsa } from './opensslTsa.ts';

/** What the authority does with the next requests. */
export type TsaMode =
  | 'good'
  | 'slow'
  | 'refusing'
  | 'wrong-imprint'
  | 'wrong-nonce'
  | 'wrong-policy'
  | 'rubbish'
  | 'too-large'
  | 'status'
  | 'redirect'
  | 'no-purpose'
  | 'purpose-not-critical'
  | 'two-purposes';

const PURPOSES = {
  'no-purpose': '',
  'purpose-not-critical': 'timeStamping',
  'two-purposes': 'critical,timeStamping,emailProtection',
} as const;

/** A time-stamping authority over HTTP on this machine: openssl's, honest or not. */
export class TsaServer {
  readonly tsa: OpensslTsa;
  readonly rootPem: string;
  readonly requests: { readonly type: string; readonly bytes: Buffer }[] = [];
  mode: TsaMode = 'good';
  readonly #folder: string;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #count = 0;

  constructor(folder: string, tsa: OpensslTsa, rootPem: string) {
    this.#folder = folder;
    this.tsa = tsa;
    this.rootPem = rootPem;
  }

  /** `folder` is the caller's temporary one. */
  static async start(folder: string): Promise<TsaServer> {
    const tsa = await newOpensslTsa(folder);
    const server = new TsaServer(folder, tsa, await readFile(tsa.rootPath, 'utf8'));
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/tsr`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece as Uint8Array);
    const query = Buffer.concat(pieces);
    this.requests.push({ type: request.headers['content-type'] ?? '', bytes: query });
    const send = (bytes: Uint8Array | string, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(bytes);
    switch (this.mode) {
      case 'slow':
        return;
      case 'rubbish':
        send('<html><title>Sign in to the network</title></html>');
        return;
      case 'too-large':
        send(Buffer.alloc(2_000_000));
        return;
      case 'status':
        send('gone', 410);
        return;
      case 'redirect':
        response.writeHead(302, { location: this.address }).end();
        return;
      case 'refusing':
        // PKIStatusInfo: rejection, with no token beside it.
        send(Buffer.from('30053003020102', 'hex'));
        return;
      case 'good':
        send(await this.#reply(query));
        return;
      case 'wrong-policy':
        send(await this.#reply(withoutPolicy(query), 'other'));
        return;
      case 'wrong-nonce':
        send(await this.#reply(timestampRequest({ sha256: digestOf(query), nonce: randomBytes(16), policy: null })));
        return;
      case 'wrong-imprint':
        send(await this.#reply(timestampRequest({ sha256: randomBytes(32), nonce: nonceOf(query), policy: null })));
        return;
      case 'no-purpose':
      case 'purpose-not-critical':
      case 'two-purposes':
        send(await this.#signedByOther(await this.#reply(query), this.mode));
    }
  }

  async #reply(query: Buffer, policy: 'usual' | 'other' = 'usual'): Promise<Buffer> {
    const name = join(this.#folder, `http-${++this.#count}`);
    await writeFile(`${name}.tsq`, query);
    this.tsa.reply(`${name}.tsq`, `${name}.tsr`, policy);
    return readFile(`${name}.tsr`);
  }

  /** The same statement signed with a certificate that is not for this; openssl's `ts` refuses to, its `cms` does not ask. */
  async #signedByOther(answer: Buffer, mode: keyof typeof PURPOSES): Promise<Buffer> {
    const name = join(this.#folder, `other-${++this.#count}`);
    const { pem, key } = this.tsa.certificate(mode, PURPOSES[mode]);
    await writeFile(`${name}.tsr`, answer);
    opensslOk('ts', '-reply', '-in', `${name}.tsr`, '-token_out', '-out', `${name}.token`);
    // The statement is the content of openssl's token: signed, so `cms -verify` without a check of the signer gives it.
    opensslOk(
      ...['cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', `${name}.token`, '-out', `${name}.info`],
    );
    opensslOk(
      ...['cms', '-sign', '-binary', '-nodetach', '-cades', '-md', 'sha256', '-outform', 'DER'],
      ...['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-nosmimecap'],
      ...['-in', `${name}.info`, '-signer', pem, '-inkey', key, '-out', `${name}.cms`],
    );
    const token = await readFile(`${name}.cms`);
    const status = Buffer.from('3003020100', 'hex');
    const length = status.length + token.length;
    return Buffer.concat([Buffer.of(0x30, 0x82, length >> 8, length & 0xff), status, token]);
  }
}

/** The digest in a request of ours: the 32 bytes after its OCTET STRING. */
function digestOf(query: Buffer): Buffer {
  const at = query.indexOf(Buffer.from('0420', 'hex'));
  return query.subarray(at + 2, at + 34);
}

/** The nonce in a request of ours: the INTEGER before the closing BOOLEAN. */
function nonceOf(query: Buffer): Buffer {
  for (let length = 17; length >= 8; length -= 1) {
    const at = query.length - 3 - length - 2;
    if (query[at] === 0x02 && query[at + 1] === length) return query.subarray(at + 2, at + 2 + length);
  }
  throw new Error('no nonce');
}

function withoutPolicy(query: Buffer): Buffer {
  return timestampRequest({ sha256: digestOf(query), nonce: nonceOf(query), policy: null });
}
