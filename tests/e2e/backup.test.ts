import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { restoreBackup } from '../../src/main/backup/index.ts';
import { systemClock } from '../../src/main/platform/clock.ts';
import type { RunningStation } from '../../src/main/runStation.ts';
import { barriers, draws, languages, settingsOf, shoot } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';
import { runWithScreens, signInAt } from '../support/stationBrowser.ts';

const LONG = 60_000;

let aside: string;
let screens: OpenScreens | null = null;
let restored: RunningStation | null = null;
beforeEach(async () => {
  aside = await mkdtemp(join(tmpdir(), 'birret-backup-e2e-'));
});
afterEach(async () => {
  await restored?.stop();
  await screens?.end();
  [screens, restored] = [null, null];
  await rm(aside, { recursive: true, force: true });
});

it('the administrator makes a backup; what is made of it begins a new log', { timeout: 400_000 }, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await openScreens();
  const { desk, passwordOf, running } = screens;
  const page = await screens.seat('administrator', '/');
  await page.getByRole('link', { name: 'Disks' }).first().click();
  await page.getByText('no backup was made yet').waitFor({ timeout: LONG });

  await page.getByLabel('Folder on another disk').last().fill(join(running.station.folder, 'inside'));
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
  const again = await runWithScreens(into);
  restored = again;
  const enter = async (role: 'administrator' | 'clerk' | 'auditor'): Promise<Page> => {
    const on = await desk(role, {}, again);
    await signInAt(on, role, passwordOf(role));
    return on;
  };
  const waiting = await enter('administrator');
  await waiting.locator('[data-code=RESTORED_WAITS_FOR_KEYS]').waitFor({ timeout: LONG });
  if (draws) {
    for (const language of languages) {
      await settingsOf(waiting, language);
      await waiting.getByRole('textbox').first().fill('administrator');
      await waiting.locator('input[type=password]').fill(passwordOf('administrator'));
      await waiting.keyboard.press('Enter');
      await waiting.locator('[data-code=RESTORED_WAITS_FOR_KEYS]').waitFor({ timeout: LONG });
      await shoot(waiting, language, 'restored-waits');
    }
  }
  const clerk = await enter('clerk');
  await clerk.locator('nav').waitFor({ timeout: LONG });
  const auditor = await enter('auditor');
  await auditor.locator('nav').waitFor({ timeout: LONG });
  await auditor.goto(`${again.origin}/log`);
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
