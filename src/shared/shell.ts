/**
 * What only this machine's desktop window can do, offered to the screens as `window.shell`. In a browser there is none:
 * a screen asks what is there (`window.shell?.capabilities`) and never where it runs.
 */

/** What this window can really do; what it cannot is false, not pretended. */
export interface ShellCapabilities {
  /** Open a second window, on another display where there is one. */
  readonly secondWindow: boolean;
  /** Keep a window out of screenshots and screen sharing. Windows and macOS; Linux has none. */
  readonly contentProtection: boolean;
  /** Fill the whole display with no way out but the product's own. */
  readonly kiosk: boolean;
  /** Print the page through the system's dialog. */
  readonly print: boolean;
  /** Ask for a folder or a file through the system's dialog. */
  readonly folderDialog: boolean;
  /** Keep a small secret in the system's key store (one that really encrypts). */
  readonly safeStorage: boolean;
  /** Open the practice station beside this one in a window of its own. */
  readonly practice: boolean;
}

/** A display of this machine, as far as a screen needs to name it. */
export interface ShellDisplay {
  readonly id: number;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** True for the one the operator's window is on. */
  readonly own: boolean;
}

export interface FileChoice {
  /** The dialog's title, in the reader's language. */
  readonly title: string;
  /** Endings offered, without the dot; none means any file. */
  readonly extensions?: readonly string[];
}

/** Calls reject with an Error when the request is not allowed (another origin, a malformed argument). */
export interface Shell {
  readonly capabilities: ShellCapabilities;
  /** The displays of this machine. */
  displays(): Promise<readonly ShellDisplay[]>;
  /**
   * Opens (or navigates) the second window at `path`, which begins with `/` and stays in the station's origin. It goes to the
   * display `display`, or else to one the operator's window is not on, filling it; with one display only, beside it as a window.
   */
  openSecondWindow(path: string, display?: number): Promise<void>;
  /** Closes the second window; nothing happens when there is none. */
  closeSecondWindow(): Promise<void>;
  /** Opens the practice station beside this one, in a window of its own. */
  openPractice(): Promise<void>;
  /** Keeps this window out of screen captures, or no longer. Gives whether it is protected now. */
  protect(on: boolean): Promise<boolean>;
  /** Fills the display, or no longer. Gives whether it does now. */
  kiosk(on: boolean): Promise<boolean>;
  /** Prints this page; false when the person cancelled or there is no printer. */
  print(): Promise<boolean>;
  /** The path of a folder the person chose, or null. */
  chooseFolder(title: string): Promise<string | null>;
  /** The path of an existing file the person chose, or null. */
  chooseFile(choice: FileChoice): Promise<string | null>;
  /** The path of a file to be written, as the person named it, or null. */
  chooseNewFile(choice: FileChoice & { readonly name: string }): Promise<string | null>;
}

declare global {
  interface Window {
    /** Present in the desktop window only. */
    readonly shell?: Shell;
  }
}
