import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { barriers, draw } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

const SOON = { timeout: 120_000 };
/** Two pages that decode pictures starve a small machine; none of this is about them. */
const media = '**/media/live/**';
const withoutPictures = (page: Page) => page.route(media, (route) => route.abort());

it('observers ask before the button; a name is warned of while it is typed; what ended takes papers until its seal', {
  timeout: 600_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, running } = screens;
  const { client } = people.seats.investigator;
  const id = interview.id;

  // The room is ready and nothing is recorded: the observers' screen takes questions already.
  const observers = await screens.paired((await client.observers.admit({ interview: id })).code);
  await withoutPictures(observers);
  await observers.getByRole('heading', { name: 'The interview has not begun' }).waitFor(SOON);
  await observers.getByLabel('Who asks').selectOption({ label: 'Prosecutor' }, SOON);
  const words = observers.getByLabel('Question', { exact: true });
  await words.fill('Who was there before?');
  await observers.getByRole('button', { name: 'Send the question' }).click();
  await observers.locator('.br-question[data-state=sent]', { hasText: 'Who was there before?' }).waitFor(SOON);
  const [sent] = (await client.questions.list({ interview: id })).questions;
  expect(sent).toMatchObject({ text: 'Who was there before?', sentMs: null });
  expect(await barriers(observers)).toEqual([]);
  await draw(observers, 'observers-before', {
    come: (page) => page.locator('.br-question').first().waitFor(SOON),
  });

  // What is being typed when the button is pressed stays.
  await words.fill('And who came la');
  await screens.begin();
  await observers.getByRole('timer').waitFor(SOON);
  expect(await words.inputValue()).toBe('And who came la');

  // The child is called Demo: in what others read that is warned of, in one's own notes it is not.
  const desk = await screens.seat('investigator', `/interview/${id}`);
  await withoutPictures(desk);
  const warning = desk.getByText('This seems to hold the name of a child of this case');
  await desk.getByRole('button', { name: /^Note/ }).click(SOON);
  await desk.getByLabel('Note', { exact: true }).fill('Demo is tired');
  await warning.waitFor(SOON);
  expect(await barriers(desk)).toEqual([]);
  await desk.getByText('Only for me').click();
  await warning.waitFor({ state: 'detached', ...SOON });
  await desk.keyboard.press('Escape');
  await desk.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.getByRole('button', { name: 'Break', exact: true }).click();
  await desk.getByLabel('Why', { exact: true }).fill('Demo wants a drink');
  await warning.waitFor(SOON);
  await desk.keyboard.press('Escape');

  // Ended while the officer has no certificate, it waits for its seal, and takes a drawing meanwhile.
  const certificate = certificateOf(running.station.folder);
  certificate.take();
  const stopped = await client.recording.stop({ interview: id, confirmed: true });
  expect(stopped).toMatchObject({ state: 'ended', waitsFor: 'certificate' });
  certificate.giveBack();
  await desk.getByRole('button', { name: 'Keep a file…' }).click(SOON);
  const dialog = desk.getByRole('dialog');
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'house.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
  await dialog.getByLabel('Title').fill('Drawing of the house by Demo');
  await warning.waitFor(SOON);
  await dialog.getByLabel('Title').fill('Drawing of the house');
  await warning.waitFor({ state: 'detached', ...SOON });
  await dialog.getByRole('button', { name: 'Keep the file' }).click();
  await desk.getByText('Drawing of the house').waitFor(SOON);
  expect(await barriers(desk)).toEqual([]);
  await draw(desk, 'interview-ended-papers', { whole: true, come: (page) => page.locator('.br-copies').waitFor(SOON) });
  await desk.getByRole('button', { name: 'Seal it now' }).click();
  await desk.locator('.br-copies').waitFor({ state: 'detached', ...SOON });
  const record = EvidenceRecord.parse(
    JSON.parse(readFileSync(join(running.station.folder, 'targets/a', interview.exhibit, 'record.json'), 'utf8')),
  );
  expect(record.attachments.map(({ title }) => title)).toContain('Drawing of the house');
  expect(screens.wrong).toEqual([]);
});

/** The officer's certificate, taken out of the station's file for a while. */
function certificateOf(folder: string) {
  const db = new BetterSqlite3(join(folder, 'station.db'));
  const of = "role = 'investigator'";
  const held = db.prepare(`SELECT certificate FROM accounts WHERE ${of}`).pluck().get();
  const set = db.prepare(`UPDATE accounts SET certificate = ? WHERE ${of}`);
  return {
    take: () => set.run(null),
    giveBack: () => {
      set.run(held);
      db.close();
    },
  };
}
