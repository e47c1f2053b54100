import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright';
import { newLog } from '../../src/main/platform/log.ts';
import { type RunningStation, type RunOptions, runStation } from '../../src/main/runStation.ts';
import { chromiumArguments, chromiumPath } from './chromium.ts';

const renderer =
  process.env['BIRRET_RENDERER'] ?? join(fileURLToPath(new URL('../..', import.meta.url)), 'build/renderer');

/** Why there can be no screens on this machine, or null. */
export function whyNoScreens(): string | null {
  if (chromiumPath() === null) return 'no Chromium, Chrome or Edge on this machine';
  return existsSync(join(renderer, 'index.html')) ? null : 'the screens are not built (npm run build)';
}

/** The station of `folder`, in this process, with its screens at a port of its own. */
export async function runWithScreens(
  folder: string,
  more: Pick<RunOptions, 'practice' | 'keysSettleMs'> = {},
): Promise<RunningStation> {
  const log = newLog('station', 'silent');
  return await runStation({ folder, port: 0, log, onIdle: () => undefined, rendererFolder: renderer, ...more });
}

/** A browser, and windows of it at a station. Each window is a machine of its own: it shares no cookie with another. */
export interface StationBrowser {
  /** A desk at which nobody is signed in; at `at`, where the station that was given first is not meant. */
  desk(name: string, more?: BrowserContextOptions, at?: RunningStation): Promise<Page>;
  /** A window that was let in by `code`, where that leads. */
  paired(code: string): Promise<Page>;
  /** A window that nobody let in, as on another machine of the network; it accepts any certificate. */
  stranger(size?: { readonly width: number; readonly height: number }): Promise<Page>;
  /** What went wrong within the pages. */
  readonly wrong: readonly string[];
  close(): Promise<void>;
}

const usual: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-GB' };

export async function browserAt(running: RunningStation): Promise<StationBrowser> {
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? '',
    args: [...chromiumArguments(), '--autoplay-policy=no-user-gesture-required'],
  });
  const wrong: string[] = [];
  const window = async (name: string, more: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ ...usual, ...more });
    const page = await context.newPage();
    page.on('pageerror', (error) => wrong.push(`${name}: ${error.message}`));
    return page;
  };
  const letIn = async (page: Page, { origin }: RunningStation, code: string): Promise<void> => {
    await page.goto(`${origin}/health`);
    await page.request.post(`${origin}/enter`, { form: { code } });
  };
  return {
    wrong,
    desk: async (name, more = {}, at = running) => {
      const page = await window(name, more);
      await letIn(page, at, at.station.http.screens.newCode('desk'));
      await page.goto(at.origin);
      return page;
    },
    paired: async (code) => {
      const page = await window('paired', {});
      await letIn(page, running, code);
      await page.goto(`${running.origin}/observe`);
      return page;
    },
    stranger: (viewport = { width: 1280, height: 800 }) =>
      window('stranger', { viewport: { ...viewport }, ignoreHTTPSErrors: true }),
    close: () => browser.close(),
  };
}

/** Fills the sign-in of a desk and sends it; whether it lets in is for the caller to see. */
export async function signInAt(desk: Page, login: string, password: string): Promise<void> {
  await desk.getByLabel(/login|sign-in name/i).fill(login);
  await desk.locator('input[type=password]').fill(password);
  await desk.keyboard.press('Enter');
}
