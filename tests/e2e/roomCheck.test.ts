import { afterEach, expect, it } from 'vitest';
import { draw } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';

const LONG = 200_000;

let screens: OpenScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

it('the operator checks the room in the morning, sees it, and says what is usual', { timeout: 400_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await openScreens();
  const { room, running, wrong } = screens;
  const page = await screens.seat('operator', '/');

  await page.getByRole('heading', { name: 'Room 1 has not been checked today' }).waitFor({ timeout: LONG });
  await page.getByRole('link', { name: 'Check the room' }).click();
  await page.getByRole('heading', { name: 'This room has never been checked.' }).waitFor();
  await page.getByRole('button', { name: 'Check the room' }).click();
  await page.getByRole('progressbar').waitFor();
  const shown = page.locator('.br-check-still').or(page.getByRole('alert')).first();
  await shown.waitFor({ timeout: LONG }).catch(() => undefined);
  expect(await page.locator('.br-check-still').count(), await page.locator('main').innerText()).toBe(2);
  expect(await page.locator('[data-source]').count()).toBe(4);
  await page.getByRole('button', { name: 'Keep as base line…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep as base line' }).click();
  await page.getByText('Checks are held to the base line of').waitFor();

  // Its pictures were shown once: they are nowhere any more.
  await page.reload();
  await page.locator('[data-source]').first().waitFor();
  expect(await page.locator('.br-check-still').count()).toBe(0);
  for (const [name, at, ready] of [
    ['room-check', `/rooms/${room}/check`, '[data-source]'],
    ['room', `/rooms/${room}`, 'form'],
  ] as const) {
    await page.goto(`${running.origin}${at}`);
    await draw(page, name, { whole: true, come: (on) => on.locator(ready).first().waitFor() });
  }
  expect(wrong).toEqual([]);
});
