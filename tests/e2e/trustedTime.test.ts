import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePeople } from '../../src/main/cli/people.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { type RunningStation, runStation } from '../../src/main/runStation.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { hasCommand } from '../support/openssl.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';
import { TsaServer } from '../support/tsaServer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const renderer = process.env['BIRRET_RENDERER'] ?? join(root, 'build/renderer');
/** With `BIRRET_SCREENS=1` the screens are drawn in all three languages, for the documentation and for people's eyes. */
const draws = process.env['BIRRET_SCREENS'] === '1';
const LONG = 60_000;

let folder: StationFolder;
let tsaFolder: string;
let server: TsaServer | null = null;
let browser: Browser | null = null;
let running: RunningStation | null = null;
beforeEach(async () => {
  folder = await newStationFolder();
  tsaFolder = await mkdtemp(join(tmpdir(), 'tsa-'));
});
afterEach(async () => {
  await browser?.close();
  await running?.stop();
  await server?.stop();
  [browser, running, server] = [null, null, null];
  await folder.end();
  await rm(tsaFolder, { recursive: true, force: true });
});

it('the administrator names an authority, and the clerk sees what waits for it', { timeout: 400_000 }, async ({
  skip,
}) => {
  const executablePath = chromiumPath();
  if (executablePath === null) return skip('no Chromium, Chrome or Edge on this machine');
  if (!existsSync(join(renderer, 'index.html'))) return skip('the screens are not built (npm run build)');
  if (!hasCommand('openssl')) return skip('no openssl on this machine');
  server = await TsaServer.start(tsaFolder);
  const log = newLog('station');
  running = await runStation({ folder: folder.path, port: 0, log, onIdle: () => undefined, rendererFolder: renderer });
  const { origin, station } = running;
  const people = await makePeople(station);
  const opened = await chromium.launch({ executablePath, args: chromiumArguments() });
  browser = opened;
  const enter = async (login: 'administrator' | 'clerk'): Promise<Page> => {
    const context = await opened.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${origin}/health`);
    await page.request.post(`${origin}/enter`, { form: { code: station.http.screens.newCode('desk') } });
    await page.goto(origin);
    await page.getByLabel(/login|sign-in name/i).fill(login);
    const password = people.accounts.find(({ role }) => role === login)?.password ?? '';
    await page.locator('input[type=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('nav').waitFor({ timeout: LONG });
    return page;
  };

  const page = await enter('administrator');
  await page.getByRole('link', { name: 'Trusted time' }).click();
  await page.getByRole('button', { name: 'Add an authority' }).click();
  await page.getByLabel('Address').fill(server.address);
  await page.locator('input[type=file]').setInputFiles(server.tsa.rootPath);
  await page.getByText('root certificate given').waitFor();
  server.mode = 'wrong-nonce';
  await page.getByRole('button', { name: 'Test' }).click();
  await page.locator('[data-code=TSA_WRONG_NONCE]').waitFor({ timeout: LONG });
  server.mode = 'good';
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('It leads to the root certificate.').waitFor({ timeout: LONG });
  server.mode = 'rubbish';
  await page.getByRole('button', { name: 'Use this list' }).click();
  // The head of the log is asked for at once, and what is wrong is said in words.
  await page.locator('[data-code=TSA_ANSWER_MALFORMED]').waitFor({ timeout: LONG });

  const clerk = await enter('clerk');
  await clerk.getByRole('link', { name: 'Archive', exact: true }).click();
  await clerk.locator('[data-code=TSA_ANSWER_MALFORMED]').waitFor({ timeout: LONG });
  if (draws) {
    await drawn(page, 'time');
    await drawn(clerk, 'archive-time');
  }
  server.mode = 'good';
  await clerk.getByRole('button', { name: 'Try now' }).click();
  await clerk.getByText('nothing waits').waitFor({ timeout: LONG });
  await clerk.getByRole('link', { name: people.accounts.find(({ role }) => role === 'clerk')?.name ?? '' }).click();
  await clerk.getByText('issued by this station').waitFor({ timeout: LONG });
  await clerk.getByRole('button', { name: 'Import a key file…' }).click();
  await clerk.getByRole('dialog').locator('input[type=file]').setInputFiles(server.tsa.rootPath);
  await clerk.getByRole('button', { name: 'Sign with this from now on' }).click();
  await clerk.locator('[data-code=PKCS12_MALFORMED]').waitFor({ timeout: LONG });
  await clerk.keyboard.press('Escape');
  if (draws) await drawn(clerk, 'account');
  expect(await clerk.getByRole('dialog').count()).toBe(0);
});

/** The page in each language, as it stands. */
async function drawn(page: Page, name: string): Promise<void> {
  for (const language of ['kk', 'ru', 'en'] as const) {
    await page.locator(`button[lang=${language}]`).click();
    await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
    const path = join(process.env['BIRRET_SCREENS_TO'] ?? join(root, 'docs/screens'), language, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path, fullPage: true });
  }
}
