import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { barriers, draw, settingsOf, shoot } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

const part = (page: Page, section: string) => page.locator(`#preparation-${section}`);
/** The page at a part of the checklist, its pictures and words there. */
const at = (section: string) => async (page: Page) => {
  await part(page, 'framing').locator('img').first().waitFor();
  await part(page, section).evaluate((element) => element.scrollIntoView());
};

it('an officer prepares an interview from the screen alone, and it stands in the record', { timeout: 400_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, running } = screens;
  const page = await screens.seat('investigator', `/interview/${interview.id}`);
  await page.getByRole('link', { name: 'Open the checklist' }).click();
  await page.getByRole('heading', { name: 'Next: Room check' }).waitFor();

  // A still of each camera, looked at and kept.
  for (const name of ['Room view', 'Face view']) {
    const camera = part(page, 'framing').locator('figure', { hasText: name });
    await camera.getByRole('button', { name: 'Take a picture' }).click();
    await camera.getByRole('img', { name: `${name}: the picture to confirm` }).waitFor();
    await camera.getByRole('button', { name: 'This is right: keep it' }).click();
    await camera.getByRole('img', { name: `${name}: the confirmed picture` }).waitFor();
  }

  // Who came; the psychologist, whom the rules require, did not.
  const row = (name: string) => part(page, 'people').locator('li', { hasText: name });
  await row('Psychologist').getByText('did not come').click();
  await row('Prosecutor').getByText('is here').click();
  await part(page, 'people').getByText('required, and nobody is here').waitFor();
  await page.getByRole('heading', { name: 'Next: Who is here' }).waitFor();

  // The child; by keyboard, too.
  const child = part(page, 'child');
  await child.getByRole('textbox', { name: 'What the child likes to be called' }).fill('Little Falcon');
  await page.keyboard.press('Enter');
  await child.getByText('Sealed. It can be shown with the names.').waitFor();
  await child.getByRole('radiogroup', { name: 'Has the child eaten?' }).getByText('not asked').click();
  await child.getByRole('radiogroup', { name: 'Is the child tired?' }).getByText('yes').click();
  await child.locator('li', { hasText: 'Is the child tired?' }).getByRole('textbox').fill('slept badly');
  await page.keyboard.press('Enter');
  await until('the words are saved', async () => {
    const { entries } = await people.seats.investigator.client.preparation.get({ interview: interview.id });
    return entries.some(({ words }) => words === 'slept badly');
  });

  // Read aloud in the interview's language, filled in; names only after they were opened.
  const opening = part(page, 'opening');
  await opening.getByText('психолог').first().waitFor({ state: 'detached' });
  expect(await opening.innerText()).not.toContain('Demo prosecutor');
  await opening.getByRole('button', { name: 'Show names' }).click();
  await opening.getByText('прокурор Demo prosecutor').waitFor();
  expect(await opening.innerText()).not.toMatch(/\{\{|Demo psychologist/);
  await opening.getByRole('button', { name: 'Show large' }).click();
  await page.locator('.br-prep-largest', { hasText: 'прокурор Demo prosecutor' }).waitFor();
  await page.keyboard.press('Escape');
  await part(page, 'rights').getByRole('button', { name: 'Read aloud just now' }).first().click();
  await part(page, 'rights').getByText('Read aloud by').first().waitFor();
  await opening.getByRole('button', { name: 'Will be read in the recording' }).click();
  await opening.getByText('Is read aloud in the recording').waitFor();

  expect(await barriers(page)).toEqual([]);
  await draw(page, 'preparation', { come: async (one) => await part(one, 'framing').locator('img').first().waitFor() });
  await draw(page, 'preparation-people', { come: at('people') });
  await draw(page, 'preparation-child', { come: at('child') });
  await draw(page, 'preparation-rights', { come: at('rights') });
  await draw(page, 'preparation-opening', {
    come: async (one) => {
      await at('opening')(one);
      await part(one, 'opening').locator('.br-prep-acts button').first().click();
      await one.locator('.br-prep-largest').waitFor();
    },
  });
  await settingsOf(page, 'ru', 'dark');
  await at('room')(page);
  expect(await barriers(page)).toEqual([]);
  if (process.env['BIRRET_SCREENS'] === '1') await shoot(page, 'ru', 'preparation-dark');
  await settingsOf(page, 'en');

  // What the rules require and what is not there: the start asks for the reason, and for nothing else of the list.
  await page.goto(`${running.origin}/interview/${interview.id}`);
  await page.getByText(/\d+ of \d+ answered/).waitFor();
  await draw(page, 'interview-ready', { come: async (one) => await one.locator('.br-prep-panel').waitFor() });
  await page.getByText(/\d+ of \d+ answered/).waitFor();
  await page.getByRole('button', { name: 'Start recording' }).click();
  const asks = page.getByRole('dialog');
  await asks.getByRole('textbox', { name: /Teacher or psychologist: required/ }).fill('Fell ill this morning');
  await asks.getByRole('button', { name: 'Start without' }).click();
  // The begin has answered: the recording's own screen is there.
  await page.getByRole('button', { name: 'Stop and seal' }).waitFor({ timeout: 60_000 });
  const { client } = people.seats.investigator;
  await until('it is recorded', async () => {
    const view = await client.recording.view({ interview: interview.id });
    return view.interview.state === 'recording' && (view.elapsedMs ?? 0) > 1000;
  });
  expect((await client.recording.stop({ interview: interview.id, confirmed: true })).state).toBe('sealed');

  const folder = join(running.station.folder, 'targets', 'a', interview.exhibit);
  const record = EvidenceRecord.parse(JSON.parse(await readFile(join(folder, 'record.json'), 'utf8')));
  expect(record.attachments.map(({ file }) => file).toSorted()).toEqual([
    'attachments/preparation.json',
    'attachments/still-face.jpg',
    'attachments/still-room.jpg',
  ]);
  const psychologist = interview.participants.find(({ capacity }) => capacity === 'psychologist')?.code;
  expect(record.timeline).toContainEqual(
    expect.objectContaining({ type: 'roster', code: psychologist, present: false }),
  );
  expect(record.timeline).toContainEqual({
    ...{ at_ms: 0, type: 'note', label: 'preparation' },
    attachment: 'attachments/preparation.json',
  });
  expect(record.roster.map(({ role }) => role)).not.toContain('psychologist');
  expect(screens.wrong).toEqual([]);
});
