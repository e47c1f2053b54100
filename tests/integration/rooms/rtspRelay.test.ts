import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInput, openInput, rtspCamera } from '../../../src/main/rooms/devices/index.ts';
import { frameNumbersOf } from '../../support/rtspCamera.ts';
import { type RtspServer, rtspServerSkipReason, startRtspServer } from '../../support/rtspServer.ts';
import { until } from '../../support/until.ts';

const reason = rtspServerSkipReason();
if (reason !== null) process.stderr.write(`skipped: a real network camera: ${reason}\n`);
const login = { user: 'recorder', password: 'Пар"оль@7/x' };

async function open(server: RtspServer, password: string | null): Promise<OpenInput> {
  const { device } = rtspCamera(server.address);
  const secrets = password === null ? {} : { [device.address]: { user: login.user, password } };
  return openInput(device, { font: null, secrets });
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly stderr: () => string;
}
function record(input: OpenInput, output: string, seconds: number): Run {
  const args = ['-hide_banner', ...input.arguments, '-t', String(seconds), '-c', 'copy', '-y', output];
  const child = spawn('ffmpeg', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += String(text);
  });
  return { child, ended: once(child, 'close').then(([code]: (number | null)[]) => code ?? null), stderr: () => stderr };
}
const everyProcess = (): string => spawnSync('ps', ['-eww', '-o', 'args'], { encoding: 'utf8' }).stdout;
const consecutive = (numbers: readonly number[]): boolean =>
  numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? 0) + 1);

describe.skipIf(reason !== null)('a network camera with a password, through the relay', () => {
  let server: RtspServer;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relay-'));
    server = await startRtspServer({ login });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is recorded without a lost frame, and neither password nor camera is in the process list', async () => {
    const input = await open(server, login.password);
    try {
      const file = join(folder, 'one.mp4');
      const run = record(input, file, 6);
      await until('ffmpeg plays', () => server.requests.some((line) => line.startsWith('PLAY')));
      const listing = everyProcess();
      expect(listing).toContain(input.arguments.at(-1));
      expect(listing).not.toContain(login.password);
      expect(listing).not.toContain(`${login.user}:`);
      expect(listing).not.toContain('/cam/main');
      expect(await run.ended).toBe(0);
      expect(run.stderr()).not.toContain('/cam/main');
      expect(input.problem()).toBeNull();
      const numbers = frameNumbersOf(file);
      expect(numbers.length).toBeGreaterThan(60);
      expect(consecutive(numbers)).toBe(true);
      expect(server.requests.every((line) => line.includes(server.address))).toBe(true);
    } finally {
      await input.close();
    }
    await until('the camera sees nobody any more', () => server.clients() === 0);
  });

  it('serves one after another, also right after a kill, and refuses a second at the same time', async () => {
    const input = await open(server, login.password);
    try {
      const first = record(input, join(folder, 'first.mp4'), 60);
      await until('it plays', () => first.stderr().includes('Press [q]') || first.stderr().includes('Output #0'));
      const stranger = record(input, join(folder, 'stranger.mp4'), 2);
      expect(await stranger.ended).not.toBe(0);
      first.child.kill('SIGKILL');
      const second = record(input, join(folder, 'second.mp4'), 2);
      expect(await second.ended).toBe(0);
      expect(consecutive(frameNumbersOf(join(folder, 'second.mp4')))).toBe(true);
    } finally {
      await input.close();
    }
  });

  it.each([
    ['a wrong password', 'wrong'],
    ['no password', null],
  ])('says that the camera refuses %s', async (_, password) => {
    const before = server.requests.length;
    const input = await open(server, password);
    try {
      const run = record(input, join(folder, 'refused.mp4'), 2);
      expect(await run.ended).not.toBe(0);
      expect(run.stderr()).toContain('401');
      expect(input.problem()?.code).toBe('DEVICE_LOGIN_REFUSED');
      expect(JSON.stringify(input.problem())).not.toContain('wrong');
      // Cameras lock an account after a few wrong passwords: it is tried once a run.
      expect(server.requests.slice(before).filter((line) => line.startsWith('DESCRIBE')).length).toBeLessThan(3);
    } finally {
      await input.close();
    }
  });

  it('knows nobody who does not know its name', async () => {
    const input = await open(server, login.password);
    try {
      const address = String(input.arguments.at(-1)).replace(/\/[a-z0-9]+$/, '/cam/main');
      const run = record({ ...input, arguments: ['-rtsp_transport', 'tcp', '-i', address] }, join(folder, 'no.mp4'), 1);
      expect(await run.ended).not.toBe(0);
      expect(run.stderr()).toContain('404');
    } finally {
      await input.close();
    }
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('gives another account nothing', async () => {
    const input = await open(server, login.password);
    try {
      const port = new URL(String(input.arguments.at(-1)).replace('rtsp:', 'http:')).port;
      const script = `const s = require('net').connect(${port}, '127.0.0.1'); s.resume(); s.on('error', () => {}).on('close', () => process.exit(7));`;
      const args = ['-e', `${script} setTimeout(() => process.exit(0), 1500);`];
      const connect = async (options: { uid?: number }): Promise<unknown> =>
        (await once(spawn(process.execPath, args, { ...options, stdio: 'ignore' }), 'close'))[0];
      expect(await connect({ uid: 65_534 })).toBe(7);
      expect(await connect({})).toBe(0);
    } finally {
      await input.close();
    }
  });

  it('ends with the camera, and records again when it is back', async () => {
    const input = await open(server, login.password);
    try {
      const cut = record(input, join(folder, 'cut.mp4'), 60);
      await until('it records', () => cut.stderr().includes('Output #0'));
      await server.stop();
      await cut.ended;
      const gone = record(input, join(folder, 'gone.mp4'), 2);
      expect(await gone.ended).not.toBe(0);
      expect(input.problem()?.code).toBe('DEVICE_UNREACHABLE');
      server = await startRtspServer({ login: { ...login, scheme: 'basic' }, port: server.port });
      const back = record(input, join(folder, 'back.mp4'), 2);
      expect(await back.ended).toBe(0);
      expect(input.problem()).toBeNull();
    } finally {
      await input.close();
    }
  });

  it('lets ffmpeg notice a camera that hangs', async () => {
    const input = await open(server, login.password);
    try {
      const run = record(input, join(folder, 'hung.mp4'), 60);
      await until('it records', () => run.stderr().includes('Output #0'));
      server.freeze();
      await run.ended;
      expect(server.clients()).toBeLessThan(2);
    } finally {
      server.thaw();
      await input.close();
    }
  });

  it('gives up on an address that never answers', async () => {
    // A socket that accepts and says nothing: the connection stands, so ffmpeg's own time-out ends it.
    const mute = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const bound = mute.address();
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
    const input = await openInput(rtspCamera(`rtsp://127.0.0.1:${port}/x`).device, { font: null, secrets: {} });
    try {
      expect(await record(input, join(folder, 'mute.mp4'), 2).ended).not.toBe(0);
      expect(input.problem()?.code).toBe('DEVICE_UNREACHABLE');
    } finally {
      await input.close();
      await new Promise((resolve) => mute.close(resolve));
    }
  });
});
