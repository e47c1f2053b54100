import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { barriers, draw } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

/** From a sealed recording to its protocol and transcript, filed with it. */
let screens: LiveScreens | null = null;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-closing-'));
});
afterEach(async () => {
  await screens?.end();
  screens = null;
  await rm(folder, { recursive: true, force: true });
});
/** This machine may be busy: how long a thing takes is not what is asked here. */
const WAIT = { timeout: 150_000 };

it('an officer writes remarks, protocol and transcript beside the recording, and files them', {
  timeout: 900_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, wrong } = screens;
  const { client } = people.seats.investigator;
  const { exhibit } = interview;
  await screens.begin();
  await until(
    'some seconds are recorded',
    async () => ((await client.recording.view({ interview: interview.id })).elapsedMs ?? 0) >= 4_000,
    { withinMs: 120_000, everyMs: 200 },
  );
  await client.recording.stop({ interview: interview.id, confirmed: true });

  const page = await screens.seat('investigator', `/exhibit/${exhibit}/protocol`);
  const playing = (on: Page) => on.locator('.br-beside video').first().waitFor(WAIT);
  const account = page.locator('.br-chapter textarea').first();
  await playing(page);
  await account.fill('Мен үйде едім.');
  // The key for the time works in the field, and its mark leads back.
  await account.press('End');
  await account.press('F9');
  await until('the moment stands in the text', async () => (await account.inputValue()).includes('[00:00:00]'), {
    withinMs: 20_000,
    everyMs: 100,
  });
  await page.locator('.br-chapter .br-chips button').first().click(WAIT);
  const file = page.getByRole('button', { name: 'File with the exhibit' });
  expect(await file.isDisabled()).toBe(true);
  for (const one of await page.locator('.br-remark').all()) await one.getByText('No remarks', { exact: true }).click();
  await page.getByLabel('Stated: the record is complete and correct').check();
  await page
    .getByText(/^Saved /)
    .first()
    .waitFor(WAIT);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'protocol', { come: playing });
  await file.click(WAIT);
  await page.getByText('Filed as supplement 1. It is signed').waitFor(WAIT);

  await page.goto(page.url().replace('/protocol', '/transcript'));
  await playing(page);
  const import_ = (name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/vtt', buffer: Buffer.from(text, 'utf8') });
  await import_('big.vtt', 'x'.repeat(10 * 1024 * 1024));
  await page.locator('[data-code=too-large]').waitFor(WAIT);
  await import_(
    'kk.vtt',
    'WEBVTT\n\n00:00.500 --> 00:01.500\n<v Психолог>Сәлем!\n\n00:0x.000 --> 00:02.000\n<b>Иә</b>\n',
  );
  await page.getByText('Line 6: a time that cannot be read').waitFor(WAIT);
  expect(await page.locator('.br-cue textarea').last().inputValue()).toBe('<b>Иә</b>');
  await page.getByRole('button', { name: 'Line 2: set to the moment that plays' }).click();
  await page.locator('.br-cue-time button.br-num').last().waitFor(WAIT);
  await page
    .getByText(/^Saved /)
    .first()
    .waitFor(WAIT);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'transcript', { come: playing });
  await page.getByText('It ends before it begins, or stands before').waitFor(WAIT);
  await page.getByRole('button', { name: 'Remove line 2' }).click();
  await page
    .getByText(/^Saved /)
    .first()
    .waitFor(WAIT);
  await page.getByRole('button', { name: 'File with the exhibit' }).click(WAIT);
  await page.getByText('Filed as supplement 2. It is signed').waitFor(WAIT);

  await page.goto(page.url().replace('/transcript', ''));
  await page.getByRole('button', { name: 'Make a label…' }).click(WAIT);
  await page.getByLabel('Into which folder').fill(folder);
  await page.getByLabel('File name').fill('label');
  await page.getByRole('dialog').getByRole('button', { name: 'Write' }).click();
  await page.getByText(`It stands at ${join(folder, 'label.pdf')}`).waitFor(WAIT);
  expect(existsSync(join(folder, 'label.pdf'))).toBe(true);
  expect(wrong).toEqual([]);
});
