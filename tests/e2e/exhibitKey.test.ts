import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { jobResult } from '../../src/main/cli/seat.ts';
import { barriers, draw } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

/** The lawful end of a recording, as the two people see it who bring it about. */
let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

const WAIT = { timeout: 60_000 };

it('one asks, another destroys the key, and the page says what is left', { timeout: 600_000 }, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, wrong } = screens;
  const { exhibit } = interview;
  const { client } = people.seats.investigator;
  await screens.begin();
  await until(
    'some seconds are recorded',
    async () => ((await client.recording.view({ interview: interview.id })).elapsedMs ?? 0) >= 3_000,
    { withinMs: 120_000, everyMs: 200 },
  );
  await client.recording.stop({ interview: interview.id, confirmed: true });
  await client.archive.handOver({ exhibit });
  const { client: clerk } = people.seats.clerk;
  await jobResult(clerk, (await clerk.archive.accept({ exhibit })).job);

  const panel = (on: Page) => on.getByRole('region', { name: /End of this recording|Соңы|Конец|жазба/i }).last();
  const first = await screens.seat('clerk', `/exhibit/${exhibit}`);
  await first.getByRole('button', { name: 'Ask for the end…' }).click(WAIT);
  const dialog = first.getByRole('dialog');
  const ask = dialog.getByRole('button', { name: 'Ask', exact: true });
  expect(await ask.isDisabled()).toBe(true);
  await dialog.getByLabel('Reason and ruling').fill('Retention is over: ruling 12');
  await dialog.getByLabel(exhibit, { exact: false }).fill(`${exhibit}0`);
  expect(await ask.isDisabled()).toBe(true);
  await dialog.getByLabel(exhibit, { exact: false }).fill(exhibit);
  expect(await barriers(first)).toEqual([]);
  await ask.click();
  await first.getByText('Another key holder has to confirm', { exact: false }).waitFor(WAIT);
  await draw(first, 'key-end-asked', { come: (page) => panel(page).scrollIntoViewIfNeeded(WAIT) });

  const judge = (await clerk.accounts.people()).find(({ role }) => role === 'judge')?.id ?? '';
  const plannedAt = new Date().toISOString();
  const scheduled = { caseId: interview.caseId, number: '1', judge, plannedAt, exhibits: [exhibit] };
  const { id: hearing } = await clerk.hearings.schedule(scheduled);
  const second = await screens.seat('judge', `/exhibit/${exhibit}`);
  const destroy = async () => {
    await second.getByRole('button', { name: 'Destroy the key…' }).click(WAIT);
    await second.getByRole('dialog').getByLabel(exhibit, { exact: false }).fill(exhibit);
    await second.getByRole('dialog').getByRole('button', { name: 'Destroy the key' }).click();
  };
  // While a hearing still needs it, it stays; the page says so.
  await destroy();
  await second.getByRole('dialog').getByRole('alert').waitFor(WAIT);
  await second.keyboard.press('Escape');
  await people.seats.judge.client.hearings.open({ hearing });
  await people.seats.judge.client.hearings.close({ hearing });
  await destroy();
  await second.getByText('The key was destroyed').waitFor(WAIT);
  await draw(second, 'key-end-gone', { come: (page) => panel(page).scrollIntoViewIfNeeded(WAIT) });
  expect(wrong).toEqual([]);
});
