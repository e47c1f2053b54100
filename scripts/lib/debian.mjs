// Programs and fonts that come from the operating system: what is missing, and installing it where that is possible.
import { existsSync } from 'node:fs';
import { findBrowser } from './browser.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { findCommand } from './place.mjs';
import { runQuietly } from './run.mjs';
import { say } from './say.mjs';

const fonts = '/usr/share/fonts/truetype';
const onLinux = process.platform === 'linux';

/** What the product needs to run. `there` looks for the thing itself, so that it may come from anywhere. */
const toRun = [
  {
    package: 'ffmpeg',
    what: 'ffmpeg and ffprobe (recording)',
    there: () => findCommand(process.env.FFMPEG_PATH ?? 'ffmpeg') !== null,
  },
  {
    package: 'fonts-noto-core',
    what: 'Noto fonts (Kazakh letters in documents)',
    there: () => !onLinux || existsSync(`${fonts}/noto/NotoSans-Regular.ttf`),
  },
  {
    package: 'fonts-dejavu-core',
    what: 'DejaVu fonts (the clock in the test picture)',
    there: () => !onLinux || existsSync(`${fonts}/dejavu/DejaVuSans.ttf`),
  },
  {
    package: 'chromium',
    what: 'a window: Chromium, Chrome or Edge',
    there: () => electronRuntime() !== null || findBrowser() !== null,
  },
];

/** What the tests need besides. */
const toTest = [
  ...['age', 'openssl', 'pulseaudio', 'espeak-ng', 'faketime', 'python3', 'xauth'].map((name) => byCommand(name, name)),
  byCommand('chromium', 'chromium', 'chromium-browser', 'google-chrome'),
  byCommand('xvfb', 'Xvfb'),
  byCommand('pulseaudio-utils', 'pactl'),
  byCommand('poppler-utils', 'pdftotext'),
  // Checkers that nobody here wrote: Bouncy Castle under Java, and Go's transparency log packages.
  byCommand('default-jdk-headless', 'javac'),
  byFile('libbcpkix-java', '/usr/share/java/bcpkix.jar'),
  byCommand('golang-go', 'go'),
  byFile('golang-golang-x-mod-dev', '/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog'),
  { package: 'python3-jsonschema', what: 'python3-jsonschema (tests)', there: pythonHasSchemas },
];

function byCommand(name, ...commands) {
  return { package: name, what: `${commands[0]} (tests)`, there: () => findCommand(...commands) !== null };
}

function pythonHasSchemas() {
  if (findCommand('python3') === null) return false;
  return runQuietly('python3', ['-c', 'from jsonschema import Draft202012Validator']).status === 0;
}

function byFile(name, path) {
  return { package: name, what: `${name} (tests)`, there: () => existsSync(path) };
}

/**
 * Installs what is missing by apt-get, when there is an apt-get and we are root; otherwise says how. Gives the names of
 * the packages that are still missing: whether that matters is for the caller (the station says what it lacks).
 */
export function installSystemPackages({ tests }) {
  const missing = missingOf(tests ? [...toRun, ...toTest] : toRun);
  if (missing.length === 0) return [];
  const names = [...new Set(missing.map((one) => one.package))];
  const words = missing.map((one) => one.what).join('; ');
  if (findCommand('apt-get') === null || process.getuid?.() !== 0) {
    say(`Missing on this machine: ${words}. ${howTo(names)}`);
    return names;
  }
  say(`Missing on this machine: ${words}. Installing the Debian packages ${names.join(' ')}.`);
  aptGet(['update', '-qq']);
  if (!aptGet(['install', '-y', '-qq', '--no-install-recommends', ...names])) {
    for (const name of names) aptGet(['install', '-y', '-qq', '--no-install-recommends', name]);
  }
  const still = missingOf(missing).map((one) => one.package);
  if (still.length > 0) say(`apt-get could not install ${still.join(' ')}. ${howTo(still)}`);
  return still;
}

function missingOf(needs) {
  return needs.filter((need) => !need.there());
}

function aptGet(args) {
  const { status, output } = runQuietly('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) process.stderr.write(output.split('\n').slice(-6).join('\n'));
  return status === 0;
}

function howTo(names) {
  switch (process.platform) {
    case 'linux':
      return `On Debian or Ubuntu: sudo apt-get install ${names.join(' ')}.`;
    case 'darwin':
      return 'On macOS with Homebrew: brew install ffmpeg; and install Chrome.';
    case 'win32':
      return 'On Windows: winget install Gyan.FFmpeg; Edge serves as the window.';
    default:
      return `Install what your system calls ${names.join(', ')}.`;
  }
}
