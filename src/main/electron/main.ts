import { app, type BrowserWindow, dialog, Menu } from 'electron';
import { StationDidNotStart, whyItDidNotStart } from '../launch/index.ts';
import { openBridge } from './bridge.ts';
import { hardenPages, hardenSession } from './hardening.ts';
import { language } from './language.ts';
import { StationLink } from './link.ts';
import { readShellOptions, type ShellOptions, shellFolder } from './options.ts';
import { SecondWindow } from './secondWindow.ts';
import { newStationWindow, stationSession } from './stationWindow.ts';

/* The desktop shell's entry: one shell a station, the operator's window, and an orderly end. */

/** Lets the window in: the code travels in the body of a request, never in an address. */
async function enter(window: BrowserWindow, link: StationLink): Promise<void> {
  const body = new URLSearchParams({ code: await link.code() }).toString();
  await window.loadURL(`${link.origin}/enter`, {
    postData: [{ type: 'rawData', bytes: Buffer.from(body) }],
    extraHeaders: 'content-type: application/x-www-form-urlencoded\n',
  });
}

async function run(options: ShellOptions): Promise<void> {
  await app.whenReady();
  Menu.setApplicationMenu(null);
  const link = new StationLink(options, async () => {
    await enter(operator, link);
    await second.reenter();
  });
  hardenPages(link);
  for (const whose of ['operator', 'second'] as const) hardenSession(stationSession(whose), link);
  await link.start();
  const second = new SecondWindow(link);
  openBridge(link, second, options.station);
  const operator = newStationWindow('operator', {
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 640,
    kiosk: options.kiosk,
  });
  operator.once('closed', () => second.close());
  app.on('second-instance', () => {
    if (operator.isDestroyed()) return;
    if (operator.isMinimized()) operator.restore();
    operator.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    link.stop().then(() => app.exit(0), fail);
  });
  await enter(operator, link);
}

function fail(error: unknown): void {
  const text = error instanceof StationDidNotStart ? whyItDidNotStart(error, language()) : String(error);
  process.stderr.write(`bir-ret: ${text}\n`);
  if (app.isPackaged) dialog.showErrorBox('Bir Ret', text);
  app.exit(1);
}

const options = readShellOptions(process.argv.slice(1), process.cwd());
// Every window asks for its sandbox itself; this is for those that nobody foresaw, and works only before Electron is ready.
if (!app.isReady()) app.enableSandbox();
app.setPath('userData', shellFolder(app.getPath('appData'), options.station));
if (app.requestSingleInstanceLock()) run(options).catch(fail);
else app.quit();
