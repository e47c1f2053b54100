import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRoom } from '../../src/main/cli/journey.ts';
import { type DemoPeople, makePeople } from '../../src/main/cli/people.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { type RunningStation, runStation } from '../../src/main/runStation.ts';
import type { Role } from '../../src/shared/domain/roles.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';
import { until } from '../support/until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const renderer = join(root, 'build/renderer');
/** With `BIRRET_SCREENS=1` every screen is drawn in all three languages, for the documentation and for people's eyes. */
const draws = process.env['BIRRET_SCREENS'] === '1';

let folder: StationFolder;
let browser: Browser | null = null;
let running: RunningStation | null = null;
const wrong: string[] = [];

beforeEach(async () => {
  folder = await newStationFolder();
});
afterEach(async () => {
  await browser?.close();
  await running?.stop();
  browser = null;
  running = null;
  await folder.end();
});

/** A window of its own for one person, signed in. */
async function seat(role: Role, people: DemoPeople): Promise<Page> {
  if (browser === null || running === null) throw new Error('nothing runs');
  const { origin, station } = running;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  page.on('pageerror', (error) => wrong.push(`${role}: ${error.message}`));
  const code = station.http.screens.newCode('desk');
  await page.goto(`${origin}/health`);
  await page.request.post(`${origin}/enter`, { form: { code } });
  await page.goto(origin);
  const password = people.accounts.find((account) => account.role === role)?.password ?? '';
  await page.getByLabel(/login|sign-in name/i).fill(role);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  return page;
}

/** `key` is pressed before each picture, to stand at a place that shows something. */
async function draw(page: Page, name: string, ready: string, key: string | null = null): Promise<void> {
  if (!draws) return;
  for (const language of ['kk', 'ru', 'en']) {
    const settings = JSON.stringify({ language, theme: 'light', shortcuts: true });
    await page.evaluate((kept) => localStorage.setItem('birret.settings', kept), settings);
    await page.reload();
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(1200);
    if (key !== null) {
      await page.keyboard.press(key);
      await page.waitForTimeout(800);
    }
    const path = join(root, 'docs/screens', language, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path });
  }
}

/** Where every track of the page stands, in seconds. */
function places(page: Page): Promise<number[]> {
  return page.evaluate<number[]>('[...document.querySelectorAll("video, audio")].map((one) => one.currentTime)');
}

it('is recorded and sealed by one, accepted by another, and replayed by the judge', { timeout: 240_000 }, async ({
  skip,
}) => {
  const executablePath = chromiumPath();
  if (executablePath === null) return skip('no Chromium, Chrome or Edge on this machine');
  if (!existsSync(join(renderer, 'index.html'))) return skip('the screens are not built (npm run build)');
  running = await runStation({
    folder: folder.path,
    port: 0,
    log: newLog('station'),
    onIdle: () => undefined,
    rendererFolder: renderer,
  });
  const { origin, station } = running;
  const people = await makePeople(station);
  await makeRoom(people.seats.administrator);
  browser = await chromium.launch({
    executablePath,
    args: [...chromiumArguments(), '--autoplay-policy=no-user-gesture-required'],
  });

  // The investigator opens a case, adds the child, plans.
  const officer = await seat('investigator', people);
  await officer.goto(`${origin}/cases`);
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
  await draw(officer, 'plan', 'form');
  await officer.getByLabel('Name', { exact: true }).fill('Demo psychologist');
  await officer.getByRole('button', { name: 'Plan the interview' }).click();
  await officer.locator('.br-next').getByText('Go to the interview').waitFor();
  const [plan] = await people.seats.investigator.client.interviews.list();
  if (plan === undefined) throw new Error('nothing was planned');
  expect(plan.child.ageYears).toBe(9);

  // Then prepares, records, marks by key, stops and seals.
  await officer.locator('.br-next').getByText('Go to the interview').click();
  await draw(officer, 'interview-planned', '.br-next');
  await officer.getByRole('button', { name: 'Prepare the room' }).click();
  await officer.locator('.br-tile img').first().waitFor({ timeout: 60_000 });
  await draw(officer, 'interview-ready', '.br-tile img');
  await officer.getByRole('button', { name: 'Start recording' }).click();
  // A new station's two folders lie side by side, mostly on one disk; the screen says which it is.
  await officer.getByText(/^Recording (to both disks|twice, but on one disk)$/).waitFor({ timeout: 60_000 });
  const began = performance.now();
  await officer.keyboard.press('KeyN');
  await officer.getByText('Phase: Introduction').waitFor();
  await until('half of the recording', () => performance.now() - began > 5000);
  await officer.keyboard.press('KeyM');
  await officer.getByText('Marker 1').waitFor();
  await draw(officer, 'interview-recording', '.br-room-foot');
  await until('the recording is long enough', () => performance.now() - began > 10_000);
  await officer.getByRole('button', { name: 'Stop and seal…' }).click();
  const asks = officer.getByRole('dialog');
  // Enter by habit must not end a recording.
  expect(await officer.evaluate<string>('document.activeElement.textContent')).toBe('Go on recording');
  await asks.getByRole('button', { name: 'Stop and seal' }).click();
  await officer.locator('.br-seal').waitFor({ timeout: 60_000 });
  await draw(officer, 'interview-sealed', '.br-seal');
  await officer.getByRole('button', { name: 'Hand over to the archive' }).click();
  await officer.getByText('Offered to the archive').first().waitFor();

  // The clerk verifies and accepts, and schedules.
  const clerk = await seat('clerk', people);
  await clerk.goto(`${origin}/archive`);
  await draw(clerk, 'archive', '.br-archive-tools');
  await clerk.getByRole('link', { name: plan.exhibit }).click();
  await clerk.getByRole('button', { name: 'Verify and accept' }).click();
  await clerk.locator('.br-receipt').waitFor({ timeout: 60_000 });
  await draw(clerk, 'exhibit', '.br-receipt');
  const judges = await people.seats.clerk.client.accounts.people();
  const hearing = await people.seats.clerk.client.hearings.schedule({
    caseId: plan.caseId,
    number: '1-142/2026',
    judge: judges.find((person) => person.role === 'judge')?.id ?? '',
    plannedAt: new Date().toISOString(),
    exhibits: [plan.exhibit],
  });

  // The judge opens the hearing, jumps to the marker by key, and plays.
  const judge = await seat('judge', people);
  await judge.goto(`${origin}/hearing/${hearing.id}`);
  await judge.getByRole('button', { name: 'Open the hearing' }).click();
  await judge.getByText(/Exactly as recorded on/).waitFor({ timeout: 30_000 });
  await until('the pictures have arrived', async () => {
    const states = await judge.evaluate<number[]>(
      '[...document.querySelectorAll("video")].map((one) => one.readyState)',
    );
    return states.length === 2 && states.every((state) => state >= 2);
  });
  await judge.keyboard.press('KeyM');
  const jumped = Math.min(...(await places(judge)));
  expect(jumped).toBeGreaterThan(3);
  await judge.keyboard.press('Space');
  await until('two seconds have played', async () => Math.min(...(await places(judge))) > jumped + 2);
  const now = await places(judge);
  expect(now.length).toBe(4);
  // Tracks begin within a second of each other; what is in step stays within that.
  expect(Math.max(...now) - Math.min(...now)).toBeLessThan(1.5);
  await judge.keyboard.press('Space');
  await draw(judge, 'hearing', '.br-playing video', 'KeyM');
  const played = await until('what was shown is on record', async () => {
    const { played: all } = await people.seats.judge.client.hearings.get({ hearing: hearing.id });
    return all.find((one) => one.exhibit === plan.exhibit)?.ranges[0];
  });
  expect(played[0]).toBeGreaterThan(3000);
  expect(played[1] - played[0]).toBeGreaterThan(1500);
  expect(played[1] - played[0]).toBeLessThan(12_000);
  expect(wrong).toEqual([]);
});
