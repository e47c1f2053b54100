import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrStartStation } from '../../src/main/launch/findStation.ts';
import type { RunningStation } from '../../src/main/launch/station.ts';
import type { Shell } from '../../src/shared/shell.ts';
import { noShellBecause, openShell, type TestShell } from '../support/electron.ts';
import { askedOf, newStationFolder, type StationFolder, startFakeStation } from '../support/stationFolder.ts';
import { until } from '../support/until.ts';

declare const window: { readonly shell?: Shell; open(url: string): unknown };
declare const location: { href: string };
declare const navigator: { readonly mediaDevices: { getUserMedia(what: object): Promise<unknown> } };
declare const Notification: { requestPermission(): Promise<string> };

const why = noShellBecause();

/** The shell itself, on a stand-in for the station: its windows, what they may, and what they may not. */
describe('the desktop shell', () => {
  let folder: StationFolder;
  let station: RunningStation;
  let shell: TestShell;
  let foreign: Server;
  let visits = 0;

  beforeAll(async () => {
    if (why !== null) return;
    foreign = createServer((_, response) => {
      visits += 1;
      response.end('elsewhere');
    }).listen(0, '127.0.0.1');
    folder = await newStationFolder();
    station = await findOrStartStation(folder.path, { start: startFakeStation });
    // Cameras of Chromium's own, so that what a page is refused is the permission and not a missing device.
    shell = await openShell(folder.path, ['--use-fake-device-for-media-stream']);
    await arrived(shell.page, '/');
  });

  afterAll(async () => {
    await shell?.close();
    await folder?.end();
    foreign?.close();
  });

  async function arrived(page: Page, path: string): Promise<void> {
    await until(`the page ${path} is there`, async () => (await heading(page)) === path, { withinMs: 120_000 });
  }

  async function heading(page: Page): Promise<string | null> {
    return page
      .locator('h1')
      .textContent({ timeout: 1_000 })
      .catch(() => null);
  }

  function elsewhere(): string {
    const address = foreign.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  }

  it('opens the station and is let in by a code', async ({ skip }) => {
    if (why !== null) return skip(why);
    expect(new URL(shell.page.url()).origin).toBe(station.origin);
    expect(await askedOf(folder.path)).toEqual(expect.arrayContaining(['POST /shell/code', 'POST /enter', 'GET /']));
  });

  it('gives the page its shell and nothing of Node', async ({ skip }) => {
    if (why !== null) return skip(why);
    const seen = await shell.page.evaluate(() => ({
      capabilities: window.shell?.capabilities ?? null,
      node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
    }));
    expect(seen.node).toEqual(['undefined', 'undefined']);
    expect(seen.capabilities).toMatchObject({ secondWindow: true, print: true, folderDialog: true });
    if (process.platform === 'linux') expect(seen.capabilities).toMatchObject({ contentProtection: false });
  });

  it('sandboxes and isolates its pages', async ({ skip }) => {
    if (why !== null) return skip(why);
    const preferences = await shell.app.evaluate(({ BrowserWindow }) => {
      const contents: object | undefined = BrowserWindow.getAllWindows()[0]?.webContents;
      const get: unknown = contents && Reflect.get(contents, 'getLastWebPreferences');
      return typeof get === 'function' ? Object(get.call(contents)) : null;
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('does not leave the station', async ({ skip }) => {
    if (why !== null) return skip(why);
    await shell.page.evaluate((url) => {
      location.href = url;
    }, elsewhere());
    await arrived(shell.page, '/');
    expect(new URL(shell.page.url()).origin).toBe(station.origin);
    expect(visits).toBe(0);
  });

  it('opens no window that a page asks for', async ({ skip }) => {
    if (why !== null) return skip(why);
    const opened = await shell.page.evaluate((url) => window.open(url) !== null, elsewhere());
    const inside = await shell.page.evaluate(() => window.open('/') !== null);
    expect([opened, inside]).toEqual([false, false]);
    expect(shell.app.windows()).toHaveLength(1);
    expect(visits).toBe(0);
  });

  it('fetches nothing from elsewhere', async ({ skip }) => {
    if (why !== null) return skip(why);
    const reached = await shell.page.evaluate(
      (url) =>
        fetch(url, { mode: 'no-cors' } as RequestInit).then(
          () => true,
          () => false,
        ),
      elsewhere(),
    );
    expect(reached).toBe(false);
    expect(visits).toBe(0);
  });

  it('grants no permission', async ({ skip }) => {
    if (why !== null) return skip(why);
    const answers = await shell.page.evaluate(async () => {
      const camera = await navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
        () => 'granted',
        (error: unknown) => Reflect.get(Object(error), 'name'),
      );
      return { camera, notifications: await Notification.requestPermission() };
    });
    expect(answers.camera).toBe('NotAllowedError');
    expect(answers.notifications).toBe('denied');
  });

  it('opens a second window at a path of the station, and only there', async ({ skip }) => {
    if (why !== null) return skip(why);
    const next = shell.app.waitForEvent('window');
    await shell.page.evaluate(() => window.shell?.openSecondWindow('/hearing/screen'));
    const second = await next;
    await arrived(second, '/hearing/screen');
    expect(await second.locator('body').getAttribute('data-let-in')).toBe('false');
    expect(await shell.page.locator('body').getAttribute('data-let-in')).toBe('true');
    expect(new URL(second.url()).origin).toBe(station.origin);
    for (const path of [elsewhere(), '//127.0.0.1:1/', '/\\127.0.0.1:1/', 'hearing', 'file:///etc/passwd']) {
      const refused = await shell.page.evaluate(
        (to) =>
          window.shell?.openSecondWindow(to).then(
            () => null,
            (error: unknown) => String(error),
          ),
        path,
      );
      expect(refused, path).toContain('the path leaves the station');
    }
    await shell.page.evaluate(() => window.shell?.closeSecondWindow());
    await until('the second window is closed', () => shell.app.windows().length === 1);
    expect(visits).toBe(0);
  });

  it('names the displays of the machine', async ({ skip }) => {
    if (why !== null) return skip(why);
    const displays = (await shell.page.evaluate(() => window.shell?.displays())) ?? [];
    expect(displays.filter(({ own }) => own)).toHaveLength(1);
  });

  it('says honestly whether a window is kept out of screenshots', async ({ skip }) => {
    if (why !== null) return skip(why);
    const on = await shell.page.evaluate(() => window.shell?.protect(true));
    expect(on).toBe(process.platform === 'win32' || process.platform === 'darwin');
    expect(await shell.page.evaluate(() => window.shell?.protect(false))).toBe(false);
  });

  it('loads its page again when the renderer has crashed', async ({ skip }) => {
    if (why !== null) return skip(why);
    const before = (await askedOf(folder.path)).filter((line) => line === 'GET /page.js').length;
    await shell.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await until(
      'the page has run again',
      async () => (await askedOf(folder.path)).filter((line) => line === 'GET /page.js').length > before,
    );
  });

  it('starts anew when the station was killed, and lets its window in again', async ({ skip }) => {
    if (why !== null) return skip(why);
    process.kill(station.pid, 'SIGKILL');
    const next = await findOrStartStation(folder.path, { start: startFakeStation });
    expect(next.pid).not.toBe(station.pid);
    station = next;
    await until(
      'the window shows the new station',
      () =>
        shell.app.evaluate(
          ({ BrowserWindow }, origin) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() === `${origin}/`,
          next.origin,
        ),
      { withinMs: 40_000 },
    );
  });

  it('tells the station when the last window closes', async ({ skip }) => {
    if (why !== null) return skip(why);
    await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await until('the station was told', async () => (await askedOf(folder.path)).includes('POST /shell/closing'));
  });
});
