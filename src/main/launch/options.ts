import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultStationFolder } from './defaultFolder.ts';

export interface LaunchOptions {
  /** The station's folder, absolute. */
  readonly station: string;
  readonly kiosk: boolean;
  /** Path of an Electron runtime to open the window with, or null. */
  readonly electron: string | null;
  /** Path of a browser to open the window with, or null. */
  readonly browser: string | null;
}

/**
 * What `npm start -- …` was asked for: `--station DIR`, `--kiosk`; `scripts/start.mjs` adds `--electron PATH` and `--browser PATH`
 * of what it found. Throws TypeError for anything else.
 */
export function readLaunchOptions(args: readonly string[], cwd: string = process.cwd()): LaunchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      station: { type: 'string' },
      kiosk: { type: 'boolean', default: false },
      electron: { type: 'string' },
      browser: { type: 'string' },
    },
    strict: true,
    allowPositionals: false,
  });
  return {
    station: values.station === undefined ? defaultStationFolder() : resolve(cwd, values.station),
    kiosk: values.kiosk,
    electron: values.electron ?? null,
    browser: values.browser ?? null,
  };
}
