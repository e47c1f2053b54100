import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningStation } from '../../src/main/runStation.ts';
import { barriers, draw } from '../support/drawing.ts';
import { browserAt, runWithScreens, type StationBrowser, whyNoScreens } from '../support/stationBrowser.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';

let folder: StationFolder;
let browser: StationBrowser | null = null;
let running: RunningStation | null = null;
beforeEach(async () => {
  folder = await newStationFolder();
});
afterEach(async () => {
  await browser?.close();
  await running?.stop();
  [browser, running] = [null, null];
  await folder.end();
});

it('is entered by one button, and every screen says what it is', { timeout: 300_000 }, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  running = await runWithScreens(folder.path, { practice: true });
  browser = await browserAt(running);
  const page = await browser.desk('practice');
  await page.getByRole('heading', { name: 'Practise as…' }).waitFor();
  const mark = page.getByText('Practice. Nothing here is evidence.');
  expect(await mark.isVisible()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'practice-door', { come: (one) => one.locator('.br-practice').waitFor() });
  await page.getByRole('button', { name: 'Investigator' }).click();
  await page.getByRole('link', { name: 'Open the interview' }).or(page.getByText('practice-')).first().waitFor();
  expect(await mark.isVisible()).toBe(true);
  await draw(page, 'practice-home', { come: (one) => one.locator('.br-practice').waitFor() });
  expect(browser.wrong).toEqual([]);
});
