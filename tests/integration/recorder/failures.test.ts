import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFailure } from '../../../src/main/recorder/ffmpeg/failures.ts';
import { inputArguments, openInput } from '../../../src/main/rooms/devices/index.ts';
import type { Device, DeviceBackend } from '../../../src/shared/domain/devices.ts';
import { mountSkipReason, mountSmall } from '../../support/mounts.ts';
import { pulseSkipReason, startPulse } from '../../support/pulse.ts';
import { rtspServerSkipReason, startRtspServer } from '../../support/rtspServer.ts';

const HEAD = ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'level+info'];
const TO_NOWHERE = ['-t', '30', '-f', 'null', '-'];
const reason = rtspServerSkipReason();
const mayMount = mountSkipReason();
const noPulse = pulseSkipReason();
const noSwitch = process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0 ? null : 'not root';
const printed = new Set([reason, mayMount, noPulse, noSwitch].filter((one) => one !== null));
for (const one of printed) process.stderr.write(`skipped: failures brought about with ffmpeg: ${one}\n`);

const device = (backend: DeviceBackend, kind: Device['kind'], address: string): Device => ({
  ...{ backend, kind, address, label: 'The device', simulated: false },
});

interface Way {
  readonly output?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called once ffmpeg says that its input is open. */
  readonly opened?: () => void;
  /** Runs before ffmpeg, to take rights from it. */
  readonly before?: readonly string[];
}

/** Runs ffmpeg on input arguments until it ends and gives all that it wrote on standard error. */
function run(
  input: readonly string[],
  { output = TO_NOWHERE, env = {}, opened, before = [] }: Way = {},
): Promise<string> {
  const [program = 'ffmpeg', ...args] = [...before, 'ffmpeg', ...HEAD, ...input, ...output];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    let told = false;
    child.stderr.on('data', (bytes) => {
      log += String(bytes);
      if (told || !log.includes('Input #0')) return;
      told = true;
      opened?.();
    });
    child.on('error', reject);
    child.on('close', () => resolve(log));
  });
}

/** Opens a device as a recording does and reads why nothing came. */
async function failureOf(one: Device, way: Way = {}): Promise<string> {
  const input = await openInput(one, { font: null, secrets: {}, ffmpeg: 'ffmpeg' });
  try {
    return readFailure(await run(input.arguments, way), one, { problem: input.problem()?.code ?? null }).code;
  } finally {
    await input.close();
  }
}

describe.skipIf(reason !== null)('a failure brought about', () => {
  let folder: string;
  const servers: Server[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'failures-'));
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A camera that answers DESCRIBE with `status`. */
  async function answering(status: string): Promise<Device> {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes) => {
        const request = String(bytes);
        const cseq = /CSeq: *(\d+)/i.exec(request)?.[1] ?? '0';
        const answer = request.startsWith('OPTIONS') ? '200 OK' : status;
        socket.write(`RTSP/1.0 ${answer}\r\nCSeq: ${cseq}\r\n\r\n`);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('no port');
    return device('rtsp', 'camera', `rtsp://127.0.0.1:${bound.port}/x`);
  }

  it('v4l2: nothing there, and a file that is no camera', async () => {
    expect(await failureOf(device('v4l2', 'camera', join(folder, 'video7')))).toBe('not-found');
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await failureOf(device('v4l2', 'camera', file))).toBe('not-found');
  });

  it.skipIf(noSwitch !== null)('v4l2: a node that another account owns', async () => {
    const node = join(folder, 'video0');
    spawnSync('chmod', ['755', folder]);
    expect(spawnSync('mknod', ['-m', '600', node, 'c', '81', '0']).status).toBe(0);
    const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
    expect(await failureOf(device('v4l2', 'camera', node), { before: nobody })).toBe('permission-denied');
  });

  it('alsa: a card that this machine does not have', async () => {
    expect(await failureOf(device('alsa', 'microphone', 'plughw:CARD=Nowhere,DEV=0'))).toBe('not-found');
  });

  it.skipIf(noPulse !== null)('pulse: no server, an unknown source, a server that ends', async () => {
    const nobody = { PULSE_SERVER: `unix:${folder}/none`, XDG_RUNTIME_DIR: folder, HOME: folder };
    expect(await failureOf(device('pulse', 'microphone', 'nothing'), { env: nobody })).toBe('not-found');
    const pulse = await startPulse();
    let ended: Promise<void> | null = null;
    try {
      expect(await failureOf(device('pulse', 'microphone', 'nothing'), { env: pulse.env })).toBe('not-found');
      const opened = (): void => {
        ended = pulse.stop();
      };
      expect(await failureOf(device('pulse', 'microphone', pulse.source), { env: pulse.env, opened })).toBe(
        'connection-lost',
      );
    } finally {
      await (ended ?? pulse.stop());
    }
  });

  it('rtsp: what a camera answers', async () => {
    expect(await failureOf(await answering('401 Unauthorized'))).toBe('authentication-refused');
    expect(await failureOf(await answering('403 Forbidden'))).toBe('authentication-refused');
    expect(await failureOf(await answering('404 Not Found'))).toBe('not-found');
    expect(await failureOf(await answering('453 Not Enough Bandwidth'))).toBe('device-busy');
    expect(await failureOf(await answering('415 Unsupported Media Type'))).toBe('unsupported-format');
  });

  it('rtsp: nobody listens there', async () => {
    const camera = await answering('200 OK');
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await failureOf(camera)).toBe('not-found');
  });

  it('rtsp: a camera that hangs up, one that falls silent, one that is asked for sound it does not have', async () => {
    const server = await startRtspServer();
    const camera = device('rtsp', 'camera', server.address);
    try {
      expect(await failureOf(camera, { opened: () => server.drop() })).toBe('connection-lost');
      const sound = ['-map', '0:a:0', ...TO_NOWHERE];
      expect(await failureOf({ ...camera, kind: 'microphone' }, { output: sound })).toBe('unsupported-format');
      expect(await failureOf(camera, { opened: () => server.freeze() })).toBe('connection-lost');
    } finally {
      await server.stop();
    }
  });

  it.skipIf(mayMount !== null)('a disk that is full', async () => {
    const unmount = mountSmall(join(folder, 'disk'), 64 * 1024);
    try {
      const camera: Device = { ...device('simulated', 'camera', 'hurried-room'), simulated: true };
      const output = ['-t', '5', '-c:v', 'rawvideo', join(folder, 'disk', 'x.avi')];
      const log = await run(inputArguments(camera, { font: null }), { output });
      expect(readFailure(log, camera).code).toBe('disk-full');
    } finally {
      unmount();
    }
  });
});
