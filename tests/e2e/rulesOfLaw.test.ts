import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { barriers, draw, draws, type Language, languages, settingsOf } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';
import { islandPath } from '../support/profiles.ts';

const LONG = { timeout: 90_000 };

let files: string;
let screens: OpenScreens | null = null;
beforeEach(async () => {
  files = await mkdtemp(join(tmpdir(), 'birret-rules-'));
});
afterEach(async () => {
  await screens?.end();
  screens = null;
  await rm(files, { recursive: true, force: true });
});

it('the administrator reads the rules of law and puts others in force; a case is then numbered as they say', {
  timeout: 600_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await openScreens();
  const page = await screens.seat('administrator', '/');
  await page.getByRole('link', { name: 'Rules of law', exact: true }).click(LONG);
  const rule = (text: string) => page.getByRole('listitem').filter({ hasText: text });
  await page.getByText('In force: Republic of Kazakhstan, version 2').waitFor(LONG);
  await rule('Teacher or psychologist: required').getByText('confirmed', { exact: true }).waitFor(LONG);
  const limits = rule('At most 120 min without a break');
  await limits.getByText('not confirmed', { exact: true }).waitFor();
  await limits.getByText(/Still open. Ask a lawyer/).waitFor();
  expect(await barriers(page)).toEqual([]);
  const come = async (on: Page) => {
    await on.locator('.br-rule').first().waitFor(LONG);
  };
  await draw(page, 'rules', { come });
  await draw(page, 'rules-limits', {
    come: async (on) => {
      await come(on);
      await on
        .locator('.br-panel')
        .nth(2)
        .evaluate((panel) => panel.scrollIntoView());
    },
  });
  await draw(page, 'rules-read', {
    come: async (on) => {
      await come(on);
      await on
        .locator('.br-read')
        .first()
        .evaluate((words) => words.scrollIntoView({ block: 'center' }));
    },
  });
  const wide: Language[] = draws ? [...languages] : ['en'];
  for (const language of wide) {
    await settingsOf(page, language, language === 'kk' ? 'dark' : 'light');
    await come(page);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'), language).toBe(0);
    expect(await barriers(page), language).toEqual([]);
  }
  await settingsOf(page, 'en');
  await come(page);
  await page.getByRole('switch', { name: 'Show only rules that are not confirmed' }).click();
  await rule('Teacher or psychologist: required').waitFor({ state: 'hidden' });

  // A file with a mistake is refused by line and rule, and the rules stay.
  const path = join(files, 'rules.json');
  const text = await readFile(islandPath, 'utf8');
  await writeFile(path, text.replace('"minutesADay": 45', '"minutesADay": "45"'));
  const file = async (on: Page) => {
    const field = on.locator('form input').last();
    await field.waitFor(LONG);
    await field.fill(path);
    await on.locator('form button[type=submit]').last().click();
    await on.locator('[data-code=JURISDICTION_VALUE_WRONG]').waitFor(LONG);
    await on
      .locator('[data-code=JURISDICTION_VALUE_WRONG]')
      .evaluate((alert) => alert.scrollIntoView({ block: 'end' }));
  };
  await file(page);
  const line = text.slice(0, text.indexOf('"minutesADay": 45')).split('\n').length;
  await page.getByText(`rules.json, line ${line}, column 22, rule “small-limit”`).waitFor();
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'rules-mistake', { come: file });

  await writeFile(path, text);
  await page.getByLabel('Profile file').fill(path);
  await page.getByRole('button', { name: 'Read the file' }).click();
  await page.getByText('The file has no mistake: Islandia, version 3.1.').waitFor(LONG);
  await page.getByRole('button', { name: 'Put in force…', exact: true }).last().click();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click();
  await page.getByText('In force: Islandia, version 3.1').waitFor(LONG);
  await page.getByText('These rules are in force already.').waitFor(LONG);

  const officer = await screens.seat('investigator', '/');
  await officer.getByRole('link', { name: 'Cases', exact: true }).click(LONG);
  await officer.getByRole('button', { name: /case/i }).first().click(LONG);
  await officer.getByText('It looks like this: ISL/0042/QX, OLD-7').waitFor(LONG);
  await officer.getByLabel('Case number').fill('26-0001');
  await officer.getByRole('button', { name: 'Open the case' }).click();
  await officer.locator('[data-code=CASE_NUMBER_UNFIT]').waitFor(LONG);
  await officer.getByLabel('Case number').fill('ISL/2026/AB');
  await officer.getByRole('button', { name: 'Open the case' }).click();
  await officer.getByText('ISL/2026/AB').first().waitFor(LONG);

  // And back to those that came with the program.
  await page.getByRole('button', { name: 'Put in force… Republic of Kazakhstan, 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click();
  await page.getByText('In force: Republic of Kazakhstan, version 2').waitFor(LONG);
});
