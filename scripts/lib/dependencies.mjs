// Are the packages of package-lock.json installed, and if not, install them.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findCommand, root } from './place.mjs';
import { runShown } from './run.mjs';
import { Plain, say } from './say.mjs';

const stampFile = join(root, 'node_modules', '.bir-ret-installed');

/** Installs exactly what package-lock.json says, unless that is what node_modules holds already. */
export async function installDependencies() {
  const wanted = digestOfLock();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  if (!installedMatchesLock()) {
    say(
      existsSync(join(root, 'node_modules'))
        ? 'The dependencies are not those of package-lock.json; installing them again (npm ci).'
        : 'Installing the dependencies (npm ci). This happens once and takes a minute or two.',
    );
    await npmCi();
  }
  writeFileSync(stampFile, wanted);
}

function digestOfLock() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/** npm keeps a list of what it installed; node_modules that someone else filled is accepted when that list fits. */
function installedMatchesLock() {
  const listFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(listFile)) return false;
  const installed = JSON.parse(readFileSync(listFile, 'utf8')).packages ?? {};
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages ?? {};
  return Object.entries(wanted).every(([path, one]) => {
    if (path === '') return true;
    const there = installed[path];
    if (there === undefined) return one.optional === true;
    return there.version === one.version && there.integrity === one.integrity;
  });
}

async function npmCi() {
  // The pinned Node lies in the folder that `npm ci` empties, so it must not be the one that runs it.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !/node_modules[\\/]\.bin/.test(folder))
    .join(delimiter);
  const env = { ...process.env, PATH: path, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  const before = process.env.PATH;
  process.env.PATH = path;
  const npm = findCommand('npm');
  process.env.PATH = before;
  if (npm === null) throw new Plain('npm was not found. It comes with Node: install Node 18 or newer, then try again.');
  const status = await runShown(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Plain(
      'npm ci did not finish (its own words are above). Nothing else was changed. Check the network or your npm registry setting, and that no station of this checkout is running, then try again.',
    );
  }
}
