import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { removeEnterPages, writeEnterPage } from './enterPage.ts';
import { type RunningStation, requestCode } from './station.ts';

/** A code lives 30 s; its page has no use after that. */
const PAGE_LIVES_MS = 30_000;

export interface BrowserOptions {
  /** Path of Chromium, Chrome or Edge. */
  readonly browser: string;
  readonly kiosk: boolean;
  /** Chromium refuses to sandbox a window of root's; only then is it asked not to. */
  readonly asRoot: boolean;
  /** Besides ours; for tests. */
  readonly extraArguments?: readonly string[];
}

export interface BrowserWindow {
  /** Resolves when the person has closed the last window. */
  readonly closed: Promise<void>;
  close(): void;
}

/**
 * Opens the station in an app window of the system's browser: a profile of its own, which keeps nothing (what is replayed
 * must not lie in a cache on disk) and is removed when the window closes.
 */
export async function openBrowserWindow(
  folder: string,
  station: RunningStation,
  options: BrowserOptions,
): Promise<BrowserWindow> {
  await clearOldProfiles(folder);
  await removeEnterPages(folder);
  const profile = join(folder, `window-${process.pid}`);
  await mkdir(profile, { mode: 0o700 });
  const page = await writeEnterPage(folder, station, await requestCode(station));
  const child = spawn(options.browser, browserArguments(pathToFileURL(page).href, profile, options), {
    stdio: 'ignore',
    windowsHide: true,
  });
  const removal = setTimeout(() => {
    rm(page, { force: true }).catch(() => undefined);
  }, PAGE_LIVES_MS);
  return { closed: untilClosed(child, [page, profile], removal), close: () => child.kill() };
}

function browserArguments(page: string, profile: string, options: BrowserOptions): string[] {
  return [
    `--app=${page}`,
    `--user-data-dir=${profile}`,
    '--incognito',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-features=Translate,MediaRouter,AutofillServerCommunication,OptimizationHints',
    '--password-store=basic',
    '--autoplay-policy=no-user-gesture-required',
    '--window-position=0,0',
    '--window-size=1440,900',
    ...(options.kiosk ? ['--kiosk'] : []),
    ...(options.asRoot ? ['--no-sandbox', '--test-type'] : []),
    ...(options.extraArguments ?? []),
  ];
}

async function untilClosed(child: ChildProcess, leftovers: readonly string[], removal: NodeJS.Timeout): Promise<void> {
  try {
    await once(child, 'exit');
  } finally {
    clearTimeout(removal);
    for (const path of leftovers) await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Profiles of windows whose starter is gone (the machine lost power): they hold nothing, but they lie around. */
async function clearOldProfiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(/^window-(\d+)$/.exec(name)?.[1]);
    if (!Number.isInteger(pid)) continue;
    if (pid !== process.pid && isAlive(pid)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
