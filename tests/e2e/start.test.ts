import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStation } from '../../src/main/launch/findStation.ts';
import { chromiumPath } from '../support/chromium.ts';
import { pageOf } from '../support/devtools.ts';
import { type TestScreen, testScreen } from '../support/screen.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';
import { until } from '../support/until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm start` is, on a checkout that is built: the real script, the real station, the real browser. */
describe('npm start', () => {
  let place: StationFolder;
  let screen: TestScreen | null;
  let running: ChildProcess | null = null;
  let said = '';

  beforeEach(async () => {
    place = await newStationFolder();
    screen = await testScreen();
    said = '';
  });
  afterEach(async () => {
    running?.kill('SIGTERM');
    if (running !== null && running.exitCode === null) await once(running, 'exit');
    running = null;
    await place.end();
    await rm(`${place.path}-browser`, { force: true });
    await screen?.stop();
  });

  function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn('node', ['scripts/start.mjs', ...args], {
      cwd: root,
      env: { ...env, ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' },
    });
    child.stdout.on('data', (bytes) => {
      said += String(bytes);
    });
    child.stderr.on('data', (bytes) => {
      said += String(bytes);
    });
    running = child;
    return child;
  }

  it('opens the station in a browser where there is no Electron, and ends it with its window', async ({ skip }) => {
    const browser = chromiumPath();
    if (browser === null || process.platform === 'win32') return skip('no Chromium or Chrome on this machine');
    if (screen === null) return skip('no display, and no Xvfb to make one');
    const port = await freePort();
    const wrapper = `${place.path}-browser`;
    await writeFile(wrapper, `#!/bin/sh\nexec '${browser}' --remote-debugging-port=${port} "$@"\n`);
    await chmod(wrapper, 0o755);
    const began = performance.now();
    const child = start(['--station', place.path], { ...screen.env, BIRRET_BROWSER: wrapper });
    const page = await until(
      'the first screen is there',
      async () => {
        if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
        const seen = await pageOf(port).catch(() => null);
        return seen?.url.startsWith('http://127.0.0.1:') && seen.text.trim() !== '' ? seen : null;
      },
      { withinMs: 50_000 },
    );
    process.stdout.write(`npm start: first screen after ${Math.round(performance.now() - began)} ms\n`);
    expect(said).toContain('There is no Electron runtime on this machine');
    expect(page.text).not.toMatch(/SESSION_|NOT_FROM|not found/);
    const station = await findStation(place.path);
    expect(station).not.toBeNull();
    child.kill('SIGTERM');
    await once(child, 'exit');
    await until('the station has ended', async () => (await findStation(place.path)) === null);
    expect((await readdir(place.path)).filter((name) => /^(enter|window)-/.test(name))).toEqual([]);
  });

  it('starts the station and prints its address where there is no display', async ({ skip }) => {
    if (process.platform !== 'linux') return skip('every other system has a display');
    const child = start(['--station', place.path], { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' });
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    const station = await findStation(place.path);
    expect(said).toContain(`The station runs at ${station?.origin} and goes on`);
  });

  it('says in words why a folder cannot be a station', async ({ skip }) => {
    if (process.platform !== 'linux') return skip('needs a start without a display');
    await writeFile(join(place.path, 'letter.txt'), 'Dear court');
    const child = start(['--station', place.path], { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' });
    await once(child, 'exit');
    expect(child.exitCode).toBe(1);
    expect(said).toContain('does not hold a station. Nothing in it was touched.');
    expect(await readdir(place.path)).toEqual(['letter.txt']);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  return port;
}
