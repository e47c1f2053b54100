import { fileURLToPath } from 'node:url';
import { BrowserWindow, type BrowserWindowConstructorOptions, dialog, session, type WebPreferences } from 'electron';
import { words } from '../../shared/i18n/index.ts';
import { shellCapabilities } from './capabilities.ts';
import { language } from './language.ts';

/** In memory only (no `persist:`): cookies and what was shown are gone with the last window. */
const PARTITIONS = { operator: 'station', second: 'second-screen' } as const;
const CALM_MS = 2_000;

/** Whose window it is. The second screen is nobody's account: it has cookies of its own and is paired by a code. */
export type WindowOf = keyof typeof PARTITIONS;

export function stationSession(of: WindowOf): Electron.Session {
  return session.fromPartition(PARTITIONS[of], { cache: false });
}

/**
 * A window for pages of the station, with the place and size that the caller gives. It loads its address again when its
 * renderer has crashed, or when the page could not be loaded.
 */
export function newStationWindow(of: WindowOf, options: BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Bir Ret',
    backgroundColor: '#f7f4ef',
    autoHideMenuBar: true,
    icon: fileURLToPath(new URL('../../../resources/icons/256x256.png', import.meta.url)),
    show: false,
    ...options,
    webPreferences: webPreferences(of),
  });
  window.once('ready-to-show', () => window.show());
  window.on('page-title-updated', (event) => event.preventDefault());
  askBeforeLeaving(window);
  comeBack(window);
  return window;
}

function webPreferences(of: WindowOf): WebPreferences {
  return {
    session: stationSession(of),
    preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
    additionalArguments: [`--bir-ret-capabilities=${JSON.stringify(shellCapabilities())}`],
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    // Levels and the elapsed time of a recording must not stand still in a window that is covered.
    backgroundThrottling: false,
  };
}

/** A page that holds something nobody has kept yet (the recovery key) asks; without this the window would just stay open. */
function askBeforeLeaving(window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const { title, stay, leave } = words[language()].common.leaving;
    const answer = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: title,
      buttons: [stay, leave],
      defaultId: 0,
      cancelId: 0,
    });
    if (answer === 1) event.preventDefault();
  });
}

function comeBack(window: BrowserWindow): void {
  let last = 0;
  window.webContents.on('render-process-gone', (_, details) => {
    if (details.reason === 'clean-exit') return;
    process.stderr.write(`a window's renderer ended (${details.reason}); it is loaded again\n`);
    // One that crashes at once, again and again, must not take the machine from the recorder.
    const pause = Date.now() - last < CALM_MS ? CALM_MS : 0;
    last = Date.now();
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, pause);
  });
}
