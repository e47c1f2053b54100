import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newLog } from '../../src/main/platform/log.ts';
import { type RunningStation, runStation } from '../../src/main/runStation.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { barriers, draw } from '../support/drawing.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const renderer = join(root, 'build/renderer');

let folder: StationFolder;
let browser: Browser | null = null;
let running: RunningStation | null = null;
beforeEach(async () => {
  folder = await newStationFolder();
});
afterEach(async () => {
  await browser?.close();
  await running?.stop();
  browser = null;
  running = null;
  await folder.end();
});

it('is entered by one button, and every screen says what it is', { timeout: 300_000 }, async ({ skip }) => {
  const executablePath = chromiumPath();
  if (executablePath === null) return skip('no Chromium, Chrome or Edge on this machine');
  if (!existsSync(join(renderer, 'index.html'))) return skip('the screens are not built (npm run build)');
  running = await runStation({
    folder: folder.path,
    port: 0,
    log: newLog('station', 'warn'),
    onIdle: () => undefined,
    rendererFolder: renderer,
    practice: true,
  });
  const { origin, station } = running;
  browser = await chromium.launch({ executablePath, args: chromiumArguments() });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  await page.request.post(`${origin}/enter`, { form: { code: station.http.screens.newCode('desk') } });

  await page.goto(origin);
  await page.getByRole('heading', { name: 'Practise as…' }).waitFor();
  const mark = page.getByText('Practice. Nothing here is evidence.');
  expect(await mark.isVisible()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'practice-door', { come: (one) => one.locator('.br-practice').waitFor() });
  await page.getByRole('button', { name: 'Investigator' }).click();
  await page.getByRole('link', { name: 'Open the interview' }).or(page.getByText('practice-')).first().waitFor();
  expect(await mark.isVisible()).toBe(true);
  await draw(page, 'practice-home', { come: (one) => one.locator('.br-practice').waitFor() });
  expect(wrong).toEqual([]);
});
