import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import type { Role } from '../../src/shared/domain/roles.ts';
import { barriers, draw } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';
import { signInAt } from '../support/stationBrowser.ts';

const LONG = 60_000;
/** Long enough to be stopped while it waits, on a busy machine too. */
const SETTLES_MS = 15_000;

let screens: OpenScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

it('people come, change and go, and the court’s own keys are changed, on the screens', { timeout: 600_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await openScreens({ keysSettleMs: SETTLES_MS });
  const { desk, people, passwordOf, running } = screens;
  const { origin } = running;
  const nameOf = (role: Role) => people.accounts.find((one) => one.role === role)?.name ?? '';

  // One's own password: the old one no longer opens, the new one does.
  const clerk = await screens.seat('clerk', '/');
  await clerk.getByRole('link', { name: nameOf('clerk') }).click();
  const openPassword = async (at: Page) => {
    await at.locator('.br-panel button').first().click();
    await at.getByRole('dialog').waitFor();
  };
  await openPassword(clerk);
  const fields = clerk.getByRole('dialog').locator('input[type=password]');
  const next = 'three-storks-over-the-delta';
  for (const [at, typed] of ['not the password', next, next].entries()) await fields.nth(at).fill(typed);
  await clerk.getByRole('button', { name: 'Change the password', exact: true }).click();
  await clerk.locator('[data-code=SIGN_IN_FAILED]').waitFor({ timeout: LONG });
  expect(await barriers(clerk)).toEqual([]);
  await fields.nth(0).fill(passwordOf('clerk'));
  await clerk.getByRole('button', { name: 'Change the password', exact: true }).click();
  await clerk.getByText('The password was changed').waitFor({ timeout: LONG });
  await draw(clerk, 'account-password', { come: openPassword });

  // A new identity of the vault, a new recovery key.
  await clerk.goto(`${origin}/access`);
  const openRotation = async (at: Page) => {
    await at.locator('.br-key-acts button').first().click();
    await at.getByRole('dialog').waitFor();
  };
  await clerk.locator('.br-key-facts').waitFor({ timeout: LONG });
  const before = await clerk.locator('.br-key-facts dd').first().textContent();
  await draw(clerk, 'access', { come: async (at) => await at.locator('.br-key-facts').waitFor({ timeout: LONG }) });
  await draw(clerk, 'access-rotate', { come: openRotation });
  await clerk.reload();
  await openRotation(clerk);
  expect(await barriers(clerk)).toEqual([]);
  await clerk.getByRole('button', { name: 'Change the key' }).click();
  await clerk.locator('.br-job').waitFor({ timeout: LONG });
  // It waits for what was being closed to the old key; stopped and gone on with, it comes to the same.
  await clerk.locator('.br-job').getByRole('button', { name: 'Cancel' }).click();
  await clerk.locator('[data-unfinished]').waitFor({ timeout: LONG });
  await draw(clerk, 'access-unfinished', {
    come: async (at) => await at.locator('[data-unfinished]').waitFor({ timeout: LONG }),
  });
  await clerk.getByRole('button', { name: 'Go on' }).click();
  await clerk.locator('[data-unfinished]').waitFor({ state: 'detached', timeout: 120_000 });
  await clerk.locator('.br-job').waitFor({ state: 'detached', timeout: 120_000 });
  expect(await clerk.locator('.br-key-facts dd').first().textContent()).not.toBe(before);
  await clerk.getByRole('button', { name: 'Print a new recovery key…' }).click();
  await clerk.getByRole('button', { name: 'Show sheet 1' }).click();
  const sheets: string[][] = [];
  for (const sheet of [1, 2]) {
    const text = (await clerk.locator(`[data-part="${sheet}"]`).textContent()) ?? '';
    sheets.push(text.trim().split(/\s+/).slice(1));
    await clerk.getByRole('button', { name: `Sheet ${sheet} is in its envelope` }).click();
  }
  const groups = sheets.flatMap((sheet) => [sheet[0] ?? '', sheet.at(-1) ?? '']);
  for (const [at, group] of groups.entries()) await clerk.locator('form input').nth(at).fill(group);
  await clerk.getByRole('button', { name: 'Use the new sheets' }).click();
  await clerk.getByText('The court’s own keys').waitFor({ timeout: LONG });

  // The administrator: another role, a new invitation, the end.
  const administrator = await screens.seat('administrator', '/');
  await administrator.getByRole('link', { name: 'People', exact: true }).click();
  const row = (at: Page, role: Role) => at.locator('li.br-row', { hasText: nameOf(role) });
  const choose = (role: Role, which: 0 | 1 | 2) => async (at: Page) => {
    await row(at, role).locator('button[aria-haspopup=menu]').click();
    await at.getByRole('menuitem').nth(which).click();
    await at.getByRole('dialog').waitFor();
  };
  await row(administrator, 'judge').waitFor({ timeout: LONG });
  await draw(administrator, 'people-end', { come: choose('judge', 2) });
  await administrator.reload();
  await choose('operator', 0)(administrator);
  await administrator.getByRole('dialog').locator('input').first().click();
  await administrator.getByRole('option', { name: 'Judge' }).click();
  expect(await barriers(administrator)).toEqual([]);
  await administrator.getByRole('button', { name: 'Change the role' }).click();
  await row(administrator, 'operator').getByText('waits for access by a key holder').waitFor({ timeout: LONG });
  await choose('investigator', 1)(administrator);
  await administrator.getByRole('button', { name: 'Make the invitation' }).click();
  expect(await administrator.locator('[data-invitation]').textContent()).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  await administrator.getByRole('button', { name: 'I have handed it over' }).click();
  await row(administrator, 'investigator').getByText('invited', { exact: true }).waitFor({ timeout: LONG });
  await choose('judge', 2)(administrator);
  await administrator.getByRole('button', { name: 'End the account' }).click();
  await row(administrator, 'judge').getByText('ended', { exact: true }).waitFor({ timeout: LONG });
  await draw(administrator, 'people', {
    come: async (at) => await row(at, 'judge').waitFor({ timeout: LONG }),
  });

  const judge = await desk('judge');
  await signInAt(judge, 'judge', passwordOf('judge'));
  await judge.locator('[data-code=SIGN_IN_FAILED]').waitFor({ timeout: LONG });
  const again = await desk('clerk');
  await signInAt(again, 'clerk', next);
  await again.locator('nav').waitFor({ timeout: LONG });
});
