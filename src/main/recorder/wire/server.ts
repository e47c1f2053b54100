import { createServer, type Server, type Socket } from 'node:net';
import { Refusal } from '../../../shared/errors.ts';
import { Answer, Challenge, Hello, newSecret, proofHolds, proofOf, Welcome } from './challenge.ts';
import { encodeFrame, type Frame, FrameReader } from './frames.ts';
import { type MethodName, methods, type RecorderEvent, Request } from './protocol.ts';

/** What answers requests: the output, and bytes that go beside it. The input has been parsed. */
export type Handle = (method: MethodName, input: unknown) => Promise<{ output: unknown; binary?: Buffer }>;

/** A client that does not read is spared what it will not miss: levels and states come again. */
const LARGEST_UNSENT = 1024 * 1024;
/** Before it has proved itself a client may send a greeting and an answer, nothing larger, and not forever. */
const LARGEST_GREETING = 4096;
const GREETING_MS = 3000;
const MOST_CLIENTS = 8;

/** The recorder's door: 127.0.0.1 only, a random port, nothing before both sides have proved the secret of this start. */
export class RecorderServer {
  readonly #secret: string;
  readonly #room: string;
  readonly #handle: Handle;
  readonly #clients = new Set<Socket>();
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  constructor(secret: string, room: string, handle: Handle) {
    this.#secret = secret;
    this.#room = room;
    this.#handle = handle;
  }

  /** Listens; resolves with the port. */
  async start(): Promise<number> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new Refusal('RECORDER_START_FAILED', { reason: 'no port' });
    return address.port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroySoon();
    await closed;
  }

  get clients(): number {
    return this.#clients.size;
  }

  emit(event: RecorderEvent): void {
    if (this.#clients.size === 0) return;
    const frame = encodeFrame(event);
    for (const client of this.#clients) {
      if (event.event === 'alarm' || client.writableLength < LARGEST_UNSENT) client.write(frame);
    }
  }

  #accept(socket: Socket): void {
    if (this.#sockets.size >= MOST_CLIENTS) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    const timer = setTimeout(() => socket.destroy(), GREETING_MS);
    // A client that dies is no event for a recorder: it goes on without.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      this.#sockets.delete(socket);
      this.#clients.delete(socket);
    });
    const greeting = this.#greet(socket);
    let reader = new FrameReader(LARGEST_GREETING);
    let known = false;
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of reader.push(chunk)) {
          if (known) this.#request(socket, frame);
          else if (greeting(frame)) {
            known = true;
            clearTimeout(timer);
            this.#clients.add(socket);
            reader = new FrameReader();
            // A client sends nothing more before it is welcomed, so nothing is left behind in the first reader.
          }
        }
      } catch {
        // Whoever does not keep to the protocol or does not know the secret is shown the door without a word.
        socket.destroy();
      }
    });
  }

  /** The recorder's half of the challenge; the returned step throws on anything wrong and says when it is done. */
  #greet(socket: Socket): (frame: Frame) => boolean {
    let nonces: { client: string; mine: string } | null = null;
    return ({ json }) => {
      if (nonces === null) {
        nonces = { client: Hello.parse(json).nonce, mine: newSecret() };
        const proof = proofOf(this.#secret, 'recorder', nonces.client, nonces.mine);
        socket.write(encodeFrame(Challenge.parse({ nonce: nonces.mine, proof })));
        return false;
      }
      const expected = proofOf(this.#secret, 'client', nonces.client, nonces.mine);
      if (!proofHolds(Answer.parse(json).proof, expected)) throw new Refusal('RECORDER_ATTACH_REFUSED');
      socket.write(encodeFrame(Welcome.parse({ welcome: this.#room, pid: process.pid })));
      return true;
    };
  }

  #request(socket: Socket, frame: Frame): void {
    const { id, method, input } = Request.parse(frame.json);
    void this.#answer(method, input).then(({ output, binary }) => {
      if (!socket.destroyed) socket.write(encodeFrame({ id, ...output }, binary));
    });
  }

  async #answer(method: MethodName, input: unknown): Promise<{ output: object; binary: Buffer }> {
    try {
      const parsed = methods[method].input.safeParse(input);
      if (!parsed.success) throw new Refusal('REQUEST_MALFORMED');
      const { output, binary } = await this.#handle(method, parsed.data);
      return { output: { ok: true, output }, binary: binary ?? Buffer.alloc(0) };
    } catch (error) {
      const known = error instanceof Refusal ? error : new Refusal('INTERNAL', {}, { cause: error });
      if (known.code === 'INTERNAL') process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      return { output: { ok: false, error: { code: known.code, params: known.params } }, binary: Buffer.alloc(0) };
    }
  }
}
