import { connect, type Socket } from 'node:net';
import type { RtspCredentials } from '../../../shared/domain/devices.ts';
import { Refusal } from '../../../shared/errors.ts';
import { ZERO_STAMP } from './cameraTimeline.ts';
import { RtpRetiming } from './rtpRetiming.ts';
import { authorization, type Challenge, chooseChallenge } from './rtspLogin.ts';
import { type Headers, headerOf, type RtspPiece, RtspReader, writeMessage } from './rtspMessages.ts';
import { RtspNames } from './rtspNames.ts';

interface Options {
  readonly client: Socket;
  readonly names: { readonly local: string; readonly camera: string };
  readonly host: string;
  readonly port: number;
  /** For messages: the camera without anything secret. */
  readonly label: string;
  readonly credentials: RtspCredentials | null;
  readonly connectWithinMs: number;
  readonly monotonicNs: () => bigint;
  readonly failed: (refusal: Refusal) => void;
  readonly closed: () => void;
}

type Message = Extract<RtspPiece, { type: 'message' }>;

/** A request of ffmpeg's that the camera has not answered yet. */
interface Pending {
  readonly method: string;
  readonly uri: string;
  readonly message: Message;
  /** ffmpeg's own number for it: ours differ, since an answered challenge makes two requests of one. */
  readonly clientCSeq: string;
  readonly attempts: number;
}

/** One ffmpeg's connection through the relay: see `rtspRelay.ts`. */
export class RtspRelayConnection {
  readonly #o: Options;
  readonly #names: RtspNames;
  readonly #pending = new Map<string, Pending>();
  readonly #retiming = new RtpRetiming();
  /** The stream as ffmpeg names it when it sets it up. */
  #stream = '';
  #camera: Socket | null = null;
  #challenge: Challenge | null = null;
  #answered = 0;
  #cseq = 0;
  #heard = false;
  #ended = false;

  constructor(options: Options) {
    this.#o = options;
    this.#names = new RtspNames(options.names.local, options.names.camera);
  }

  start(): void {
    const { client, host, port, label } = this.#o;
    const camera = connect({ host, port, noDelay: true });
    this.#camera = camera;
    client.setNoDelay(true);
    let connected = false;
    const limit = setTimeout(() => camera.destroy(new Error('no answer')), this.#o.connectWithinMs);
    camera.once('connect', () => {
      connected = true;
      clearTimeout(limit);
    });
    camera.on('error', (error) => {
      if (!connected) this.#o.failed(new Refusal('DEVICE_UNREACHABLE', { address: label }, { cause: error }));
    });
    camera.on('close', () => {
      clearTimeout(limit);
      this.end();
    });
    client.on('error', () => this.end());
    client.on('close', () => this.end());
    // Each direction waits for the other's buffer, so that a slow reader costs no memory here.
    camera.on('drain', () => client.resume());
    client.on('drain', () => camera.resume());
    this.#read(client, camera, (message) => this.#fromClient(message));
    this.#read(camera, client, (message) => this.#fromCamera(message));
  }

  /** Monotonic time of the stream's time 0, or null before its first picture; the first asking settles it. */
  zeroNs(): bigint | null {
    return this.#retiming.zeroNs();
  }

  /** Closes both ends; what ffmpeg has not read yet still reaches it. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#heard && this.#pending.size > 0) {
      // It took the connection and never said a word, until ffmpeg had enough or the camera hung up.
      this.#o.failed(new Refusal('DEVICE_UNREACHABLE', { address: this.#o.label }));
    }
    this.#o.client.end();
    this.#o.client.destroySoon();
    this.#camera?.destroySoon();
    this.#o.closed();
  }

  #read(from: Socket, to: Socket, handle: (message: Message) => void): void {
    const reader = new RtspReader();
    from.on('data', (bytes) => {
      if (this.#ended) return;
      const arrivedNs = this.#o.monotonicNs();
      try {
        for (const piece of reader.push(bytes)) {
          if (piece.type === 'message') {
            handle(piece);
            continue;
          }
          const passed = from === this.#camera ? this.#retiming.pass(piece.bytes, arrivedNs) : piece.bytes;
          if (passed !== null) to.write(passed);
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.#o.failed(new Refusal('DEVICE_UNREACHABLE', { address: this.#o.label }, { cause: error }));
        this.end();
      }
      if (to.writableNeedDrain) from.pause();
    });
  }

  #fromClient(message: Message): void {
    const [method = '', uri = '', version = ''] = message.startLine.split(' ');
    if (!version.startsWith('RTSP/')) {
      this.#camera?.write(writeMessage(message.startLine, message.headers, message.body));
      return;
    }
    const target = this.#names.toCamera(uri);
    if (target === null) {
      // Not our name: somebody who does not know the token.
      const cseq = headerOf(message.headers, 'cseq') ?? '0';
      this.#o.client.write(writeMessage('RTSP/1.0 404 Not Found', [['CSeq', cseq]], Buffer.alloc(0)));
      this.end();
      return;
    }
    const clientCSeq = headerOf(message.headers, 'cseq') ?? '0';
    if (method === 'SETUP') this.#stream = uri;
    this.#ask({ method, uri: target, message, clientCSeq, attempts: 0 });
  }

  #ask(request: Pending): void {
    const { method, uri, message } = request;
    this.#cseq += 1;
    const cseq = String(this.#cseq);
    this.#pending.set(cseq, request);
    const headers: [string, string][] = [['CSeq', cseq]];
    for (const [name, value] of message.headers) {
      if (!['cseq', 'authorization'].includes(name.toLowerCase())) headers.push([name, value]);
    }
    if (this.#challenge !== null && this.#o.credentials !== null) {
      this.#answered += 1;
      const count = this.#answered;
      headers.push(['Authorization', authorization(this.#challenge, this.#o.credentials, { method, uri, count })]);
    }
    this.#camera?.write(writeMessage(`${method} ${uri} RTSP/1.0`, headers, message.body));
  }

  #fromCamera(message: Message): void {
    this.#heard = true;
    const status = /^RTSP\/\d\.\d (\d{3})/.exec(message.startLine)?.[1];
    const cseq = headerOf(message.headers, 'cseq') ?? '';
    const request = this.#pending.get(cseq);
    if (status === undefined || request === undefined) {
      // A request of the camera's own, or an answer to nothing: not ours to judge.
      this.#o.client.write(writeMessage(message.startLine, message.headers, message.body));
      return;
    }
    this.#pending.delete(cseq);
    if (status === '401' && this.#mayAnswer(message.headers, request)) {
      this.#ask({ ...request, attempts: request.attempts + 1 });
      return;
    }
    if (status === '401') this.#o.failed(new Refusal('DEVICE_LOGIN_REFUSED', { address: this.#o.label }));
    const headers = this.#names.headers(message.headers).map(([name, value]): [string, string] => {
      return [name, name.toLowerCase() === 'cseq' ? request.clientCSeq : value];
    });
    // ffmpeg has no credentials: it need not know what was asked.
    const shown = headers.filter(([name]) => name.toLowerCase() !== 'www-authenticate');
    if (request.method === 'DESCRIBE') this.#retiming.describe(message.body.toString('latin1'));
    if (request.method === 'PLAY' && status === '200') {
      this.#o.client.write(writeMessage(message.startLine, this.#playing(shown), message.body));
      return;
    }
    this.#o.client.write(writeMessage(message.startLine, shown, this.#names.body(message.headers, message.body)));
  }

  /** What the answer to PLAY says of time (RFC 2326 §12.29, §12.33) is said for the stamps that we give, not the camera's. */
  #playing(headers: Headers): Headers {
    const kept = headers.filter(([name]) => !['range', 'rtp-info'].includes(name.toLowerCase()));
    return [...kept, ['RTP-Info', `url=${this.#stream};rtptime=${ZERO_STAMP}`]];
  }

  /** Takes the challenge of a 401 and says whether asking again makes sense: never twice with a password it refused. */
  #mayAnswer(headers: Headers, { attempts }: Pending): boolean {
    if (this.#o.credentials === null) return false;
    const values = headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value);
    const challenge = chooseChallenge(values);
    if (challenge === null) return false;
    const stale = challenge.scheme === 'digest' && challenge.stale;
    if (attempts > (stale ? 2 : 0)) return false;
    this.#challenge = challenge;
    this.#answered = 0;
    return true;
  }
}
