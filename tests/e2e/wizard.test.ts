import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findOrStartStation, requestCode } from '../../src/main/launch/index.ts';
import { words } from '../../src/shared/i18n/index.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { draws, shoot } from '../support/drawing.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';

const { admin, entry, common, home } = words.en;
const passwords = { dana: 'steppe wind over grass', aigerim: 'saffron kettle morning' } as const;

let folder: StationFolder;
let browser: Browser | null = null;
beforeEach(async () => {
  folder = await newStationFolder();
});
afterEach(async () => {
  await browser?.close();
  browser = null;
  await folder.end();
});

/** Lets a page in, as this machine's shell does: a single-use code, sent by a form. */
async function enter(context: BrowserContext): Promise<Page> {
  const station = await findOrStartStation(folder.path);
  const code = await requestCode(station);
  const page = await context.newPage();
  await page.setContent(
    `<form method="post" action="${station.origin}/enter"><input name="code" value="${code}"></form>`,
  );
  await page.locator('form').evaluate((form) => {
    if ('submit' in form && typeof form.submit === 'function') form.submit();
  });
  await page.waitForURL(`${station.origin}/`);
  return page;
}

/** Draws the page as it stands in each language; what was typed stays. English is last. */
async function drawAsIs(page: Page, name: string): Promise<void> {
  if (!draws) return;
  for (const [language, button] of [
    ['kk', 'Қазақша'],
    ['ru', 'Русский'],
    ['en', 'English'],
  ] as const) {
    await press(page, button);
    await page.waitForTimeout(600);
    await shoot(page, language, name);
  }
}

const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** What is wrong with the page for people who cannot see or use a mouse (WCAG 2.2 A and AA), by rule. */
async function barriers(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function person(page: Page, name: string, login: keyof typeof passwords): Promise<void> {
  await field(page, entry.person.name).fill(name);
  await field(page, entry.person.login).fill(login);
  await field(page, entry.person.password).fill(passwords[login]);
  await field(page, entry.person.again).fill(passwords[login]);
}

it('sets a new station up, shows the recovery key on two sheets, and lets the administrator in', async ({ skip }) => {
  const executablePath = chromiumPath();
  if (executablePath === null) return skip('no Chromium, Chrome or Edge on this machine');
  browser = await chromium.launch({ executablePath, args: chromiumArguments() });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await enter(context);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(message.text());
  });

  // Nothing is accepted empty, and what is missing is said at its field.
  await page.getByRole('heading', { name: entry.setUp.title }).waitFor();
  await press(page, common.continue);
  await page.getByText(entry.person.missing).waitFor();
  await page.getByText(entry.station.idWrong).waitFor();
  expect(await barriers(page)).toEqual([]);

  // The language changes at once and what was typed stays.
  await field(page, entry.station.name).fill('Room 2');
  await press(page, 'Қазақша');
  await page.getByRole('heading', { name: words.kk.entry.setUp.title }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('kk');
  await press(page, 'English');
  expect(await field(page, entry.station.name).inputValue()).toBe('Room 2');
  await field(page, entry.station.id).fill('aktau2');
  await drawAsIs(page, 'set-up-1-station');
  await press(page, common.continue);

  await field(page, entry.court.name).fill('Specialised inter-district juvenile court, Aktau');
  await drawAsIs(page, 'set-up-2-court');
  await press(page, common.continue);
  await person(page, 'Dana Omarova', 'dana');
  await drawAsIs(page, 'set-up-3-administrator');
  await press(page, common.continue);
  await person(page, 'Aigerim Serik', 'aigerim');
  await drawAsIs(page, 'set-up-4-key-holder');
  await press(page, entry.setUp.make);

  // Each sheet is printed alone: neither the other part nor a button is on its page.
  const key = page.locator('[data-part]');
  await page.locator('[data-part="1"]').waitFor();
  const part1 = (await key.innerText()).trim().split(/\s+/);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button').count()).toBe(0);
  const paper1 = await page.locator('body').innerText();
  await page.emulateMedia({ media: 'screen' });
  expect(await barriers(page)).toEqual([]);
  await drawAsIs(page, 'set-up-5-recovery');
  await press(page, entry.recovery.next1);
  await page.locator('[data-part="2"]').waitFor();
  const part2 = (await key.innerText()).trim().split(/\s+/);
  expect([part1[0], part2[0]]).toEqual(['BR1', 'BR2']);
  expect(paper1).toContain(part1[1]);
  expect(paper1).not.toContain(part2[1]);
  expect(await page.locator('body').innerText()).not.toContain(part1[1]);

  await drawAsIs(page, 'set-up-6-recovery');
  // Only who has the paper goes on.
  await press(page, entry.recovery.next2);
  await drawAsIs(page, 'set-up-7-recovery-check');
  const groups = { first1: part1[1], last1: part1.at(-1), first2: part2[1], last2: part2.at(-1) };
  for (const name of Object.keys(groups)) await page.locator(`input[name="${name}"]`).fill('XXXXXX');
  await press(page, entry.recovery.finish);
  await page.getByText(entry.recovery.wrong).first().waitFor();
  for (const [name, group] of Object.entries(groups))
    await page.locator(`input[name="${name}"]`).fill(`${group}`.toLowerCase());
  await press(page, entry.recovery.finish);

  // A wrong password is said in words; the right one leads to what the station still needs.
  await page.getByRole('heading', { name: entry.signIn.title }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await field(page, entry.signIn.login).fill('dana');
  await field(page, entry.signIn.password).fill('not the password');
  await press(page, entry.signIn.go);
  expect(await page.getByRole('alert').innerText()).toBe(words.en.errors.SIGN_IN_FAILED);
  await field(page, entry.signIn.password).fill(passwords.dana);
  await drawAsIs(page, 'sign-in');
  await press(page, entry.signIn.go);
  await page.getByRole('heading', { name: home.admin.room.title }).waitFor();
  expect(await barriers(page)).toEqual([]);

  // The lock, fallen from another window, covers the screen with its open dialog and gives both back as they were.
  await page.getByRole('link', { name: common.place.people, exact: true }).click();
  await page.getByText('Aigerim Serik').waitFor();
  await press(page, admin.people.invite);
  await field(page, admin.invite.name).fill('Saule Nur');
  const other = await context.newPage();
  await other.goto(page.url());
  await press(other, common.lock.now);
  await other.getByRole('heading', { name: common.lock.title }).waitFor();
  await other.close();
  await page.getByRole('heading', { name: common.lock.title }).waitFor();
  expect(await field(page, admin.invite.name).evaluate((input) => input.closest('[inert]') !== null)).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel(common.lock.password.replace('{{name}}', 'Dana Omarova')).fill(passwords.dana);
  await press(page, common.lock.unlock);
  await page.getByRole('heading', { name: common.lock.title }).waitFor({ state: 'detached' });
  expect(await field(page, admin.invite.name).inputValue()).toBe('Saule Nur');

  // The invitation's code is shown once.
  await field(page, admin.invite.login).fill('saule');
  await press(page, admin.invite.make);
  expect((await page.locator('[data-invitation]').innerText()).trim().length).toBeGreaterThanOrEqual(20);
  await press(page, admin.invite.done);
  await page.getByText('Saule Nur').waitFor();
  expect(errors).toEqual([]);
}, 180_000);
