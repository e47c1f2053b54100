import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultStationFolder, practiceFolder } from './defaultFolder.ts';

export interface LaunchOptions {
  /** The station's folder, absolute. */
  readonly station: string;
  readonly kiosk: boolean;
  /** The practice station beside that one is opened instead of it. */
  readonly practice: boolean;
  /** Path of an Electron runtime to open the window with, or null. */
  readonly electron: string | null;
  /** Path of a browser to open the window with, or null. */
  readonly browser: string | null;
}

/**
 * What `npm start -- …` was asked for: `--station DIR`, `--kiosk`, `--practice`; `scripts/start.mjs` adds `--electron PATH` and `--browser PATH`
 * of what it found. Throws TypeError for anything else.
 */
export function readLaunchOptions(args: readonly string[], cwd: string = process.cwd()): LaunchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      station: { type: 'string' },
      kiosk: { type: 'boolean', default: false },
      practice: { type: 'boolean', default: false },
      electron: { type: 'string' },
      browser: { type: 'string' },
    },
    strict: true,
    allowPositionals: false,
  });
  const station = values.station === undefined ? defaultStationFolder() : resolve(cwd, values.station);
  return {
    station: values.practice ? practiceFolder(station) : station,
    practice: values.practice,
    kiosk: values.kiosk,
    electron: values.electron ?? null,
    browser: values.browser ?? null,
  };
}
