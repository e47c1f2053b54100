import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { barriers, draw } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

/** From a sealed recording to the paper that a court holds. */
let screens: LiveScreens | null = null;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-paper-'));
});
afterEach(async () => {
  await screens?.end();
  screens = null;
  await rm(folder, { recursive: true, force: true });
});
/** This machine may be busy: how long a thing takes is not what is asked here. */
const WAIT = { timeout: 150_000 };

it('an officer has an exhibit checked and a certificate of authenticity written', { timeout: 900_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, wrong } = screens;
  const { client } = people.seats.investigator;
  await screens.begin();
  await until(
    'some seconds are recorded',
    async () => ((await client.recording.view({ interview: interview.id })).elapsedMs ?? 0) >= 3_000,
    { withinMs: 120_000, everyMs: 200 },
  );
  await client.recording.stop({ interview: interview.id, confirmed: true });

  const page = await screens.seat('investigator', `/exhibit/${interview.exhibit}`);
  const dialog = page.getByRole('dialog');
  const titles = /Түпнұсқалық куәлігі|Свидетельство о подлинности|Certificate of authenticity/;
  const panel = (on: Page) => on.getByRole('region', { name: titles });
  const open = async (on: Page) => {
    await panel(on).getByRole('button').last().click(WAIT);
    await on.getByRole('dialog').locator('input').last().waitFor(WAIT);
  };
  await open(page);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'certificate-dialog', { come: open });
  const start = dialog.getByRole('button', { name: 'Check and write' });
  expect(await start.isDisabled()).toBe(true);
  await dialog.getByText('English', { exact: true }).click();
  await dialog.getByLabel('Into which folder').fill(folder);
  await dialog.getByLabel('File name').fill('paper');
  await dialog.getByText('ending in .pdf').waitFor();
  expect(await start.isDisabled()).toBe(true);
  await dialog.getByLabel('File name').fill('paper.pdf');
  await start.click();
  await page.getByText(`The certificate stands at ${join(folder, 'paper.pdf')}`).waitFor(WAIT);
  expect(existsSync(join(folder, 'paper.pdf'))).toBe(true);
  expect((await readFile(join(folder, 'paper.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await barriers(page)).toEqual([]);

  // A second time to the same name: nothing is written over, and the sentence says so where the work is shown.
  await open(page);
  await dialog.getByLabel('Into which folder').fill(folder);
  await dialog.getByLabel('File name').fill('paper.pdf');
  await start.click();
  await panel(page).locator('[data-code=EXPORT_EXISTS]').waitFor(WAIT);
  expect(wrong).toEqual([]);
});
