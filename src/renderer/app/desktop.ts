import type { Shell } from '../../shared/shell.ts';

/** What only this window can do, each null where it cannot: a screen asks what is there, never where it runs. */
export interface Desktop {
  readonly chooseFolder: ((title: string) => Promise<string | null>) | null;
  readonly chooseFile: ((title: string, extensions?: readonly string[]) => Promise<string | null>) | null;
  /** Opens the second window at a path of the station. */
  readonly openSecondWindow: ((path: string) => Promise<void>) | null;
  readonly closeSecondWindow: (() => Promise<void>) | null;
  /** Opens the practice station in a window of its own. */
  readonly openPractice: (() => Promise<void>) | null;
  /** Keeps this window out of screen captures; gives whether it is now. */
  readonly protect: ((on: boolean) => Promise<boolean>) | null;
  /** Prints this page: the system's dialog of the shell, or the browser's. */
  readonly print: () => Promise<void>;
}

/** What `shell` offers; without one, what every browser can do. */
export function desktopOf(shell: Shell | undefined, browserPrint: () => void): Desktop {
  const can = shell?.capabilities;
  return {
    chooseFolder: shell !== undefined && can?.folderDialog ? (title) => shell.chooseFolder(title) : null,
    chooseFile:
      shell !== undefined && can?.folderDialog
        ? (title, extensions) => shell.chooseFile(extensions === undefined ? { title } : { title, extensions })
        : null,
    openSecondWindow: shell !== undefined && can?.secondWindow ? (path) => shell.openSecondWindow(path) : null,
    closeSecondWindow: shell !== undefined && can?.secondWindow ? () => shell.closeSecondWindow() : null,
    openPractice: shell !== undefined && can?.practice ? () => shell.openPractice() : null,
    protect: shell !== undefined && can?.contentProtection ? (on) => shell.protect(on) : null,
    print: async () => {
      if (shell !== undefined && can?.print) await shell.print();
      else browserPrint();
    },
  };
}

let found: Desktop | null = null;

/** This window's own. */
export function useDesktop(): Desktop {
  found ??= desktopOf(window.shell, () => window.print());
  return found;
}
