import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { barriers, draw, draws, languages, settingsOf, shoot } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, picturesPlaying, whyNoScreens } from '../support/liveScreen.ts';
import { freePort } from '../support/networkDoor.ts';
import { until } from '../support/until.ts';

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

it('an observer’s browser is connected over the network by typing the code, watches, reloads, and is sent away', {
  timeout: 600_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { interview } = screens;
  const port = await freePort();

  // The administrator turns it on.
  const administrator = await screens.seat('administrator', '/network');
  await administrator.getByText('The station does not answer on the network').waitFor();
  await administrator.getByLabel('Port').fill(String(port));
  await administrator.getByLabel('Further names and addresses').fill('localhost');
  await administrator.getByRole('switch').click({ force: true });
  await administrator.getByRole('button', { name: 'Apply' }).click();
  await administrator.getByText(`https://localhost:${port}/pair`).first().waitFor();
  await administrator.getByRole('button', { name: 'Check now' }).click();
  await administrator.getByText('Answers', { exact: true }).first().waitFor();
  const shown = await administrator.locator('.br-network-fingerprint').innerText();
  expect(await barriers(administrator)).toEqual([]);
  await draw(administrator, 'network', {
    come: async (page) => {
      await page.locator('.br-network-fingerprint').waitFor();
    },
  });
  await administrator.close();

  // The officer makes a code.
  const officer = await screens.seat('investigator', `/interview/${interview.id}`);
  const makeCode = async (page: Page) => {
    await page
      .locator('.br-app button, button')
      .filter({ hasText: /Observers…|Наблюдатели…|Бақылаушылар…/ })
      .first()
      .click();
    await page.locator('.br-observers-code button').last().click();
    await page.locator('.br-offer-code').waitFor();
  };
  await draw(officer, 'observers-code', { come: makeCode });
  // Where it was drawn, the code is shown already.
  if (!draws) await makeCode(officer);
  expect(await officer.locator('.br-offer .br-fingerprint').innerText()).toBe(shown);
  expect(await barriers(officer)).toEqual([]);
  const code = await officer.locator('.br-offer-code').innerText();

  // Another machine's browser: the page, a wrong code, the right one.
  const observer = await screens.stranger({ width: 1024, height: 768 });
  await observer.goto(`https://localhost:${port}/pair#${code}`);
  expect(await observer.getByLabel('Code').inputValue()).toBe(code);
  expect(observer.url()).not.toContain('#');
  await observer.getByText('Is this the right station?').click();
  expect(await observer.locator('.br-fingerprint').innerText()).toBe(shown);
  expect(await barriers(observer)).toEqual([]);
  if (draws) {
    for (const language of languages) {
      await settingsOf(observer, language);
      await observer.locator('.br-pair-proof summary').click();
      await observer.getByRole('textbox').first().fill(code);
      await shoot(observer, language, 'connect-screen');
    }
  }
  await observer.getByLabel('Code').fill('AAAA AAAA');
  await observer.getByRole('button', { name: 'Connect' }).click();
  await observer.getByText('This code is not known.').waitFor();
  await observer.getByLabel('Code').fill(code.toLowerCase().replace('-', ' '));
  await observer.getByLabel('Name of this screen').fill('Prosecutor’s tablet');
  await observer.keyboard.press('Enter');
  await observer.getByText('The interview has not begun').waitFor();
  await officer.getByText('Prosecutor’s tablet').waitFor({ timeout: 30_000 });
  await officer.locator('.br-offer-code').waitFor({ state: 'detached' });
  if (draws) await shoot(officer, 'en', 'observers-connected');

  // It watches; a reload brings it back.
  await screens.begin();
  await until('both pictures play', async () => (await picturesPlaying(observer)) === 2, {
    withinMs: 120_000,
    everyMs: 300,
  });
  await observer.reload();
  await until('they play again', async () => (await picturesPlaying(observer)) === 2, {
    withinMs: 120_000,
    everyMs: 300,
  });

  // One screen is sent away, from the desk; its dialog went with the beginning.
  await officer.getByRole('button', { name: /^Observers/ }).click();
  await officer.getByRole('button', { name: 'Disconnect: Prosecutor’s tablet' }).click();
  await observer.getByText('This screen is not connected any more').waitFor();
  await observer.getByRole('button', { name: 'Type a new code' }).click();
  await observer.getByLabel('Code').waitFor();
  expect(screens.wrong).toEqual([]);
});
