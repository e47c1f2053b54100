import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { planNow } from '../../src/main/cli/journey.ts';
import { questionsOf } from '../../src/shared/domain/questions.ts';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { barriers, draw, draws } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

const SOON = { timeout: 120_000 };
const line = (page: Page, text: string) => page.locator('.br-question', { hasText: text });
/** Three screens that all decode two pictures starve a small machine; how they play is another test's (live.test.ts). */
const media = '**/media/live/**';
const withoutPictures = (page: Page) => page.route(media, (route) => route.abort());
const ask = async (page: Page, text: string) => {
  await page.getByLabel('Question', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send the question' }).click();
};

it('questions go from the observation room to the desk and into the record, whatever the network does', {
  timeout: 600_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, running } = screens;
  const { client } = people.seats.investigator;
  const id = interview.id;
  const admitted = async () => {
    const page = await screens?.paired((await client.observers.admit({ interview: id })).code);
    if (page === undefined) throw new Error('no screens');
    await withoutPictures(page);
    return page;
  };
  const brought = { id: 'brought', text: 'What happened at school?', by: 'defence', letter: '4/17' } as const;
  await client.questions.send({ ...brought, interview: id, priority: 'normal' });
  const codeOf = (wanted: string) => interview.participants.find(({ capacity }) => capacity === wanted)?.code ?? '';
  const prosecutor = codeOf('prosecutor');
  await screens.begin();

  // One asks, the desk accepts by one key; both observers see it at once.
  const [one, other] = [await admitted(), await admitted()];
  await one.getByLabel('Who asks').selectOption({ label: 'Prosecutor' }, SOON);
  await ask(one, 'Who was in the room?');
  await line(other, 'Who was in the room?').getByText('waits').waitFor(SOON);
  const desk = await screens.seat('investigator', `/interview/${id}`);
  await withoutPictures(desk);
  await desk.getByRole('tab', { name: /2 questions wait/ }).click(SOON);
  await desk.getByRole('tabpanel', { name: /Questions/ }).waitFor();
  await desk.keyboard.press('k');
  await line(one, 'What happened at school?').getByText('will be asked').waitFor(SOON);
  // The desk has seen its own answer before the next key.
  await line(desk, 'What happened at school?')
    .getByRole('button', { name: /^Asked/ })
    .waitFor(SOON);
  await desk.keyboard.press('a');
  await line(other, 'What happened at school?').getByText('asked', { exact: true }).waitFor(SOON);

  // Too long is not sent; markup is characters.
  await other.getByLabel('Who asks').selectOption({ label: 'Defence lawyer' });
  await other.getByLabel('Question', { exact: true }).fill('x'.repeat(10_000));
  await other.getByText('10000 characters; at most 500 can be sent').waitFor();
  expect(await other.getByRole('button', { name: 'Send the question' }).isDisabled()).toBe(true);
  await ask(other, '<b id="bent">Bold?</b>');
  await line(desk, '<b id="bent">Bold?</b>').waitFor(SOON);
  expect(await desk.locator('#bent').count()).toBe(0);
  await line(desk, 'Bold?').getByRole('button', { name: 'Decline…' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Leading' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Decline', exact: true }).click();
  await line(other, 'Bold?').getByText('Reason: Leading').waitFor(SOON);

  // The station hears the question and the answer is lost; then the page is loaded anew. It is one question.
  let heard = 0;
  await one.route('**/rpc/questions/send', async (route) => {
    heard += 1;
    if (heard > 1) return await route.abort();
    await route.fetch();
    await route.abort();
  });
  await ask(one, 'Did anybody else know?');
  // The station has it and says so in the list: nothing is told of as unsent, and it is sent again until it is answered.
  await line(one, 'Did anybody else know?').getByText('waits').waitFor(SOON);
  await one.reload({ waitUntil: 'commit' });
  await line(one, 'Did anybody else know?').getByText('waits').waitFor(SOON);
  await until('it is sent again', () => heard > 1, { withinMs: 120_000, everyMs: 100 });
  expect(await one.getByText(/not sent yet/).count()).toBe(0);
  const answered = one.waitForResponse((response) => response.url().includes('/rpc/questions/send'), SOON);
  await one.unroute('**/rpc/questions/send');
  expect((await answered).ok()).toBe(true);
  expect(await line(one, 'Did anybody else know?').count()).toBe(1);
  expect(await one.getByLabel('Who asks').inputValue()).toBe(prosecutor);

  // Without a network: it says so, misses nothing, and comes back by itself.
  await one.context().setOffline(true);
  await one.getByText('No connection. This list may be old').waitFor(SOON);
  await ask(one, 'When was that?');
  await one.getByText('1 question is not sent yet').waitFor(SOON);
  await client.questions.send({ ...brought, id: 'later', text: 'Where was that?', interview: id, priority: 'high' });
  await one.context().setOffline(false);
  await line(one, 'Where was that?').waitFor(SOON);
  await line(other, 'When was that?').waitFor(SOON);
  expect(await line(other, 'When was that?').count()).toBe(1);
  await one.getByText(/not sent yet/).waitFor({ state: 'detached', timeout: 120_000 });

  expect(await barriers(one)).toEqual([]);
  expect(await barriers(desk)).toEqual([]);
  if (draws) await pictures(one, desk);

  // Before the stop, what has no answer is left with a reason.
  await desk.bringToFront();
  await desk.getByRole('button', { name: /^Stop/ }).click();
  await desk.getByRole('heading', { name: '4 questions have no answer' }).waitFor(SOON);
  await desk.getByRole('dialog').getByRole('button', { name: 'No time was left' }).click();
  await desk.getByRole('heading', { name: /no answer/ }).waitFor({ state: 'detached', timeout: 120_000 });
  expect((await client.recording.stop({ interview: id, confirmed: true })).state).toBe('sealed');
  await one.getByText('The interview is over').waitFor(SOON);
  const record = EvidenceRecord.parse(
    JSON.parse(readFileSync(join(running.station.folder, 'targets/a', interview.exhibit, 'record.json'), 'utf8')),
  );
  const asked = questionsOf(record.timeline);
  expect(asked.map(({ text, by, state, reason }) => [text, by, state, reason])).toEqual([
    ['What happened at school?', 'defence', 'asked', null],
    ['Who was in the room?', prosecutor, 'not-asked', 'no-time'],
    ['<b id="bent">Bold?</b>', codeOf('defence'), 'declined', 'leading'],
    ['Did anybody else know?', prosecutor, 'not-asked', 'no-time'],
    ['Where was that?', 'defence', 'not-asked', 'no-time'],
    ['When was that?', prosecutor, 'not-asked', 'no-time'],
  ]);
  expect(screens.wrong).toEqual([]);
});

/** The observers' screen, the desk with its inbox, the planned interview's list. */
async function pictures(observers: Page, desk: Page): Promise<void> {
  if (screens === null) return;
  const officer = screens.people.seats.investigator;
  for (const page of [observers, desk]) await page.unroute(media);
  await draw(observers, 'observers-questions', { come: (page) => page.locator('.br-question').first().waitFor(SOON) });
  await observers.setViewportSize({ width: 1024, height: 768 });
  await draw(observers, 'observers-questions-tablet', {
    come: (page) => page.locator('.br-question').first().waitFor(SOON),
  });
  const toInbox = async (page: Page) => {
    await page.getByRole('tab').nth(1).click(SOON);
    await page.locator('.br-question').first().waitFor(SOON);
  };
  await draw(desk, 'interview-questions', { come: toInbox });
  await toInbox(desk);
  const [room] = await officer.client.interviews.list();
  if (room === undefined) throw new Error('no interview');
  const next = await planNow(officer, room.room.id, 30, new Date(Date.now() + 86_400_000));
  for (const [id, text] of [
    ['a', 'Кто был в комнате, когда это случилось?'],
    ['b', 'Он тебя ударил, да?'],
    ['c', 'Have you told anybody else about it before today?'],
  ] as const) {
    await officer.client.questions.send({
      ...{ interview: next.id, id, text, by: 'prosecutor', letter: '4/17', priority: 'normal' },
    });
  }
  const decided = { interview: next.id, step: 0 };
  await officer.client.questions.decide({ to: 'accepted', question: 'a', ...decided });
  await officer.client.questions.decide({ to: 'reworded', question: 'b', ...decided, wording: 'Что он сделал?' });
  const page = await screens.seat('investigator', `/interview/${next.id}`);
  await draw(page, 'interview-questions-before', {
    come: async (there) => {
      await there.locator('.br-question').first().waitFor(SOON);
      await there.locator('.br-question').first().scrollIntoViewIfNeeded();
    },
  });
  await page.close();
}
