import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import type { Shell } from '../../shared/shell.ts';
import { shellCapabilities } from './capabilities.ts';
import type { StationLink } from './link.ts';
import { openPracticeShell } from './practiceShell.ts';
import { displaysFor, type SecondWindow } from './secondWindow.ts';

const Title = z.string().max(200);
const Extensions = z.array(z.string().regex(/^[a-z0-9.]{1,12}$/)).max(12);
const Choice = z.strictObject({ title: Title, extensions: Extensions.optional() });
const NewFile = z.strictObject({ title: Title, extensions: Extensions.optional(), name: z.string().max(200) });
const SecondWindowAt = z.tuple([z.string().max(2_000), z.int().optional()]);

/** One message for each function of `window.shell`. */
type Channel = Exclude<keyof Shell, 'capabilities'>;
type Answer = (window: BrowserWindow, args: readonly unknown[]) => unknown;

/**
 * Answers `window.shell`. A request is heard only from the top page of a window of ours while that page is the station's own;
 * its arguments are parsed; anything else is refused with an error. `station` = the station's folder.
 */
export function openBridge(link: StationLink, second: SecondWindow, station: string): void {
  const answers: Record<Channel, Answer> = {
    displays: (window) => displaysFor(window),
    openSecondWindow: async (window, args) => {
      const [path, display] = SecondWindowAt.parse(args.slice(0, args[1] === undefined ? 1 : 2));
      await second.open(path, window, display);
    },
    closeSecondWindow: () => second.close(),
    openPractice: () => openPracticeShell(station),
    protect: (window, [on]) => {
      const wanted = z.boolean().parse(on);
      window.setContentProtection(wanted);
      return wanted && shellCapabilities().contentProtection;
    },
    kiosk: (window, [on]) => {
      window.setKiosk(z.boolean().parse(on));
      return window.isKiosk();
    },
    print: (window) => print(window),
    chooseFolder: (window, [title]) => open(window, Title.parse(title), ['openDirectory', 'createDirectory']),
    chooseFile: (window, [choice]) => {
      const { title, extensions } = Choice.parse(choice);
      return open(window, title, ['openFile'], extensions);
    },
    chooseNewFile: async (window, [choice]) => {
      const { title, extensions, name } = NewFile.parse(choice);
      const answer = await dialog.showSaveDialog(window, {
        title,
        defaultPath: name.replaceAll(/[\\/:*?"<>|]/g, '-'),
        filters: filtersOf(extensions),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
  };
  for (const [channel, answer] of Object.entries(answers)) {
    ipcMain.handle(`shell:${channel}`, (event, ...args: unknown[]) => answer(windowOf(event, link), args));
  }
}

function windowOf(event: IpcMainInvokeEvent, link: StationLink): BrowserWindow {
  const frame = event.senderFrame;
  const window = BrowserWindow.fromWebContents(event.sender);
  if (frame === null || frame.parent !== null || !link.owns(frame.url) || window === null) {
    throw new Error('only a page of the station may ask for this');
  }
  return window;
}

async function open(
  window: BrowserWindow,
  title: string,
  properties: ('openFile' | 'openDirectory' | 'createDirectory')[],
  extensions?: readonly string[],
): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, { title, properties, filters: filtersOf(extensions) });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

function filtersOf(extensions: readonly string[] | undefined): Electron.FileFilter[] {
  return extensions === undefined || extensions.length === 0 ? [] : [{ name: '', extensions: [...extensions] }];
}

function print(window: BrowserWindow): Promise<boolean> {
  return new Promise((resolve) => window.webContents.print({ printBackground: true }, (done) => resolve(done)));
}
