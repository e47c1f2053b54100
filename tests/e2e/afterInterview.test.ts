import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { barriers, draw } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

/** Starting with one disk, a recording that is cut off, going on from it, and a seal that waits: what the officer is asked. */
let screens: LiveScreens | null = null;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-after-'));
});
afterEach(async () => {
  await screens?.end();
  screens = null;
  await rm(folder, { recursive: true, force: true });
});
/** This machine may be busy: how long a thing takes is not what is asked here. */
const WAIT = { timeout: 150_000 };

it('starts on one disk if it is told to, and goes on with the child after a fault', { timeout: 900_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens({ targets: [join(folder, 'recordings')] });
  const { people, interview, wrong } = screens;
  const { client } = people.seats.investigator;
  const page = await screens.seat('investigator', `/interview/${interview.id}`);
  const dialog = page.getByRole('dialog');
  const start = page.getByRole('button', { name: 'Start recording' });

  /** A source that a busy machine has kept from sending is asked about first: that is not what this is about. */
  const ask = async () => {
    await until('it is asked about the one disk', async () => {
      if ((await dialog.count()) === 0) await start.click();
      await dialog.waitFor(WAIT);
      if (await dialog.getByText('Record to one disk only?').isVisible()) return true;
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      return false;
    });
  };

  // One disk: asked once more. Enter by habit and Escape start nothing.
  await page.getByText('Only one disk').waitFor(WAIT);
  for (const key of ['Enter', 'Escape'] as const) {
    await ask();
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Cancel');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press(key);
    await dialog.waitFor({ state: 'detached' });
  }
  await draw(page, 'confirm-one-disk', {
    come: async (again) => {
      await again.locator('.br-tile img').first().waitFor(WAIT);
      await again.locator('.br-room-card .br-chip').first().waitFor();
      await again.locator('.br-lights [data-light=good]').nth(3).waitFor(WAIT);
      await again.locator('.br-room-card .br-form button').first().click();
      await again.getByRole('dialog').waitFor();
    },
  });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect((await client.recording.view({ interview: interview.id })).interview.state).toBe('ready');
  await ask();
  await dialog.getByRole('button', { name: 'Record to one disk' }).click();
  await page.locator('.br-keeping').getByText('Recording to one disk').waitFor(WAIT);

  // The recorder dies with everything that it started.
  const { recorder } = await client.recording.view({ interview: interview.id });
  if (recorder === null) throw new Error('nothing is recorded');
  for (const pid of [recorder.pid, ...recorder.sources.map((source) => source.pid)]) {
    if (pid !== null) process.kill(pid, 'SIGKILL');
  }
  await page.getByRole('heading', { name: 'The recording was cut off and is secured' }).waitFor(WAIT);
  expect(await barriers(page)).toEqual([]);
  const goOn = page.getByRole('button', { name: 'Go on with the interview' });
  await goOn.waitFor();
  await draw(page, 'interview-secured', {
    come: (again) => again.locator('.br-interview-page .br-next').waitFor(WAIT),
  });

  // The child first: it goes on at once; the seal follows.
  await goOn.click();
  await page.getByRole('button', { name: 'Prepare the room' }).waitFor(WAIT);
  expect(page.url()).not.toContain(interview.id);
  await page.goBack();
  await page.getByRole('link', { name: 'To the interview that goes on from this one' }).waitFor(WAIT);
  await draw(page, 'interview-secured-gone-on', {
    come: (again) => again.locator('.br-interview-page .br-next').waitFor(WAIT),
  });
  await page.getByRole('button', { name: 'Recover and seal' }).click();
  await page.locator('.br-seal').waitFor(WAIT);
  await page.getByText('Recovered after a fault; the record says what was lost.').waitFor();
  await page.getByRole('link', { name: 'To the interview that goes on from this one' }).waitFor();
  await draw(page, 'interview-recovered', { come: (again) => again.locator('.br-seal').waitFor(WAIT) });

  // A seal that waits. Which key is missing is put into the station's mouth; the state is told by the same stream.
  const view = await client.recording.view({ interview: interview.id });
  const ended = { ...view, interview: { ...view.interview, state: 'ended' } };
  await page.route('**/rpc/recording/live', async (route) => {
    const body = `event: message\ndata: ${JSON.stringify({ json: ended })}\n\n`;
    await route.fulfill({ status: 200, contentType: 'text/event-stream', body });
  });
  await page.route('**/rpc/recording/seal', async (route) => {
    await route.fulfill({ json: { json: { state: 'ended', waitsFor: 'station-keys' } } });
  });
  const seal = async (again: Page) => {
    await again.locator('.br-next button').click();
    await again.locator('.br-interview-page .br-note[role=status]').waitFor(WAIT);
  };
  await page.reload();
  await page.getByRole('heading', { name: 'The recording is over and safe' }).waitFor(WAIT);
  await seal(page);
  await page.getByText(/The seal waits for the station’s keys/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'interview-ended', { come: seal });
  expect(wrong).toEqual([]);
});
