import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { draw } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

let screens: OpenScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

/** Draws it where this stands on it; `key` is pressed before, to come to a place that shows something. */
const drawn = (page: Page, name: string, ready: string, key?: string): Promise<void> =>
  draw(page, name, {
    come: async (on) => {
      await on.locator(ready).first().waitFor();
      if (key === undefined) return;
      await on.waitForTimeout(1200);
      await on.keyboard.press(key);
    },
  });

/** Where every track of the page stands, in seconds. */
function places(page: Page): Promise<number[]> {
  return page.evaluate<number[]>('[...document.querySelectorAll("video, audio")].map((one) => one.currentTime)');
}

it('is recorded and sealed by one, accepted by another, and replayed by the judge', { timeout: 600_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await openScreens();
  const { people, wrong } = screens;

  // The investigator opens a case, adds the child, plans.
  const officer = await screens.seat('investigator', '/cases');
  await officer.getByRole('button', { name: 'New case' }).click();
  await officer.getByLabel('Case number').fill('247500031000417');
  await officer.getByRole('button', { name: 'Open the case' }).click();
  await officer.locator('.br-next').getByText('Add a child').click();
  const child = officer.getByRole('dialog');
  await child.getByLabel('Surname').fill('Demo');
  await child.getByLabel('Given name').fill('Child');
  await child.getByLabel('Birth date').fill('14.03.2017');
  await child.getByLabel('Birth date').press('Tab');
  await child.getByRole('button', { name: 'Seal and add' }).click();
  await officer.locator('.br-next').getByText('Plan an interview', { exact: true }).click();
  await officer.getByText('This child has not been interviewed at this station').waitFor();
  await officer.getByLabel('Name', { exact: true }).fill('Demo psychologist');
  await drawn(officer, 'plan', 'form');
  await officer.getByLabel('Name', { exact: true }).fill('Demo psychologist');
  await officer.getByRole('button', { name: 'Plan the interview' }).click();
  await officer.locator('.br-next').getByText('Go to the interview').waitFor();
  const [plan] = await people.seats.investigator.client.interviews.list();
  if (plan === undefined) throw new Error('nothing was planned');
  expect(plan.child.ageYears).toBe(9);

  // Then prepares, records, marks by key, stops and seals.
  await officer.locator('.br-next').getByText('Go to the interview').click();
  await drawn(officer, 'interview-planned', '.br-next');
  await officer.getByRole('button', { name: 'Prepare the room' }).click();
  await officer.locator('.br-tile img').first().waitFor({ timeout: 60_000 });
  await drawn(officer, 'interview-ready', '.br-tile img');
  await officer.getByRole('button', { name: 'Start recording' }).click();
  // A new station's two folders lie side by side, mostly on one disk; the screen says which it is.
  await officer.getByText(/^Recording (to both disks|twice, but on one disk)$/).waitFor({ timeout: 60_000 });
  const began = performance.now();
  await officer.keyboard.press('KeyN');
  await officer.getByText('Phase: Introduction').waitFor();
  await until('half of the recording', () => performance.now() - began > 5000);
  await officer.keyboard.press('KeyM');
  await officer.getByText('Marker 1').waitFor();
  await drawn(officer, 'interview-recording', '.br-room-foot');
  await until('the recording is long enough', () => performance.now() - began > 10_000);
  await officer.getByRole('button', { name: 'Stop and seal…' }).click();
  const asks = officer.getByRole('dialog');
  // Enter by habit must not end a recording.
  expect(await officer.evaluate<string>('document.activeElement.textContent')).toBe('Go on recording');
  await asks.getByRole('button', { name: 'Stop and seal' }).click();
  await officer.locator('.br-seal').waitFor({ timeout: 60_000 });
  await drawn(officer, 'interview-sealed', '.br-seal');
  await officer.getByRole('button', { name: 'Hand over to the archive' }).click();
  await officer.getByText('Offered to the archive').first().waitFor();

  // The clerk verifies and accepts, and schedules.
  const clerk = await screens.seat('clerk', '/archive');
  await drawn(clerk, 'archive', '.br-archive-tools');
  await clerk.getByRole('link', { name: plan.exhibit }).click();
  await clerk.getByRole('button', { name: 'Verify and accept' }).click();
  await clerk.locator('.br-receipt').waitFor({ timeout: 60_000 });
  await drawn(clerk, 'exhibit', '.br-receipt');
  const judges = await people.seats.clerk.client.accounts.people();
  const hearing = await people.seats.clerk.client.hearings.schedule({
    caseId: plan.caseId,
    number: '1-142/2026',
    judge: judges.find((person) => person.role === 'judge')?.id ?? '',
    plannedAt: new Date().toISOString(),
    exhibits: [plan.exhibit],
  });

  // The judge opens the hearing, jumps to the marker by key, and plays.
  const judge = await screens.seat('judge', `/hearing/${hearing.id}`);
  await judge.getByRole('button', { name: 'Open the hearing' }).click();
  await judge.getByText(/Exactly as recorded on/).waitFor({ timeout: 30_000 });
  await until('the pictures have arrived', async () => {
    const states = await judge.evaluate<number[]>(
      '[...document.querySelectorAll("video")].map((one) => one.readyState)',
    );
    return states.length === 2 && states.every((state) => state >= 2);
  });
  await judge.keyboard.press('KeyM');
  const jumped = await until('every track stands at the marker', async () => {
    const at = Math.min(...(await places(judge)));
    return at > 3 && at;
  });
  await judge.keyboard.press('Space');
  await until('two seconds have played', async () => Math.min(...(await places(judge))) > jumped + 2);
  const now = await places(judge);
  expect(now.length).toBe(4);
  // Tracks begin within a second of each other; what is in step stays within that.
  expect(Math.max(...now) - Math.min(...now)).toBeLessThan(1.5);
  await judge.keyboard.press('Space');
  await drawn(judge, 'hearing', '.br-playing video', 'KeyM');
  const played = await until('what was shown is on record', async () => {
    const { played: all } = await people.seats.judge.client.hearings.get({ hearing: hearing.id });
    return all.find((one) => one.exhibit === plan.exhibit)?.ranges[0];
  });
  expect(played[0]).toBeGreaterThan(3000);
  expect(played[1] - played[0]).toBeGreaterThan(1500);
  expect(played[1] - played[0]).toBeLessThan(12_000);
  expect(wrong).toEqual([]);
});
