// A browser of the Chromium family that is installed on this machine.
import { join } from 'node:path';
import { findCommand } from './place.mjs';

/** The path of Chromium, Chrome or Edge (BIRRET_BROWSER first), or null. */
export function findBrowser() {
  return findCommand(...candidates());
}

function candidates() {
  const given = process.env.BIRRET_BROWSER;
  if (given) return [given];
  switch (process.platform) {
    case 'win32': {
      const folders = [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA];
      return folders
        .filter((folder) => folder)
        .flatMap((folder) => [
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        ]);
    }
    case 'darwin':
      return [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ];
    default:
      return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
  }
}
