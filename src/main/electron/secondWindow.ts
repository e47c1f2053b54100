import { type BrowserWindow, type Display, type Rectangle, screen } from 'electron';
import type { ShellDisplay } from '../../shared/shell.ts';
import type { StationLink } from './link.ts';
import { newStationWindow } from './stationWindow.ts';

/** The courtroom's or the child's screen: one window besides the operator's, on another display where there is one. */
export class SecondWindow {
  readonly #link: StationLink;
  #window: BrowserWindow | null = null;
  #path = '/';

  constructor(link: StationLink) {
    this.#link = link;
  }

  /**
   * Opens it, or takes the open one, at `path` of the station's origin. Throws RangeError for a path that leaves the origin
   * and for a display that is not there.
   */
  async open(path: string, operator: BrowserWindow, display?: number): Promise<void> {
    const url = this.#addressOf(path);
    const place = placeFor(operator, display);
    const window = this.#window ?? this.#create(place);
    // It hangs in the same room as the operator's, and the sound comes from there, once; the observers sit elsewhere.
    window.webContents.setAudioMuted(!url.startsWith(`${this.#link.origin}/observe`));
    // What stands behind `#` is a code that works once: after a restart the screen asks for a new one.
    this.#path = path.replace(/#.*$/, '');
    if (place.fills) {
      window.setBounds(place.bounds);
      window.setFullScreen(true);
    }
    await window.loadURL(url);
  }

  close(): void {
    this.#window?.close();
  }

  /** Loads its page again from the station that runs now. */
  async reenter(): Promise<void> {
    await this.#window?.loadURL(this.#addressOf(this.#path));
  }

  #create(place: Place): BrowserWindow {
    const window = newStationWindow('second', { ...place.bounds, ...(place.fills ? { frame: false } : {}) });
    window.once('closed', () => {
      this.#window = null;
    });
    this.#window = window;
    return window;
  }

  #addressOf(path: string): string {
    const url = new URL(path, this.#link.origin);
    if (!/^\/(?![/\\])/.test(path) || !this.#link.owns(url.href)) throw new RangeError('the path leaves the station');
    return url.href;
  }
}

/** The displays of this machine, as a screen may show them for choosing. */
export function displaysFor(operator: BrowserWindow): ShellDisplay[] {
  const own = screen.getDisplayMatching(operator.getBounds()).id;
  return screen.getAllDisplays().map((display) => ({
    id: display.id,
    label: display.label,
    width: display.size.width,
    height: display.size.height,
    own: display.id === own,
  }));
}

interface Place {
  readonly bounds: Rectangle;
  /** True where it has the whole display for itself. */
  readonly fills: boolean;
}

function placeFor(operator: BrowserWindow, wanted: number | undefined): Place {
  const displays = screen.getAllDisplays();
  const own = screen.getDisplayMatching(operator.getBounds());
  const chosen = wanted === undefined ? displays.find((display) => display.id !== own.id) : byId(displays, wanted);
  if (chosen !== undefined && chosen.id !== own.id) return { bounds: chosen.bounds, fills: true };
  const { x, y } = operator.getBounds();
  return { bounds: { x: x + 48, y: y + 48, width: 1280, height: 760 }, fills: false };
}

function byId(displays: readonly Display[], id: number): Display {
  const found = displays.find((display) => display.id === id);
  if (found === undefined) throw new RangeError('there is no such display');
  return found;
}
