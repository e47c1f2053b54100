import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { instantAt, wallTime } from '../../src/shared/domain/zoneTime.ts';
import { barriers, draw, draws, settingsOf, shoot } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';
import { simulatedChoices } from '../support/testCases.ts';

const LONG = { timeout: 90_000 };
const ALMATY = 'Asia/Almaty';

let screens: OpenScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

it('an officer plans from the calendar, answers to the rules and to the child before, and moves a plan that is in the way', {
  timeout: 600_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await openScreens();
  const { people, room, running, wrong } = screens;
  const { origin } = running;
  const sources = simulatedChoices('room', 'mic1');
  await people.seats.administrator.client.rooms.save({ id: null, name: 'Room 2', sources });
  const { client } = people.seats.investigator;
  const opened = await client.cases.create({ number: '247500031000417', court: 'Juvenile court' });
  const identity = { surname: 'Нұрланова', givenName: 'Айша', birthDate: '2017-03-14', iin: null };
  const child = await client.cases.addChild({ caseId: opened.id, status: 'victim', identity });

  const page = await screens.seat('investigator', '/', { timezoneId: ALMATY });
  await page.getByRole('link', { name: 'Calendar', exact: true }).click(LONG);
  await page.getByRole('button', { name: 'Later' }).click(LONG);
  const place = (time: string, of = 'Room 1') =>
    page.getByRole('button', { name: `${of}, ${time}: free, plan an interview here` });
  // By the keyboard alone: from the first free place down and across, and Enter.
  await place('08:00').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Which child is to be interviewed').click();
  await page.getByRole('option').first().click();
  await dialog.getByRole('button', { name: 'Go on to the plan' }).click();

  // Whom the rules ask for stands there already; without them a reason is asked for.
  const seat = page.locator('[data-seat=teacher-or-psychologist-under-14]');
  await seat.getByText('planned', { exact: true }).waitFor(LONG);
  await page.getByRole('button', { name: 'Remove Psychologist' }).click();
  await page.getByRole('button', { name: 'Plan the interview' }).click();
  await seat.getByText('Please write at least ten letters.').waitFor();
  await seat.getByText('By which rule').click();
  await seat.getByText(/Art\. 215/).waitFor();
  expect(await barriers(page)).toEqual([]);
  const come = async (on: Page) => {
    await on.locator('[data-seat]').first().waitFor(LONG);
    await on
      .locator('[data-seat]')
      .first()
      .evaluate((one) => one.scrollIntoView({ block: 'center' }));
  };
  await draw(page, 'plan-people', { come });
  // Begun anew, the plan has them again.
  await page.reload();
  await seat.getByText('planned', { exact: true }).waitFor(LONG);
  await page.getByLabel('Name', { exact: true }).fill('Demo psychologist');
  await page.getByRole('button', { name: 'Plan the interview' }).click();
  await page.locator('.br-next').getByText('Go to the interview').waitFor(LONG);
  const [plan] = await client.interviews.list();
  expect(plan?.room.id).toBe(room);
  const tomorrow = wallTime(new Date(Date.now() + 86_400_000), ALMATY).date;
  expect(plan?.plannedAt).toBe(instantAt({ date: tomorrow, time: '08:30' }, ALMATY)?.toISOString());

  // Another record of the same child, written otherwise: who it is comes first.
  const other = await client.cases.create({ number: '247500031000418', court: 'Juvenile court' });
  const latin = { ...identity, surname: 'Nurlanova', givenName: 'Aisha' };
  const again = await client.cases.addChild({ caseId: other.id, status: 'witness', identity: latin });
  await page.goto(`${origin}/cases/${other.id}/plan?child=${again.id}&room=${room}&at=${plan?.plannedAt}`);
  await page.getByText('Is it the same child?').waitFor(LONG);
  expect(await page.getByRole('button', { name: 'Plan the interview' }).isDisabled()).toBe(true);
  await draw(page, 'plan-perhaps', {
    come: async (on) => {
      await on.locator('.br-note-warn').first().waitFor(LONG);
    },
  });
  await page.getByRole('button', { name: 'The same child' }).click(LONG);
  await page.getByText(plan?.exhibit ?? '').waitFor(LONG);
  await page.getByLabel('Why must the child be asked again?').fill('New facts came to light yesterday');
  await page.getByLabel('By whose authority').fill('Ruling 12');
  await page.getByLabel('Name', { exact: true }).fill('Demo psychologist');
  await page.getByRole('button', { name: 'Plan the interview' }).click();
  // The room is taken then: the nearest free time is one press away.
  await page.locator('[data-code=ROOM_BUSY]').waitFor(LONG);
  await page.locator('.br-free button').first().click(LONG);
  await page.getByRole('button', { name: 'Plan the interview' }).click();
  await page.locator('.br-next').getByText('Go to the interview').waitFor(LONG);

  // The plan is changed: the people with it, their names sealed.
  await page.getByRole('link', { name: 'Change…' }).click(LONG);
  await page.locator('[data-seat]').first().waitFor(LONG);
  await draw(page, 'plan-change', { come });
  await page.getByRole('button', { name: 'Add: legal representative' }).click(LONG);
  await page.getByLabel('Name', { exact: true }).last().fill('Demo mother');
  await page.getByRole('button', { name: 'Keep the change' }).click();
  await page.getByText('The rules and this plan').waitFor(LONG);
  await draw(page, 'plan-notes', {
    come: async (on) => {
      await on.locator('.br-zone, .br-facts').first().waitFor(LONG);
    },
  });
  const changed = (await client.interviews.list()).find(({ caseId }) => caseId === other.id);
  expect(changed?.participants.map(({ capacity }) => capacity)).toEqual(['psychologist', 'legal-representative']);

  await page.goto(`${origin}/calendar?day=${tomorrow}`);
  await page.locator('a.br-calendar-block').nth(1).waitFor(LONG);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'calendar', {
    come: async (on) => {
      await on.locator('a.br-calendar-block').first().waitFor(LONG);
    },
  });
  await settingsOf(page, 'kk', 'dark');
  await page.locator('a.br-calendar-block').first().waitFor(LONG);
  expect(await barriers(page)).toEqual([]);
  await settingsOf(page, 'en');
  await page.getByText('Week', { exact: true }).click(LONG);
  await page.locator('a.br-calendar-block').first().waitFor(LONG);
  expect(await barriers(page)).toEqual([]);
  if (draws) await shoot(page, 'en', 'calendar-week');

  // The operator, whose machine is of another zone, sees that rooms are taken, by the hours of the rules.
  const desk = await screens.seat('operator', `/calendar?day=${tomorrow}`, { timezoneId: 'Europe/Berlin' });
  await desk.getByText('Times here are those of Asia/Almaty').waitFor(LONG);
  await desk.locator('.br-calendar-taken').filter({ hasText: '08:30–09:30' }).waitFor(LONG);
  expect(await desk.locator('a.br-calendar-block, .br-calendar-free').count()).toBe(0);
  expect(await desk.getByText(child.code).count()).toBe(0);
  expect(wrong).toEqual([]);
});
