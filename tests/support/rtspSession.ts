import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';

type Login = { readonly user: string; readonly password: string; readonly scheme?: 'digest' | 'basic' };
const REALM = 'Test camera';

/** One client of the test's camera: DESCRIBE, SETUP interleaved, PLAY, TEARDOWN (RFC 2326), with a login of its own. */
export class RtspSession {
  readonly #socket: Socket;
  readonly #sdp: string;
  readonly #login: Login | null;
  readonly #seen: (requestLine: string) => void;
  readonly #nonce = randomBytes(16).toString('hex');
  readonly #id = randomBytes(4).toString('hex');
  #rest = Buffer.alloc(0);
  #channels: readonly [rtp: number, rtcp: number] = [0, 1];
  #playing = false;
  /** Packets that this client was too slow for. */
  dropped = 0;

  constructor(socket: Socket, sdp: string, login: Login | null, seen: (requestLine: string) => void) {
    this.#socket = socket;
    this.#sdp = sdp;
    this.#login = login;
    this.#seen = seen;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#read(bytes));
  }

  /** Sends an RTP (0) or RTCP (1) packet interleaved, if the client plays; a client too slow to read loses packets. */
  send(channel: 0 | 1, packet: Buffer): void {
    if (!this.#playing) return;
    if (this.#socket.writableLength > 8 * 1024 * 1024) {
      this.dropped += 1;
      return;
    }
    const head = Buffer.from([0x24, this.#channels[channel], packet.length >> 8, packet.length & 0xff]);
    this.#socket.write(Buffer.concat([head, packet]));
  }

  cut(): void {
    this.#socket.resetAndDestroy();
  }

  #read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      if (this.#rest[0] === 0x24) {
        // The client's own RTCP: taken off the stream and left.
        const end = this.#rest.length < 4 ? Number.POSITIVE_INFINITY : 4 + this.#rest.readUInt16BE(2);
        if (this.#rest.length < end) return;
        this.#rest = this.#rest.subarray(end);
        continue;
      }
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const request = this.#rest.toString('latin1', 0, end);
      this.#rest = this.#rest.subarray(end + 4);
      this.#answer(request);
    }
  }

  #answer(request: string): void {
    const [line = ''] = request.split('\r\n', 1);
    const [method = '', uri = ''] = line.split(' ');
    const header = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(request)?.[1]?.trim() ?? '';
    this.#seen(line);
    const cseq = header('CSeq');
    if (method !== 'OPTIONS' && !this.#allowed(method, header('Authorization'))) {
      const basic = this.#login?.scheme === 'basic';
      const asks = basic ? `Basic realm="${REALM}"` : `Digest realm="${REALM}", nonce="${this.#nonce}"`;
      this.#reply(cseq, '401 Unauthorized', [`WWW-Authenticate: ${asks}`]);
      return;
    }
    const session = `Session: ${this.#id};timeout=60`;
    switch (method) {
      case 'OPTIONS':
        this.#reply(cseq, '200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER']);
        return;
      case 'DESCRIBE':
        // An absolute base with this camera's own idea of its address, as cameras give it.
        this.#reply(cseq, '200 OK', [`Content-Base: ${uri}/`, 'Content-Type: application/sdp'], this.#sdp);
        return;
      case 'SETUP': {
        const asked = /interleaved=(\d+)-(\d+)/.exec(header('Transport'));
        if (asked === null) {
          this.#reply(cseq, '461 Unsupported Transport', []);
          return;
        }
        this.#channels = [Number(asked[1]), Number(asked[2])];
        const channels = this.#channels.join('-');
        this.#reply(cseq, '200 OK', [`Transport: RTP/AVP/TCP;unicast;interleaved=${channels}`, session]);
        return;
      }
      case 'PLAY':
        this.#reply(cseq, '200 OK', [session, 'Range: npt=now-', `RTP-Info: url=${uri}trackID=0`]);
        this.#playing = true;
        return;
      case 'GET_PARAMETER':
        this.#reply(cseq, '200 OK', [session]);
        return;
      case 'TEARDOWN':
        this.#playing = false;
        this.#reply(cseq, '200 OK', [session]);
        this.#socket.end();
        return;
      default:
        this.#reply(cseq, '501 Not Implemented', []);
    }
  }

  #allowed(method: string, authorization: string): boolean {
    if (this.#login === null) return true;
    const { user, password, scheme = 'digest' } = this.#login;
    if (scheme === 'basic') return authorization === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(authorization)?.[1] ?? '';
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const expected = md5(`${md5(`${user}:${REALM}:${password}`)}:${this.#nonce}:${md5(`${method}:${field('uri')}`)}`);
    return field('username') === user && field('nonce') === this.#nonce && field('response') === expected;
  }

  #reply(cseq: string, status: string, headers: readonly string[], body = ''): void {
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    const head = [`RTSP/1.0 ${status}`, `CSeq: ${cseq}`, ...headers, ...length, '', body];
    this.#socket.write(head.join('\r\n'));
  }
}
