import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { defaultStationFolder, practiceFolder } from '../launch/index.ts';

export interface ShellOptions {
  /** The station's folder, absolute. */
  readonly station: string;
  readonly kiosk: boolean;
  /** `station` is, or becomes, a practice station. */
  readonly practice: boolean;
}

/**
 * Reads `--station DIR`, `--kiosk` and `--practice` (DIR is a practice station's; the one beside the usual station where none
 * is given) from an argument list that Chromium's own switches stand in as well.
 */
export function readShellOptions(args: readonly string[], cwd: string): ShellOptions {
  const at = args.indexOf('--station');
  const joined = args.find((arg) => arg.startsWith('--station='))?.slice('--station='.length);
  const named = joined ?? (at < 0 ? undefined : args[at + 1]);
  const practice = args.includes('--practice');
  const usual = practice ? practiceFolder(defaultStationFolder()) : defaultStationFolder();
  return {
    station: named === undefined || named === '' ? usual : resolve(cwd, named),
    kiosk: args.includes('--kiosk'),
    practice,
  };
}

/**
 * The folder of Chromium's own files for windows of this station: one each, so that two stations can be open at once while
 * one station has one shell.
 */
export function shellFolder(appData: string, station: string): string {
  return join(appData, 'Bir Ret', createHash('sha256').update(station).digest('hex').slice(0, 16));
}
