import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { restoreBackup } from '../../src/main/backup/index.ts';
import { type DemoPeople, makePeople } from '../../src/main/cli/people.ts';
import { systemClock } from '../../src/main/platform/clock.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { type RunningStation, runStation } from '../../src/main/runStation.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { barriers, draws, languages, settingsOf, shoot } from '../support/drawing.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const renderer = process.env['BIRRET_RENDERER'] ?? join(root, 'build/renderer');
const LONG = 60_000;

let folder: StationFolder;
let aside: string;
let browser: Browser | null = null;
let running: RunningStation | null = null;
beforeEach(async () => {
  folder = await newStationFolder();
  aside = await mkdtemp(join(tmpdir(), 'birret-backup-e2e-'));
});
afterEach(async () => {
  await browser?.close();
  await running?.stop();
  [browser, running] = [null, null];
  await folder.end();
  await rm(aside, { recursive: true, force: true });
});

async function start(path: string): Promise<RunningStation> {
  const log = newLog('station', 'silent');
  return await runStation({ folder: path, port: 0, log, onIdle: () => undefined, rendererFolder: renderer });
}

/** A page at the station, signed in as far as the sign-in goes. */
async function enter({ origin, station }: RunningStation, people: DemoPeople, login: string): Promise<Page> {
  const context = await browser?.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  if (context === undefined) throw new Error('no browser');
  const page = await context.newPage();
  await page.goto(`${origin}/health`);
  await page.request.post(`${origin}/enter`, { form: { code: station.http.screens.newCode('desk') } });
  await page.goto(origin);
  await page.getByLabel(/login|sign-in name/i).fill(login);
  await page.locator('input[type=password]').fill(people.accounts.find(({ role }) => role === login)?.password ?? '');
  await page.keyboard.press('Enter');
  return page;
}

it('the administrator makes a backup; what is made of it begins a new log', { timeout: 400_000 }, async ({ skip }) => {
  const executablePath = chromiumPath();
  if (executablePath === null) return skip('no Chromium, Chrome or Edge on this machine');
  if (!existsSync(join(renderer, 'index.html'))) return skip('the screens are not built (npm run build)');
  browser = await chromium.launch({ executablePath, args: chromiumArguments() });
  running = await start(folder.path);
  const people = await makePeople(running.station);
  const page = await enter(running, people, 'administrator');
  await page.locator('nav').waitFor({ timeout: LONG });
  await page.getByRole('link', { name: 'Disks' }).first().click();
  await page.getByText('no backup was made yet').waitFor({ timeout: LONG });

  await page.getByLabel('Folder on another disk').last().fill(join(folder.path, 'inside'));
  await page.getByRole('button', { name: 'Look at the folder' }).click();
  await page.locator('[data-code=BACKUP_DESTINATION_INSIDE]').waitFor({ timeout: LONG });
  const disk = join(aside, 'disk');
  const looked = async () => {
    await page.getByRole('textbox').last().fill(disk);
    await page.locator('.br-form button[type=submit]').last().click();
    await page.getByText(/\d/).last().waitFor();
    await page.locator('.br-form button[type=submit]').last().waitFor({ timeout: LONG });
  };
  await looked();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make the backup' }).click();
  await page.getByText('The backup is whole').waitFor({ timeout: LONG });
  await page.getByText(/^last backup/).waitFor({ timeout: LONG });
  if (draws) {
    for (const language of languages) {
      await settingsOf(page, language);
      await looked();
      await page.getByRole('textbox').last().scrollIntoViewIfNeeded();
      await shoot(page, language, 'backup');
    }
  }
  const made = (await page.locator('body').innerText()).match(/birret-demo-\d{8}T\d{9}Z/)?.[0];
  const [name = ''] = await readdir(disk);
  if (!draws) expect(made).toBe(name);

  await running.stop();
  const into = join(aside, 'restored');
  await restoreBackup({
    folder: join(disk, name),
    into,
    targets: [],
    clock: systemClock,
    signal: new AbortController().signal,
    onFile: () => undefined,
  });
  running = await start(into);
  const waiting = await enter(running, people, 'administrator');
  await waiting.locator('[data-code=RESTORED_WAITS_FOR_KEYS]').waitFor({ timeout: LONG });
  if (draws) {
    for (const language of languages) {
      await settingsOf(waiting, language);
      await waiting.getByRole('textbox').first().fill('administrator');
      const password = people.accounts.find(({ role }) => role === 'administrator')?.password ?? '';
      await waiting.locator('input[type=password]').fill(password);
      await waiting.keyboard.press('Enter');
      await waiting.locator('[data-code=RESTORED_WAITS_FOR_KEYS]').waitFor({ timeout: LONG });
      await shoot(waiting, language, 'restored-waits');
    }
  }
  const clerk = await enter(running, people, 'clerk');
  await clerk.locator('nav').waitFor({ timeout: LONG });
  const auditor = await enter(running, people, 'auditor');
  await auditor.locator('nav').waitFor({ timeout: LONG });
  await auditor.goto(`${running.origin}/log`);
  await auditor.getByRole('button', { name: 'Check the whole log' }).click();
  await auditor.getByText(/It goes on from birret\/demo\//).waitFor({ timeout: LONG });
  await auditor.getByRole('button', { name: 'Show the entries of the log before it' }).click();
  await auditor.getByText('made a backup of the station').or(auditor.getByText('began a backup')).first().waitFor();
  if (draws) {
    for (const [language, act] of [
      ['kk', 0],
      ['ru', 0],
      ['en', 0],
    ] as const) {
      await settingsOf(auditor, language);
      await auditor.locator('main button').nth(act).click();
      await auditor
        .getByText(/birret\/demo\//)
        .first()
        .waitFor({ timeout: LONG });
      await shoot(auditor, language, 'log-continued');
    }
  }
});
