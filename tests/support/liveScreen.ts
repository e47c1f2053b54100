import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { allRunning, makeRoom, planNow } from '../../src/main/cli/journey.ts';
import { type DemoPeople, makePeople } from '../../src/main/cli/people.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { type RunningStation, runStation } from '../../src/main/runStation.ts';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { Role } from '../../src/shared/domain/roles.ts';
import { chromiumArguments, chromiumPath } from './chromium.ts';
import { newStationFolder } from './stationFolder.ts';

const renderer =
  process.env['BIRRET_RENDERER'] ?? join(fileURLToPath(new URL('../..', import.meta.url)), 'build/renderer');

/** A station with a room of simulated devices, and a browser for its screens. */
export interface OpenScreens {
  readonly running: RunningStation;
  readonly people: DemoPeople;
  /** The room's id. */
  readonly room: string;
  /** A window of its own for one person, signed in, at `path`. */
  seat(role: Role, path: string): Promise<Page>;
  /** A window of its own that was let in by `code`. */
  paired(code: string): Promise<Page>;
  /** A window of its own that nobody let in, as on another machine of the network; it accepts any certificate. */
  stranger(size?: { readonly width: number; readonly height: number }): Promise<Page>;
  /** What went wrong within the pages. */
  readonly wrong: readonly string[];
  end(): Promise<void>;
}

/** The same with an interview that is prepared. */
export interface LiveScreens extends OpenScreens {
  readonly interview: Interview;
  /** Starts the recording. */
  begin(): Promise<void>;
}

interface ScreensAt {
  /** The folders that it will be recorded to; the station's own where none are given. */
  readonly targets?: readonly string[];
}

/** Why there can be no such screens on this machine, or null. */
export function whyNoScreens(): string | null {
  if (chromiumPath() === null) return 'no Chromium, Chrome or Edge on this machine';
  return existsSync(join(renderer, 'index.html')) ? null : 'the screens are not built (npm run build)';
}

/** Prepares an interview: its room runs and nothing is recorded yet. */
export async function liveScreens(at: ScreensAt = {}): Promise<LiveScreens> {
  const screens = await openScreens(at);
  try {
    const officer = screens.people.seats.investigator;
    const interview = await planNow(officer, screens.room, 30, new Date());
    await officer.client.recording.prepare({ interview: interview.id });
    await allRunning(officer, interview.id);
    return {
      ...screens,
      interview,
      begin: async () => {
        await officer.client.recording.begin({ interview: interview.id, singleTargetConfirmed: false });
      },
    };
  } catch (error) {
    await screens.end();
    throw error;
  }
}

/** Opens a station whose room nobody has planned for. */
export async function openScreens({ targets }: ScreensAt = {}): Promise<OpenScreens> {
  const folder = await newStationFolder();
  const running = await runStation({
    folder: folder.path,
    port: 0,
    log: newLog('station', 'silent'),
    onIdle: () => undefined,
    rendererFolder: renderer,
  });
  const wrong: string[] = [];
  let browser: Browser | null = null;
  const end = async () => {
    await browser?.close();
    await running.stop();
    await folder.end();
  };
  try {
    const people = await makePeople(running.station);
    const room = await makeRoom(people.seats.administrator);
    if (targets !== undefined) await people.seats.administrator.client.station.setTargets({ paths: [...targets] });
    browser = await chromium.launch({
      executablePath: chromiumPath() ?? '',
      args: [...chromiumArguments(), '--autoplay-policy=no-user-gesture-required'],
    });
    const opened = browser;
    const window = async (code: string, name: string): Promise<{ page: Page; context: BrowserContext }> => {
      const context = await opened.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
      const page = await context.newPage();
      page.on('pageerror', (error) => wrong.push(`${name}: ${error.message}`));
      await page.goto(`${running.origin}/health`);
      await page.request.post(`${running.origin}/enter`, { form: { code } });
      return { page, context };
    };
    return {
      ...{ running, people, room, wrong, end },
      seat: async (role, path) => {
        const { page } = await window(running.station.http.screens.newCode('desk'), role);
        await page.goto(running.origin);
        const account = people.accounts.find((one) => one.role === role);
        await page.getByLabel(/login|sign-in name/i).fill(role);
        await page.locator('input[type=password]').fill(account?.password ?? '');
        await page.keyboard.press('Enter');
        await page.getByRole('navigation').waitFor();
        await page.goto(`${running.origin}${path}`);
        return page;
      },
      stranger: async (viewport = { width: 1280, height: 800 }) => {
        const context = await opened.newContext({ viewport, locale: 'en-GB', ignoreHTTPSErrors: true });
        const page = await context.newPage();
        page.on('pageerror', (error) => wrong.push(`stranger: ${error.message}`));
        return page;
      },
      paired: async (code) => {
        const { page } = await window(code, 'paired');
        await page.goto(`${running.origin}/observe`);
        return page;
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
