import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { composeStation, type Station } from '../../src/main/composition.ts';
import { type RunningStation, runStation } from '../../src/main/runStation.ts';
import { applicationOf, HttpDesk, PORT, SECRET, said } from '../support/httpDesk.ts';
import { HeardLog } from '../support/journey.ts';
import { cheapCost, StillClock } from '../support/testStation.ts';

let folder: string;
let station: Station;
let app: Hono;
const log = new HeardLog();
const clock = new StillClock();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-http-'));
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await mkdir(join(folder, 'renderer-beside'));
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(renderer, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(renderer, 'notes.txt'), 'not of a type that is served');
  await writeFile(join(folder, 'renderer-beside', 'outside.json'), '{"outside":true}');
  await writeFile(join(folder, 'outside.json'), '{"outside":true}');
  station = await composeStation({ folder: join(folder, 'station'), create: true, log, cost: cheapCost, clock });
  await station.start();
  app = applicationOf(station, log, renderer);
}, 120_000);
afterAll(async () => {
  await station?.stop();
  await rm(folder, { recursive: true, force: true });
});

let desk: HttpDesk;
beforeEach(() => {
  desk = new HttpDesk(app);
});

const strict = (answer: Response) => {
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe|\*|https?:/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(answer.headers.get('cache-control')).not.toBeNull();
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
};

describe('who may speak to the station', () => {
  it.each([
    ['another host', { host: 'evil.example' }],
    ['this host by name', { host: `localhost:${PORT}` }],
    ['another port', { host: '127.0.0.1:1' }],
    ['no port', { host: '127.0.0.1' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an origin on another port', { origin: 'http://127.0.0.1:1' }],
    ['an origin by name', { origin: `http://localhost:${PORT}` }],
    ['an opaque origin', { origin: 'null' }],
  ])('refuses %s, everywhere', async (_, headers) => {
    await desk.enter();
    for (const [method, path] of [
      ...([
        ['GET', '/'],
        ['GET', '/health'],
        ['POST', '/rpc/station/info'],
        ['POST', '/shell/code'],
      ] as const),
      ...([
        ['GET', '/media/e/t/index.m3u8'],
        ['GET', '/preview/i/s.jpg'],
        ['OPTIONS', '/rpc/station/info'],
      ] as const),
    ]) {
      const answer = await desk.request(path, {
        method,
        headers: { 'x-birret': '1', authorization: `Bearer ${SECRET}`, ...headers },
      });
      expect(answer.status, `${method} ${path}`).toBe(403);
      strict(answer);
      expect((await said(answer)).code).toBe('NOT_FROM_A_KNOWN_SCREEN');
    }
  });

  it('lets the shell’s own page, which has no origin, to the door and no further', async () => {
    const code = await desk.shellCode();
    const body = new URLSearchParams({ code });
    expect((await desk.request('/enter', { method: 'POST', body, headers: { origin: 'null' } })).status).toBe(200);
    expect((await desk.raw('station.info', '{}', { origin: 'null' })).code).toBe('NOT_FROM_A_KNOWN_SCREEN');
    expect((await desk.raw('station.info', '{}')).status).toBe(200);
  });

  it('asks the contract for its header and for a screen’s cookie', async () => {
    expect(await desk.rpc('station.info')).toMatchObject({ status: 403, code: 'NOT_FROM_A_KNOWN_SCREEN' });
    await desk.enter();
    expect((await desk.rpc('station.info')).status).toBe(200);
    for (const header of [null, '', '0', 'true']) {
      expect(await desk.raw('station.info', '{}', { 'x-birret': header })).toMatchObject({ status: 403 });
    }
    const [[name, token] = ['', '']] = [...desk.cookies];
    for (const other of ['', 'x', token.slice(1), `${token}a`, token.toUpperCase(), '__proto__']) {
      const stranger = new HttpDesk(app);
      stranger.cookies.set(name, other);
      expect((await stranger.rpc('station.info')).code, other).toBe('NOT_FROM_A_KNOWN_SCREEN');
    }
  });

  it('gives cookies to no script, no other site and no lifetime beyond the window', async () => {
    const [cookie = ''] = (await desk.enter()).headers.getSetCookie();
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Strict/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).not.toMatch(/Max-Age|Expires|Domain/i);
    expect(cookie).toContain(String(PORT));
  });
});

describe('the door', () => {
  it('takes a code once, within 30 seconds', async () => {
    const code = await desk.shellCode();
    expect((await desk.enter(code)).status).toBe(200);
    const again = await new HttpDesk(app).enter(code);
    expect(await said(again)).toMatchObject({ status: 403, code: 'CODE_INVALID' });
    strict(again);

    const onTime = await desk.shellCode();
    clock.forward(29.9);
    expect((await new HttpDesk(app).enter(onTime)).status).toBe(200);
    const late = await desk.shellCode();
    clock.forward(30.1);
    expect((await new HttpDesk(app).enter(late)).status).toBe(403);
    expect((await new HttpDesk(app).enter(late)).status).toBe(403);
  });

  it.each(['', 'x', '../../', 'é', 'a'.repeat(10_000), '__proto__', '\0'])('refuses the code %j', async (code) => {
    const answer = await desk.enter(code);
    expect(await said(answer)).toMatchObject({ status: 403, code: 'CODE_INVALID' });
    expect(desk.cookies.size).toBe(0);
  });

  it.each([
    ['no form', 'code=x', 'application/json'],
    ['a torn form', '--x\r\nContent-Disposition: form-data; name="code"', 'multipart/form-data; boundary=x'],
    ['a form without its border', 'abc', 'multipart/form-data'],
    [
      'a file for a code',
      '--x\r\nContent-Disposition: form-data; name="code"; filename="a"\r\n\r\nabc\r\n--x--\r\n',
      'multipart/form-data; boundary=x',
    ],
    ['nothing', '', 'application/x-www-form-urlencoded'],
  ])('refuses %s', async (_, body, type) => {
    const answer = await desk.request('/enter', { method: 'POST', body, headers: { 'content-type': type } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    strict(answer);
    expect(['CODE_INVALID', 'REQUEST_MALFORMED']).toContain((await said(answer)).code);
  });

  it.each([
    null,
    '',
    'Bearer ',
    'Bearer x',
    SECRET,
    `bearer ${SECRET}`,
    `Bearer ${SECRET}x`,
    `Bearer ${SECRET.slice(1)}`,
  ])('gives no code for the secret %j', async (authorization) => {
    for (const path of ['/shell/code', '/shell/closing']) {
      const answer = await desk.request(path, { method: 'POST', headers: { authorization } });
      expect(await said(answer)).toMatchObject({ status: 403, code: 'NOT_FROM_A_KNOWN_SCREEN' });
      strict(answer);
    }
  });

  it('gives no code to whoever asks by GET', async () => {
    const answer = await desk.request('/shell/code', { headers: { authorization: `Bearer ${SECRET}` } });
    expect((await said(answer)).text).not.toContain('"code"');
  });
});

describe('files of the screens', () => {
  it('serves what is there, with its type; a screen’s address gets the page', async () => {
    for (const path of ['/', '/index.html', '/hearing/abc', '/assets/app-1a2b.js']) {
      const answer = await desk.request(path);
      expect(answer.status, path).toBe(200);
      strict(answer);
    }
    expect((await desk.request('/assets/app-1a2b.js')).headers.get('content-type')).toContain('text/javascript');
  });

  it.each([
    '/../outside.json',
    '/..%2foutside.json',
    '/%2e%2e/outside.json',
    '/%2e%2e%2foutside.json',
    '/%2e%2e%2Frenderer-beside%2Foutside.json',
    '/..%5coutside.json',
    '/assets/..%2f..%2foutside.json',
    '/assets/%2e%2e/%2e%2e/outside.json',
    '/%252e%252e%252foutside.json',
    '/....//outside.json',
    '//outside.json',
    '/%2foutside.json',
    '/%00.json',
    '/index.html%00.js',
    '/outside.json',
    '/notes.txt',
    '/%e0%a4%a.json',
    '/%',
    '/%c0%ae%c0%ae%c0%afoutside.json',
    '/assets',
    `/${'a'.repeat(5_000)}.json`,
  ])('never leaves its folder for %s', async (path) => {
    const answer = await desk.request(path);
    strict(answer);
    const text = await answer.text();
    expect(text).not.toContain('outside');
    expect(text).not.toContain('not of a type');
    expect([200, 404]).toContain(answer.status);
    if (answer.status === 200) expect(text).toContain('<title>page</title>');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'POST', 'OPTIONS', 'TRACE-ME'])('answers %s with a refusal', async (method) => {
    const answer = await desk.request('/index.html', { method });
    expect(answer.status).toBe(404);
    strict(answer);
    expect((await said(answer)).code).toBe('REQUEST_MALFORMED');
  });
});

describe('what came loose inside', () => {
  it('crosses without a stack, with the strict headers, and is logged', async () => {
    const broken = applicationOf(
      {
        ...station,
        http: {
          ...station.http,
          media: {
            ...station.http.media,
            playlist: () => {
              throw new TypeError('inner-works');
            },
          } as never,
        },
      },
      log,
      folder,
    );
    const screen = new HttpDesk(broken);
    await screen.enter();
    const answer = await screen.request('/media/e/t/index.m3u8');
    strict(answer);
    const { status, code, text } = await said(answer);
    expect({ status, code }).toEqual({ status: 500, code: 'INTERNAL' });
    expect(text).not.toMatch(/inner-works|at |\.ts/);
    expect(log.lines.some((line) => line.includes('inner-works'))).toBe(true);
  });
});

describe('the running station', () => {
  let running: RunningStation;
  beforeAll(async () => {
    running = await runStation({
      folder: join(folder, 'running'),
      port: 0,
      log: new HeardLog(),
      onIdle: () => undefined,
      rendererFolder: join(folder, 'renderer'),
    });
  }, 60_000);
  afterAll(() => running?.stop());

  it.skipIf(process.platform === 'win32')(
    'writes its secret for the owner alone, into a folder for the owner alone',
    async () => {
      const path = join(running.station.folder, 'run.json');
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await stat(running.station.folder)).mode & 0o077).toBe(0);
      const run = z.strictObject({ pid: z.number(), port: z.number(), secret: z.string().min(40) });
      expect(run.parse(JSON.parse(await readFile(path, 'utf8'))).pid).toBe(process.pid);
    },
  );

  it('answers on loopback only, and outlives torn, endless and hostile requests', async () => {
    const port = Number(new URL(running.origin).port);
    const send = async (headers: Record<string, string | number>, body: Buffer | null) =>
      await new Promise<number>((resolve) => {
        const asked = httpRequest({ host: '127.0.0.1', port, path: '/enter', method: 'POST', headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        asked.on('error', () => resolve(-1));
        asked.end(body ?? undefined);
      });
    const big = Buffer.alloc(10 * 1024 * 1024, 'a');
    const host = `127.0.0.1:${port}`;
    // By its length, and without one.
    expect([413, -1]).toContain(await send({ host, 'content-length': big.length }, big));
    expect([413, -1]).toContain(await send({ host, 'transfer-encoding': 'chunked' }, big));
    expect(await send({ host: `evil.example:${port}` }, null)).toBe(403);
    expect((await fetch(`${running.origin}/health`)).status).toBe(200);
  }, 60_000);
});
