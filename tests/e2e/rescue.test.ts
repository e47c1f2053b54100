import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { restoreBackup } from '../../src/main/backup/index.ts';
import { jobResult, takeSeat } from '../../src/main/cli/seat.ts';
import { systemClock } from '../../src/main/platform/clock.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { type RunningStation, runStation } from '../../src/main/runStation.ts';
import { BackupResult } from '../../src/shared/contract/backup.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { barriers, draw } from '../support/drawing.ts';
import { printed } from '../support/printed.ts';
import { passwords, setUpInput } from '../support/testStation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const renderer = process.env['BIRRET_RENDERER'] ?? join(root, 'build/renderer');
const LONG = 60_000;

let folder: string;
let browser: Browser | null = null;
let running: RunningStation | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-rescue-'));
});
afterEach(async () => {
  await browser?.close();
  await running?.stop();
  [browser, running] = [null, null];
  await rm(folder, { recursive: true, force: true });
});

async function start(path: string): Promise<RunningStation> {
  const log = newLog('station', 'silent');
  return await runStation({ folder: path, port: 0, log, onIdle: () => undefined, rendererFolder: renderer });
}

/** What was printed at the first run, and a station that was restored on which nobody knows a password. */
async function lost(): Promise<{ sheets: string[]; restored: string }> {
  const original = await start(join(folder, 'first'));
  const { client } = takeSeat(original.station);
  const { part1, part2 } = (await client.station.setUp(setUpInput)).recovery;
  await client.session.signIn({ login: 'aigerim', password: passwords.administrator });
  const { job } = await client.backup.make({ folder: join(folder, 'disk'), media: true });
  const { path } = BackupResult.parse(await jobResult(client, job));
  await original.stop();
  const restored = join(folder, 'restored');
  const control = { signal: new AbortController().signal, onFile: () => undefined };
  await restoreBackup({ folder: path, into: restored, targets: [], clock: systemClock, ...control });
  return { sheets: [part1, part2], restored };
}

it('the printed sheets bring back a station that nobody can sign in to', { timeout: 300_000 }, async ({ skip }) => {
  const executablePath = chromiumPath();
  if (executablePath === null) return skip('no Chromium, Chrome or Edge on this machine');
  if (!existsSync(join(renderer, 'index.html'))) return skip('the screens are not built (npm run build)');
  const { sheets, restored } = await lost();
  running = await start(restored);
  const { origin, station } = running;
  const opened = await chromium.launch({ executablePath, args: chromiumArguments() });
  browser = opened;
  const fresh = async (): Promise<Page> => {
    const context = await opened.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${origin}/health`);
    await page.request.post(`${origin}/enter`, { form: { code: station.http.screens.newCode('desk') } });
    await page.goto(origin);
    return page;
  };
  const page = await fresh();
  const typeSheets = async (at: Page, [first = '', second = '']: readonly string[]) => {
    await at.getByLabel('Sheet 1, beginning with BR1').fill(first);
    await at.getByLabel('Sheet 2, beginning with BR2').fill(second);
  };

  // Not even the administrator knows their password.
  const openRescue = async (at: Page) => {
    await at.locator('input[type=password]').waitFor();
    await at.locator('.br-door-form form .mantine-Button-root').nth(2).click();
    await at.locator('input[type=radio]').last().check();
  };
  await draw(page, 'sign-in', { come: async (at) => await at.locator('input[type=password]').waitFor() });
  await draw(page, 'rescue', { come: openRescue });
  await page.reload();
  await page.getByRole('button', { name: 'Nobody can sign in any more' }).click();
  expect(await barriers(page)).toEqual([]);
  await typeSheets(page, [sheets[0] ?? '', sheets[0] ?? '']);
  await page.getByRole('button', { name: 'Open the station' }).click();
  await page.locator('[data-code=RECOVERY_KEY_WRONG]').waitFor({ timeout: LONG });
  await page.getByLabel('Not even an administrator').check();
  await typeSheets(page, sheets);
  await page.getByLabel('Name of the new administrator').fill('Saule');
  await page.getByLabel('Sign-in name').fill('saule');
  await page.getByRole('button', { name: 'Invite the administrator' }).click();
  await page.locator('[data-invitation]').waitFor({ timeout: LONG });
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Use it now' }).click();
  for (const field of [0, 1]) await page.locator('input[type=password]').nth(field).fill(passwords.administrator);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.locator('nav').waitFor({ timeout: LONG });

  // The new administrator suspends nobody by accident: the last key is asked about twice.
  await page.getByRole('link', { name: 'People', exact: true }).click();
  const row = (name: string) => page.locator('li.br-row', { hasText: name });
  const choose = async (name: string, act: string) => {
    await row(name).locator('button[aria-haspopup=menu]').click();
    await page.getByRole('menuitem', { name: act }).click();
    await page.getByRole('dialog').waitFor();
  };
  await choose(setUpInput.administrator.name, 'Suspend…');
  const suspend = page.getByRole('dialog').getByRole('button', { name: 'Suspend' });
  await suspend.click();
  await page.locator('[data-code=LAST_ADMINISTRATOR]').waitFor({ timeout: LONG });
  expect(await suspend.isDisabled()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await choose(setUpInput.keyHolder.name, 'New invitation…');
  const invite = page.getByRole('dialog').getByRole('button', { name: 'Make the invitation' });
  expect(await invite.isDisabled()).toBe(true);
  await page.getByRole('dialog').getByRole('checkbox').check();
  await invite.click();
  const code = (await page.locator('[data-invitation]').textContent()) ?? '';

  // The key holder begins anew, and both sheets let them in to the recordings.
  const holder = await fresh();
  await holder.getByRole('button', { name: 'I have an invitation code' }).click();
  await holder.getByLabel('Invitation code').fill(code);
  for (const field of [0, 1]) await holder.locator('input[type=password]').nth(field).fill(passwords.keyHolder);
  await holder.getByRole('button', { name: 'Begin' }).click();
  await holder.locator('nav').waitFor({ timeout: LONG });
  await holder.goto(`${origin}/access`);
  await holder.getByRole('button', { name: 'Use the recovery key…' }).click();
  await typeSheets(holder, sheets);
  await holder.getByRole('button', { name: 'Let me in' }).click();
  await holder.getByText('The court’s own keys').waitFor({ timeout: LONG });

  // The old sheets were unsealed: new ones are printed, each alone on its page.
  await holder.getByRole('button', { name: 'Print a new recovery key…' }).click();
  await holder.getByRole('button', { name: 'Show sheet 1' }).click();
  for (const sheet of [1, 2] as const) {
    const text = ((await holder.locator(`[data-part="${sheet}"]`).textContent()) ?? '').trim();
    const paper = await printed(holder, `recovery-sheet-${sheet}`);
    if (paper === null) process.stdout.write('what is printed was not looked at: no pdftotext (poppler-utils) here\n');
    else {
      expect(paper.pages).toBe(1);
      expect(paper.words).toContain(text.replaceAll(/\s+/g, ' '));
      expect(paper.words).not.toMatch(sheet === 1 ? /BR2/ : /BR1/);
      expect(paper.words).not.toContain('into an envelope');
    }
    await holder.getByRole('button', { name: `Sheet ${sheet} is in its envelope` }).click();
  }
});
