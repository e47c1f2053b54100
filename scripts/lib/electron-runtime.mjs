// The Electron runtime: is there one that starts on this machine?
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';
import { runQuietly } from './run.mjs';
import { say } from './say.mjs';

/** The Electron executable: of ELECTRON_OVERRIDE_DIST_PATH, or of the installed package once its runtime was fetched; or null. */
export function electronRuntime() {
  const name = executableName();
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) {
    const path = join(given, name);
    return existsSync(path) ? path : null;
  }
  const folder = join(root, 'node_modules', 'electron');
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return null;
  const path = join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(path) ? path : null;
}

function executableName() {
  switch (process.platform) {
    case 'win32':
      return 'electron.exe';
    case 'darwin':
      return join('Electron.app', 'Contents', 'MacOS', 'Electron');
    default:
      return 'electron';
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Fetches the runtime of the installed `electron` package, once. A refusal (a locked-down or offline machine) is remembered for a
 * day, so that it costs nothing at the next start. Nothing depends on the runtime: without it the window is a browser's.
 */
export function fetchElectronRuntime() {
  if (electronRuntime() !== null || process.env.ELECTRON_OVERRIDE_DIST_PATH) return;
  const refused = join(root, 'node_modules', '.bir-ret-electron-refused');
  if (existsSync(refused) && Date.now() - statSync(refused).mtimeMs < DAY_MS) return;
  say('Fetching the Electron runtime for the desktop window (once).');
  const env = { ...process.env };
  delete env.ELECTRON_SKIP_BINARY_DOWNLOAD;
  const { status, output } = runQuietly(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    env,
    timeout: 15 * 60 * 1000,
  });
  if (status === 0 && electronRuntime() !== null) return;
  writeFileSync(refused, output);
  say('The Electron runtime could not be fetched from here. A browser window serves instead; asked again tomorrow.');
}
