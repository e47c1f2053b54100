// Where things are: this checkout, the Node that runs the product, commands on the PATH.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The first of `names` that is an executable file on the PATH (or is one itself, when it is a path), or null. */
export function findCommand(...names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
  for (const name of names) {
    const folders = /[\\/]/.test(name) ? [''] : (process.env.PATH ?? '').split(delimiter);
    for (const folder of folders) {
      for (const ending of endings) {
        const path = folder === '' ? name + ending : join(folder, name + ending);
        if (isExecutable(path)) return path;
      }
    }
  }
  return null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The Node 24 that runs station, recorder and tests: the one pinned in package.json, or, on a system for which there is no
 * such package, the Node that runs this script when it is new enough. Null if there is neither.
 */
export function pinnedNode() {
  const ending = process.platform === 'win32' ? 'node.exe' : 'node';
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const pinned = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', ending);
  if (existsSync(pinned)) return pinned;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null;
}

/** The JavaScript file behind a command of a dependency (`tsc`, `vite`, …), to be run by `pinnedNode()`. */
export function toolFile(name, file) {
  return join(root, 'node_modules', name, file);
}
