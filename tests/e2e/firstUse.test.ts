import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningStation } from '../../src/main/runStation.ts';
import { type Counted, countIn } from '../support/countedPage.ts';
import { type Hands, keyboardOf, pointer } from '../support/hands.ts';
import { browserAt, runWithScreens, type StationBrowser, whyNoScreens } from '../support/stationBrowser.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';
import { until } from '../support/until.ts';

const written = fileURLToPath(new URL('../../docs/first-use.md', import.meta.url));
const LONG = { timeout: 90_000 };

let folder: StationFolder;
let browser: StationBrowser | null = null;
let running: RunningStation | null = null;
beforeEach(async () => {
  folder = await newStationFolder();
});
afterEach(async () => {
  await browser?.close();
  await running?.stop();
  [browser, running] = [null, null];
  await folder.end();
});

/** A practice station as it stands when it is entered for the first time; null where there are no screens. */
async function firstScreen(): Promise<Page> {
  running = await runWithScreens(folder.path, { practice: true });
  browser = await browserAt(running);
  const page = await browser.desk('practice');
  page.setDefaultTimeout(LONG.timeout);
  await page.getByRole('heading', { name: 'Practise as…' }).waitFor();
  return page;
}

interface Walk {
  /** The steps of docs/first-use.md, by what its table calls them. */
  readonly steps: ReadonlyMap<string, () => Promise<void>>;
  /** Presses that only a machine that is too busy asked for. */
  readonly repeated: { presses: number };
}

function walk(page: Page, hands: Hands): Walk {
  const repeated = { presses: 0 };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const type = (text: string) => page.keyboard.type(text);
  const answer = async (question: string, said: string, place: number) => {
    const group = page.getByRole('radiogroup', { name: question, exact: true });
    await hands.choose(group, said, place);
    await group.getByRole('radio', { name: said, exact: true, checked: true }).waitFor({ state: 'attached' });
  };
  const steps = new Map([
    ['enter', () => hands.press(button('Investigator'))],
    [
      'case',
      async () => {
        await hands.press(link('Plan an interview'));
        await hands.press(button('New case'));
        await focusIn(page, 'Case number');
        await type('7512-26-00-2/418');
        await page.keyboard.press('Enter');
      },
    ],
    [
      'child',
      async () => {
        await hands.press(button('Add a child'));
        await focusIn(page, 'Surname');
        await type('Practice');
        await page.keyboard.press('Tab');
        await type('Child');
        await page.keyboard.press('Tab');
        await type('03.05.2017');
        // The little calendar closes, and the dialog with all that was typed does not.
        await page.keyboard.press('Escape');
        await hands.press(button('Seal and add'));
      },
    ],
    [
      'plan',
      async () => {
        await hands.press(link('Plan an interview').first());
        await hands.into(page.getByRole('group', { name: 'Psychologist' }).getByLabel('Name'));
        await type('Practice psychologist');
        await hands.press(button('Plan the interview'));
      },
    ],
    [
      'room',
      async () => {
        await hands.press(link('Go to the interview'));
        await hands.press(link('Open the checklist'));
        await hands.press(link('Check the room now'));
        await hands.press(button('Check the room'));
        const onwards = link('To the checklist').nth(1);
        await onwards.waitFor();
        // A machine that is too busy finds a fault in its practice room: then one checks again, as the screen says.
        while (await page.getByRole('heading', { name: 'would not record' }).isVisible()) {
          repeated.presses += 1;
          await hands.press(button('Check again'));
          await onwards.waitFor({ state: 'detached' });
          await onwards.waitFor();
        }
        await hands.press(onwards);
      },
    ],
    [
      'people and child',
      async () => {
        await page.getByRole('heading', { name: 'Next: Who is here' }).waitFor();
        await answer('Psychologist', 'is here', 0);
        await hands.press(button('not asked'));
        await answer('Is the child tired?', 'no', 1);
        await answer('Has the child eaten?', 'yes', 0);
        await answer('Has the child taken medication?', 'no', 1);
        await answer('Is the child afraid of something?', 'no', 1);
        for (const need of ['Help with the language', 'Disability', 'Aids: glasses, hearing aid, wheelchair']) {
          await answer(need, 'none', 0);
        }
      },
    ],
    [
      'rights',
      async () => {
        const aloud = button('Read aloud just now');
        await aloud.first().waitFor();
        for (let left = await aloud.count(); left > 1; left -= 1) {
          await hands.press(aloud.first());
          await until('it was read', async () => (await aloud.count()) < left, { withinMs: LONG.timeout });
        }
        await hands.press(button('Will be read in the recording'));
      },
    ],
    [
      'pictures',
      async () => {
        await hands.press(button('Next: Pictures'));
        await hands.press(button('Prepare the room'));
        for (const camera of ['Room view', 'Face view']) {
          const figure = page.getByRole('figure').filter({ hasText: camera });
          await hands.press(figure.getByRole('button', { name: 'Take a picture' }));
          await hands.press(figure.getByRole('button', { name: 'This is right: keep it' }));
          await figure.getByText('Confirmed:').waitFor();
        }
      },
    ],
    [
      'record',
      async () => {
        await page.getByRole('heading', { name: 'Everything is prepared' }).waitFor();
        await hands.press(
          page.getByRole('navigation', { name: 'Checklist' }).getByRole('link', { name: 'To the interview' }),
        );
        await page.getByRole('heading', { name: 'Ready to record' }).waitFor();
        await hands.press(button('Start recording'));
        // It asks before it begins without a camera that such a machine has left behind.
        await button('Stop and seal…').or(button('Start without it')).first().waitFor();
        if (await button('Start without it').isVisible()) {
          repeated.presses += 1;
          await hands.press(button('Start without it'));
        }
        await button('Stop and seal…').waitFor();
        await page.keyboard.press('m');
        await page.keyboard.press('n');
        await until(
          'some seconds are recorded',
          async () => /00:00:0[3-9]|00:00:[1-9]/.test(await page.innerText('main')),
          {
            withinMs: LONG.timeout,
          },
        );
      },
    ],
    [
      'stop',
      async () => {
        await hands.press(button('Stop and seal…'));
        await hands.press(button('Stop and seal'));
        await page.getByRole('heading', { name: 'Sealed' }).waitFor();
      },
    ],
    [
      'play back',
      async () => {
        await page.getByText('is not evidence').waitFor();
        await page.getByText('practice-').first().waitFor();
        await hands.press(link('Play it back'));
        await hands.press(page.getByRole('button', { name: /^Play/ }));
        await until('it plays', async () => /00:00:0[1-9]\s*\/ 00:/.test(await page.innerText('main')), {
          withinMs: LONG.timeout,
        });
      },
    ],
  ]);
  return { steps, repeated };
}

it('is walked with no more clicks and fields than the document says', { timeout: 600_000 }, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  const said = await saidIn(written);
  const page = await firstScreen();
  const count = await countIn(page);
  const { steps, repeated } = walk(page, pointer);
  expect([...said.keys()]).toEqual([...steps.keys()]);
  let before = await count();
  for (const [name, step] of steps) {
    await step();
    const now = await count();
    const needed = { clicks: now.clicks - before.clicks - repeated.presses, fields: now.fields - before.fields };
    repeated.presses = 0;
    expect({ step: name, ...needed }).toEqual({ step: name, ...said.get(name) });
    before = now;
  }
  expect(browser?.wrong).toEqual([]);
});

it('is walked by the keyboard alone', { timeout: 600_000 }, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  const page = await firstScreen();
  const count = await countIn(page);
  for (const [name, step] of walk(page, keyboardOf(page)).steps) {
    await step().catch((error: unknown) => {
      throw new Error(`at ${name}: ${page.url()}`, { cause: error });
    });
  }
  expect((await count()).clicks).toBe(0);
  expect(browser?.wrong).toEqual([]);
});

async function focusIn(page: Page, label: string): Promise<void> {
  const field = page.getByRole('dialog').getByLabel(label, { exact: true });
  await until(`the focus is in ${label}`, async () => (await field.and(page.locator(':focus')).count()) > 0, {
    withinMs: LONG.timeout,
  });
}

/** What the document's table says of each step; the sum that it gives is the sum. */
async function saidIn(path: string): Promise<ReadonlyMap<string, Counted>> {
  const rows = (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.includes('---'));
  const said = new Map<string, Counted>();
  for (const row of rows.slice(1)) {
    const cells = row.split('|').map((cell) => cell.replaceAll('*', '').trim());
    said.set(cells[1] ?? '', { clicks: Number(cells[4]), fields: Number(cells[5]) });
  }
  const all = said.get('all');
  said.delete('all');
  const sum = (of: keyof Counted) => [...said.values()].reduce((total, one) => total + one[of], 0);
  expect(all).toEqual({ clicks: sum('clicks'), fields: sum('fields') });
  return said;
}
