import { connect, type Socket } from 'node:net';
import { type ErrorCode, type ErrorParams, errorCodes, Refusal } from '../../../shared/errors.ts';
import type { RunFile } from '../folder.ts';
import { Answer, Challenge, Hello, newSecret, proofHolds, proofOf, Welcome } from './challenge.ts';
import { encodeFrame, type Frame, FrameReader } from './frames.ts';
import {
  FromRecorder,
  type MethodInput,
  type MethodName,
  type MethodOutput,
  methods,
  type RecorderEvent,
} from './protocol.ts';

interface Pending {
  readonly resolve: (value: { output: unknown; binary: Buffer }) => void;
  readonly reject: (error: Error) => void;
}

const GREETING_MS = 3000;

/** One authenticated connection to a recorder: requests with answers, and the events that it sends by itself. */
export class Connection {
  readonly closed: Promise<void>;
  readonly pid: number;
  readonly #socket: Socket;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: RecorderEvent) => void>();
  #next = 1;

  private constructor(socket: Socket, pid: number, reader: FrameReader) {
    this.#socket = socket;
    this.pid = pid;
    socket.removeAllListeners('data');
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of reader.push(chunk)) this.#take(frame);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    this.closed = new Promise((resolve) => {
      const over = (): void => {
        for (const { reject } of this.#pending.values()) reject(new Refusal('RECORDER_LOST'));
        this.#pending.clear();
        resolve();
      };
      if (socket.destroyed) over();
      else socket.once('close', over);
    });
  }

  /**
   * Connects and proves the secret, and has the recorder prove it first. Throws RECORDER_NOT_RUNNING when nobody
   * listens, RECORDER_ATTACH_REFUSED when whoever listens does not know the secret or does not accept ours.
   */
  static open(run: RunFile): Promise<Connection> {
    const socket = connect({ host: '127.0.0.1', port: run.port });
    socket.setNoDelay(true);
    return new Promise((resolve, reject) => {
      let done = false;
      const fail = (code: ErrorCode, cause?: unknown): void => {
        if (done) return;
        done = true;
        clearTimeout(timer);
        socket.destroy();
        reject(new Refusal(code, {}, { cause }));
      };
      const timer = setTimeout(() => fail('RECORDER_ATTACH_REFUSED'), GREETING_MS);
      let greeted = false;
      // Stays for the connection's life: its end is told by `closed`.
      socket.on('error', (error) => fail(greeted ? 'RECORDER_ATTACH_REFUSED' : 'RECORDER_NOT_RUNNING', error));
      socket.once('close', () => fail('RECORDER_ATTACH_REFUSED'));
      const nonce = newSecret();
      const reader = new FrameReader();
      let proved = false;
      socket.once('connect', () => {
        greeted = true;
        socket.write(encodeFrame(Hello.parse({ hello: 'birret-recorder/1', nonce })));
      });
      socket.on('data', (chunk: Buffer) => {
        try {
          const [frame, ...further] = reader.push(chunk);
          if (frame === undefined) return;
          if (!proved) {
            const challenge = Challenge.parse(frame.json);
            const expected = proofOf(run.secret, 'recorder', nonce, challenge.nonce);
            if (!proofHolds(challenge.proof, expected)) throw new Refusal('RECORDER_ATTACH_REFUSED');
            proved = true;
            socket.write(encodeFrame(Answer.parse({ proof: proofOf(run.secret, 'client', nonce, challenge.nonce) })));
            return;
          }
          const { pid } = Welcome.parse(frame.json);
          done = true;
          clearTimeout(timer);
          const connection = new Connection(socket, pid, reader);
          for (const early of further) connection.#take(early);
          resolve(connection);
        } catch (error) {
          fail('RECORDER_ATTACH_REFUSED', error);
        }
      });
    });
  }

  async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    return (await this.callWithBytes(method, input)).output;
  }

  async callWithBytes<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<{ output: MethodOutput<M>; binary: Buffer }> {
    if (this.#socket.destroyed) throw new Refusal('RECORDER_LOST');
    const id = this.#next++;
    const answer = new Promise<{ output: unknown; binary: Buffer }>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    this.#socket.write(encodeFrame({ id, method, input }));
    const { output, binary } = await answer;
    // The schema of this method's output is the one that gives its type.
    return { output: methods[method].output.parse(output) as MethodOutput<M>, binary };
  }

  onEvent(listener: (event: RecorderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(frame: Frame): void {
    const message = FromRecorder.parse(frame.json);
    if ('event' in message) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.ok) pending?.resolve({ output: message.output, binary: Buffer.from(frame.binary) });
    else pending?.reject(refusalOf(message.error.code, message.error.params));
  }
}

function refusalOf(code: string, params: ErrorParams): Refusal {
  const known = errorCodes.find((one) => one === code);
  return known === undefined ? new Refusal('INTERNAL', { code }) : new Refusal(known, params);
}
