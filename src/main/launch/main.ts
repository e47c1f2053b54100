import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openBrowserWindow } from './browserWindow.ts';
import { findOrStartStation, StationDidNotStart } from './findStation.ts';
import { type LaunchOptions, readLaunchOptions } from './options.ts';
import { lastWindowClosed, type RunningStation } from './station.ts';
import { whyItDidNotStart } from './whyNot.ts';

/*
 * What `npm start` runs once all is set up and built: opens the station in Electron, else in an app window of a browser, else
 * prints its address.
 */

function say(sentence: string): void {
  process.stdout.write(`bir-ret: ${sentence}\n`);
}

const asRoot = process.getuid?.() === 0;

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Electron finds or starts the station by itself: it is the packaged app's way too. */
async function inElectron(options: LaunchOptions, electron: string): Promise<number> {
  const app = fileURLToPath(new URL('../../..', import.meta.url));
  if (asRoot)
    say('You are root, for whom Electron has no sandbox: opening without it. Use an ordinary account for real work.');
  const args = [
    ...(asRoot ? ['--no-sandbox'] : []),
    app,
    '--station',
    options.station,
    ...(options.kiosk ? ['--kiosk'] : []),
    ...(options.practice ? ['--practice'] : []),
  ];
  const child = spawn(electron, args, { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

async function inBrowser(options: LaunchOptions, station: RunningStation, browser: string): Promise<number> {
  if (asRoot)
    say('You are root, for whom a browser has no sandbox: opening without it. Use an ordinary account for real work.');
  const window = await openBrowserWindow(options.station, station, { browser, kiosk: options.kiosk, asRoot });
  const close = () => window.close();
  process.on('SIGINT', close).on('SIGTERM', close);
  say(`The station is open (${station.origin}). Close its window to end.`);
  await window.closed;
  await lastWindowClosed(station);
  return 0;
}

async function launch(): Promise<number> {
  const options = readLaunchOptions(process.argv.slice(2));
  if (options.electron !== null && hasDisplay()) return inElectron(options, options.electron);
  if (options.electron === null && hasDisplay()) {
    say(
      "There is no Electron runtime on this machine; the station opens in the browser's window, without kiosk and content protection.",
    );
  }
  const station = await findOrStartStation(options.station, { practice: options.practice });
  if (options.browser !== null && hasDisplay()) return inBrowser(options, station, options.browser);
  const why = hasDisplay() ? 'no browser' : 'no display';
  say(`There is ${why} here. The station runs at ${station.origin} and goes on.`);
  say('To open its window, run this again in a desktop session of this machine.');
  return 0;
}

try {
  process.exitCode = await launch();
} catch (error) {
  const text = error instanceof StationDidNotStart ? whyItDidNotStart(error, 'en') : String(error);
  process.stderr.write(`bir-ret: ${text}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
