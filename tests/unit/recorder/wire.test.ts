import { connect, createServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { newSecret, proofHolds, proofOf } from '../../../src/main/recorder/wire/challenge.ts';
import { Connection } from '../../../src/main/recorder/wire/connection.ts';
import { encodeFrame, type Frame, FrameReader } from '../../../src/main/recorder/wire/frames.ts';
import { RecorderServer } from '../../../src/main/recorder/wire/server.ts';
import { isRefusal, Refusal } from '../../../src/shared/errors.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function server(secret: string): Promise<{ port: number; asked: string[]; server: RecorderServer }> {
  const asked: string[] = [];
  const recorder = new RecorderServer(secret, 'room-1', async (method) => {
    asked.push(method);
    if (method === 'begin') throw new Refusal('NO_ROOM_ON_DISK', { target: '/x' });
    return { output: null, binary: Buffer.from('picture') };
  });
  const port = await recorder.start();
  stops.push(() => recorder.stop());
  return { port, asked, server: recorder };
}

const run = (port: number, secret: string) => ({ start: 's', pid: 1, port, secret });
const codeOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'done',
    (error) => error.code,
  );

describe('frames', () => {
  it('come out as they went in, however they are split', () => {
    const messages = fc.array(fc.tuple(fc.jsonValue(), fc.uint8Array({ maxLength: 50 })), { maxLength: 5 });
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 40 }), (sent, step) => {
        const stream = Buffer.concat(sent.map(([json, binary]) => encodeFrame(json, binary)));
        const reader = new FrameReader();
        const got: Frame[] = [];
        for (let at = 0; at < stream.length; at += step) got.push(...reader.push(stream.subarray(at, at + step)));
        expect(got.map(({ json, binary }) => [json, [...binary]])).toEqual(
          sent.map(([json, binary]) => [JSON.parse(JSON.stringify(json)), [...binary]]),
        );
      }),
    );
  });

  it('are refused when too large or inconsistent', () => {
    const head = (total: number, json: number): Buffer => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(total, 0);
      bytes.writeUInt32BE(json, 4);
      return bytes;
    };
    for (const bytes of [head(2 ** 31, 4), head(10, 20), head(0, 0)]) {
      expect(() => new FrameReader().push(bytes)).toThrow('REQUEST_MALFORMED');
    }
    expect(() => new FrameReader().push(Buffer.concat([head(5, 1), Buffer.from('{')]))).toThrow('REQUEST_MALFORMED');
  });
});

describe('the mutual challenge', () => {
  it('binds a proof to its direction and both nonces', () => {
    const secret = newSecret();
    const proof = proofOf(secret, 'recorder', 'aa', 'bb');
    expect(proofHolds(proof, proofOf(secret, 'recorder', 'aa', 'bb'))).toBe(true);
    for (const other of [
      proofOf(secret, 'client', 'aa', 'bb'),
      proofOf(secret, 'recorder', 'bb', 'aa'),
      proofOf(newSecret(), 'recorder', 'aa', 'bb'),
    ]) {
      expect(proofHolds(proof, other)).toBe(false);
    }
  });

  it('lets in who knows the secret, and answers', async () => {
    const secret = newSecret();
    const { port, asked } = await server(secret);
    const connection = await Connection.open(run(port, secret));
    expect(connection.pid).toBe(process.pid);
    expect((await connection.callWithBytes('preview', { place: 'room' })).binary.toString()).toBe('picture');
    expect(
      await codeOf(
        connection.call('begin', { exhibit: 's-2026-000001', recipient: 'a', targets: ['/x'], plannedMs: 0 }),
      ),
    ).toBe('NO_ROOM_ON_DISK');
    expect(asked).toEqual(['preview', 'begin']);
    connection.close();
    expect(await codeOf(connection.call('state', {}))).toBe('RECORDER_LOST');
  });

  it('refuses a wrong secret on either side, and nothing is answered before', async () => {
    const secret = newSecret();
    const { port, asked, server: recorder } = await server(secret);
    expect(await codeOf(Connection.open(run(port, newSecret())))).toBe('RECORDER_ATTACH_REFUSED');
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const heard: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    socket.write(encodeFrame({ id: 1, method: 'end', input: {} }));
    await closed;
    expect(Buffer.concat(heard)).toHaveLength(0);
    expect(asked).toEqual([]);
    expect(recorder.clients).toBe(0);
  });

  it('refuses a recorder that only repeats what it hears, and a port where nobody is', async () => {
    const echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const address = echo.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await codeOf(Connection.open(run(port, newSecret())))).toBe('RECORDER_ATTACH_REFUSED');
    await new Promise((resolve) => echo.close(resolve));
    expect(await codeOf(Connection.open(run(port, newSecret())))).toBe('RECORDER_NOT_RUNNING');
  });

  it('refuses malformed requests without ending the connection', async () => {
    const secret = newSecret();
    const { port, asked } = await server(secret);
    const connection = await Connection.open(run(port, secret));
    const wrong = { place: 'kitchen' } as unknown as { place: 'room' };
    expect(await codeOf(connection.call('preview', wrong))).toBe('REQUEST_MALFORMED');
    expect(await connection.call('preview', { place: 'face' })).toBeNull();
    expect(asked).toEqual(['preview']);
    expect(isRefusal(new Refusal('REQUEST_MALFORMED'))).toBe(true);
    connection.close();
  });
});
