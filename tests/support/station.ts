import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { findOrStartStation } from '../../src/main/launch/findStation.ts';
import { type RunningStation, requestCode } from '../../src/main/launch/station.ts';
import { chromiumArguments, chromiumPath } from './chromium.ts';
import { newStationFolder } from './stationFolder.ts';

/** The real station, run from the sources in a new folder as a process of its own. */
export interface RealStation {
  readonly folder: string;
  readonly station: RunningStation;
  /** Ends the station and removes its folder. */
  end(): Promise<void>;
}

/** Starts the real station; in `folder`, when one is given that `end()` is to remove as well. */
export async function startRealStation(folder?: string): Promise<RealStation> {
  const own = await newStationFolder(folder);
  const station = await findOrStartStation(own.path);
  return { folder: own.path, station, end: own.end };
}

/** The system's Chromium, without a window. Throws where there is none: ask `chromiumPath()` first and skip. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('no Chromium, Chrome or Edge on this machine');
  return chromium.launch({
    executablePath,
    args: [...chromiumArguments(), '--autoplay-policy=no-user-gesture-required'],
  });
}

/** A new screen of this machine that was let in by a code, at `/`. Contexts share nothing: each is a person of its own. */
export async function enterStation(
  browser: Browser,
  station: RunningStation,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const answer = await context.request.post(`${station.origin}/enter`, { form: { code: await requestCode(station) } });
  if (!answer.ok()) throw new Error(`the station answered /enter with ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(`${station.origin}/`);
  return { context, page };
}
