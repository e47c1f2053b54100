import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { barriers, draw, draws, languages, settingsOf, shoot } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

const WAIT = { timeout: 60_000 };
const says = {
  break: 'Маған үзіліс керек',
  'not-understood': 'Түсінбей тұрмын',
  draw: 'Сурет салғым не көрсеткім келеді',
  'rather-not': 'Қазір айтқым келмейді',
} as const;
const atDesk = ['I need a break', 'I don’t understand', 'I want to draw or show', 'I don’t want to say that now'];

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

/** What the page played, by the length of the sound: every `<audio>` that was started, and loud or not. */
const listen = (page: Page) =>
  page.addInitScript(`window.played = []; const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () { if (!this.muted) window.played.push(this.src); return play.call(this); };`);
const played = (page: Page) => page.evaluate<string[]>('window.played');

it('a child says by four pictures what it wishes, is understood at the desk, and is never alarmed', {
  timeout: 600_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { interview, people, running, wrong } = screens;
  const { client } = people.seats.investigator;

  // The desk offers the tablet beside observers and interviewer.
  const desk = await screens.seat('investigator', `/interview/${interview.id}`);
  const offerTablet = async (page: Page) => {
    await page.getByRole('button', { name: /Observers…|Наблюдатели…|Бақылаушылар…/ }).click(WAIT);
    await page.getByText(/^(The child’s tablet|Планшет ребёнка|Баланың планшеті)$/).click();
    await page.locator('.br-observers-code button').last().click();
    await page.locator('.br-offer-code').waitFor();
  };
  await offerTablet(desk);
  expect(await barriers(desk)).toEqual([]);
  if (draws) await shoot(desk, 'en', 'tablet-offer');
  const code = await desk.locator('.br-offer-code').innerText();

  const tablet = await screens.stranger({ width: 1024, height: 768 });
  await listen(tablet);
  await tablet.goto(`${running.origin}/pair`);
  await tablet.getByRole('textbox').first().fill(code);
  await tablet.keyboard.press('Enter');
  await tablet.getByText('Сәлем! Жақында бастаймыз').waitFor(WAIT);
  expect(new URL(tablet.url()).pathname).toBe('/child');
  expect(await barriers(tablet)).toEqual([]);
  await desk.locator('.br-row', { hasText: 'Child’s tablet' }).waitFor(WAIT);
  if (draws) await shoot(tablet, 'kk', 'tablet-before');

  await screens.begin();
  const picture = (wish: keyof typeof says) => tablet.getByRole('button', { name: says[wish] });
  await picture('break').waitFor(WAIT);
  expect(await barriers(tablet)).toEqual([]);
  for (const size of [
    { width: 800, height: 600 },
    { width: 800, height: 1280 },
    { width: 1024, height: 768 },
  ]) {
    await tablet.setViewportSize(size);
    const boxes = await tablet
      .locator('.br-child-wish')
      .evaluateAll((all) =>
        all.map((one) => ({ over: one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1 })),
      );
    expect(boxes, `${size.width}`).toEqual(Array(4).fill({ over: false }));
  }

  const told = async () =>
    (await client.recording.view({ interview: interview.id })).timeline.flatMap((entry) => entry['wish'] ?? []);
  // Each picture, one by touch twice in haste and the others by keyboard; the way back leads nowhere.
  await picture('break').dblclick();
  for (const wish of ['break', 'not-understood', 'draw', 'rather-not'] as const) {
    // A busy machine may answer too late, and then the tablet has said to wait: it is pressed again, as a child would.
    await until(
      `${wish} is ringed`,
      async () => {
        await picture(wish).press('Enter');
        const ring = tablet.locator(`[data-wish=${wish}][data-told]`);
        return await ring.waitFor({ timeout: 5_000 }).then(
          () => true,
          () => false,
        );
      },
      { withinMs: 90_000, everyMs: 500 },
    );
  }
  await tablet.goBack();
  await picture('break').waitFor(WAIT);
  await desk.keyboard.press('Escape');
  for (const words of atDesk) await desk.getByText(`Child: ${words}`).waitFor(WAIT);
  expect([...new Set(await told())]).toEqual(['break', 'not-understood', 'draw', 'rather-not']);
  const interviewer = await screens.paired(running.station.http.screens.newCode('interviewer', interview.id));
  await interviewer.getByText('“I don’t want to say that now”').waitFor(WAIT);
  await interviewer.close();

  // The network goes: nothing changes, a press says to wait a moment, and is nowhere kept.
  await until('it spoke', async () => (await played(tablet)).length >= 4);
  const [spoken, kept] = [(await played(tablet)).length, (await told()).length];
  await tablet.context().setOffline(true);
  await tablet.waitForTimeout(3_500);
  await picture('draw').click();
  await until('it said to wait', async () => (await played(tablet)).length > spoken);
  expect(await tablet.locator('.br-child-wish').count()).toBe(4);
  expect(await tablet.locator('[data-told]').count()).toBe(0);
  expect(await tablet.locator('[role=status]').innerText()).toBe('Кішкене күте тұршы');
  await tablet.context().setOffline(false);
  expect(await told()).toHaveLength(kept);

  if (draws) {
    for (const language of languages) {
      // The words are the interview's language: it is changed under the tablet's eyes, for the pictures alone.
      await tablet.route('**/rpc/tablet/watch', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replace('"kk"', `"${language}"`) });
      });
      await tablet.setViewportSize({ width: 1024, height: 768 });
      await settingsOf(tablet, language, 'light');
      await tablet.locator('.br-child-wish').first().waitFor(WAIT);
      await shoot(tablet, language, 'tablet');
    }
    await settingsOf(tablet, 'en', 'dark');
    await tablet.locator('.br-child-wish').first().waitFor(WAIT);
    await shoot(tablet, 'en', 'tablet-dark');
    await tablet.setViewportSize({ width: 800, height: 1280 });
    await shoot(tablet, 'en', 'tablet-portrait');
    await tablet.setViewportSize({ width: 1024, height: 768 });
    await settingsOf(tablet, 'en', 'light');
  }
  await desk.close();
  expect((await client.recording.stop({ interview: interview.id, confirmed: true })).state).toBe('sealed');
  await tablet.locator('.br-child-calm[data-kind=goodbye]').waitFor(WAIT);
  if (draws) await shoot(tablet, 'en', 'tablet-after');

  // The administrator hears the voices, and puts one in place.
  const administrator = await screens.seat('administrator', '/rooms');
  await administrator.getByRole('heading', { name: 'The voice of the child’s tablet' }).waitFor(WAIT);
  expect(await barriers(administrator)).toEqual([]);
  const row = administrator.locator('.br-row', { hasText: 'I need a break' });
  const content = Buffer.from(`RIFF....WAVE${'.'.repeat(40)}`);
  await row.locator('input[type=file]').setInputFiles({ name: 'a.wav', mimeType: 'audio/wav', buffer: content });
  await row.getByText('A person’s voice', { exact: true }).waitFor(WAIT);
  await row.getByRole('button', { name: /^Back to/ }).click();
  await row.getByText('A machine’s voice', { exact: true }).waitFor(WAIT);
  await administrator.setViewportSize({ width: 1280, height: 1100 });
  await draw(administrator, 'tablet-voices', {
    come: async (page) => {
      await page.locator('.br-row input[type=file]').first().waitFor({ state: 'attached' });
    },
  });
  expect(wrong).toEqual([]);
});
