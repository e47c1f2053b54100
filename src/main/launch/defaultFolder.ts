import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a person's station is kept when none is named: the system's folder for a user's data, `bir-ret/station` in it. */
export function defaultStationFolder(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  return join(dataFolder(platform, env, home), 'bir-ret', 'station');
}

/** Where the practice station of a station lies: beside it, so that neither is ever within the other. */
export const practiceFolder = (station: string): string => `${station}-practice`;

function dataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  switch (platform) {
    case 'win32':
      // Not the roaming one: recordings must not travel with a profile.
      return env['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    default:
      return env['XDG_DATA_HOME'] || join(home, '.local', 'share');
  }
}
