import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBrowserWindow } from '../../src/main/launch/browserWindow.ts';
import { findOrStartStation } from '../../src/main/launch/findStation.ts';
import { chromiumPath } from '../support/chromium.ts';
import { type TestScreen, testScreen } from '../support/screen.ts';
import { askedOf, newStationFolder, type StationFolder, startFakeStation } from '../support/stationFolder.ts';
import { until } from '../support/until.ts';

let folder: StationFolder;
let screen: TestScreen | null;
beforeEach(async () => {
  folder = await newStationFolder();
  screen = await testScreen();
});
afterEach(async () => {
  await folder.end();
  await screen?.stop();
});

/** Argument lists of every process that we may look at. */
async function argumentLists(): Promise<string> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lists = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lists.join('\n');
}

it("opens the station in the browser's own window, lets it in once, and leaves nothing behind", async ({ skip }) => {
  const browser = chromiumPath();
  if (browser === null) return skip('no Chromium, Chrome or Edge on this machine');
  if (screen === null) return skip('no display, and no Xvfb to make one');
  const display = screen.env['DISPLAY'];
  const station = await findOrStartStation(folder.path, { start: startFakeStation });
  const window = await openBrowserWindow(folder.path, station, {
    browser,
    kiosk: false,
    asRoot: process.getuid?.() === 0,
    extraArguments: display === undefined ? [] : [`--display=${display}`],
  });
  try {
    await until('the page has run', async () => (await askedOf(folder.path)).includes('GET /page.js'), {
      withinMs: 120_000,
    });
    expect(await askedOf(folder.path)).toEqual(expect.arrayContaining(['POST /shell/code', 'POST /enter', 'GET /']));
    if (process.platform === 'linux') {
      const page = (await readdir(folder.path)).find((name) => name.startsWith('enter-'));
      expect(page).toBeDefined();
      const code = /value="([\w-]+)"/.exec(await readFile(`${folder.path}/${page}`, 'utf8'))?.[1] ?? '';
      expect(code.length).toBeGreaterThan(20);
      const lists = await argumentLists();
      expect(lists).toContain(`${page}`);
      expect(lists).not.toContain(code);
    }
  } finally {
    window.close();
    await window.closed;
  }
  const left = (await readdir(folder.path)).filter((name) => /^(enter|window)-/.test(name));
  expect(left).toEqual([]);
});
