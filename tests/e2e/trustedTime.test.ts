import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { draws, languages } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';
import { hasCommand } from '../support/openssl.ts';
import { TsaServer } from '../support/tsaServer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LONG = 60_000;

let tsaFolder: string;
let server: TsaServer | null = null;
let screens: OpenScreens | null = null;
beforeEach(async () => {
  tsaFolder = await mkdtemp(join(tmpdir(), 'tsa-'));
});
afterEach(async () => {
  await screens?.end();
  await server?.stop();
  [screens, server] = [null, null];
  await rm(tsaFolder, { recursive: true, force: true });
});

it('the administrator names an authority, and the clerk sees what waits for it', { timeout: 400_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  if (!hasCommand('openssl')) return skip('no openssl on this machine');
  server = await TsaServer.start(tsaFolder);
  screens = await openScreens();
  const { people } = screens;
  const page = await screens.seat('administrator', '/');
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

  const clerk = await screens.seat('clerk', '/');
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
  for (const language of languages) {
    await page.locator(`button[lang=${language}]`).click();
    await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
    const path = join(process.env['BIRRET_SCREENS_TO'] ?? join(root, 'docs/screens'), language, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path, fullPage: true });
  }
}
