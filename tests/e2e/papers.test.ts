import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { barriers, draw } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

/** Files beside a recording: kept before its seal, added after it, looked at and saved again, over the station's own door. */
let screens: LiveScreens | null = null;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-papers-'));
});
afterEach(async () => {
  await screens?.end();
  screens = null;
  await rm(folder, { recursive: true, force: true });
});
const WAIT = { timeout: 150_000 };
const TITLES = /Құжаттар мен файлдар|Документы и файлы|Papers and files/;

it('a supplement is added, signed, looked at and saved', { timeout: 900_000 }, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, wrong } = screens;
  const { client } = people.seats.investigator;
  const { exhibit } = interview;
  const drawing = new File([await readFile(new URL('../../docs/screens/en/access.png', import.meta.url))], 'd.png');
  await client.attachments.keep({ exhibit, title: 'Drawing of the yard', content: drawing });
  await screens.begin();
  await until(
    'some seconds are recorded',
    async () => ((await client.recording.view({ interview: interview.id })).elapsedMs ?? 0) >= 3_000,
    { withinMs: 120_000, everyMs: 200 },
  );
  await client.recording.stop({ interview: interview.id, confirmed: true });

  const page = await screens.seat('investigator', `/exhibit/${exhibit}`);
  const panel = (on: Page) => on.getByRole('region', { name: TITLES });
  const come = async (on: Page) => {
    await panel(on).scrollIntoViewIfNeeded(WAIT);
  };
  await panel(page).getByText('Drawing of the yard').waitFor(WAIT);
  await panel(page).getByText('Nothing has been added', { exact: false }).waitFor(WAIT);
  const open = async (on: Page) => {
    await panel(on).getByRole('button').last().click(WAIT);
    await on.getByRole('dialog').locator('input').last().waitFor(WAIT);
  };
  await open(page);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'supplement-dialog', { come: open });
  const text = `Protocol of the interview.\n${'A line that is long enough. '.repeat(60_000)}`;
  await writeFile(join(folder, 'protocol.txt'), text);
  const dialog = page.getByRole('dialog');
  const sign = dialog.getByRole('button', { name: 'Sign and add' });
  expect(await sign.isDisabled()).toBe(true);
  await page.locator('input[type=file]').setInputFiles(join(folder, 'protocol.txt'));
  await dialog.getByLabel('Title').fill('Protocol, signed');
  await sign.click();
  await panel(page).getByText('Supplement 1').waitFor(WAIT);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'papers', { come });
  // More than any other request may bring came through, and comes back as it was; a page of its own runs nothing.
  const [shown] = await Promise.all([
    page.context().waitForEvent('page'),
    panel(page).getByRole('link', { name: 'Look at it' }).last().click(),
  ]);
  await shown.waitForLoadState();
  expect(await shown.locator('body').innerText()).toContain('Protocol of the interview');
  await shown.close();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel(page).getByRole('link', { name: 'Save a copy' }).last().click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe(text);
  const address = `/media/supplements/${exhibit}/1/file.txt`;
  const headers = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    return ['content-security-policy', 'content-disposition', 'x-content-type-options'].map((name) =>
      answer.headers.get(name),
    );
  }, address);
  expect(headers[0]).toMatch(/^sandbox; default-src 'none'/);
  expect(headers[1]).toBe(`attachment; filename="${exhibit}-supplements-1-file.txt"`);
  expect(headers[2]).toBe('nosniff');
  const actions = await client.exhibits.custody({ exhibit });
  expect(actions.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['attachment.kept', 'supplement.added', 'attachment.opened']),
  );
  expect(wrong).toEqual([]);
});
