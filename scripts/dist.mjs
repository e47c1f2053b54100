// `npm run dist [-- --linux|--win]`: the installable app in release/. Needs Electron's runtime, which comes from the network.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root, toolFile } from './lib/place.mjs';
import { runShown } from './lib/run.mjs';
import { mainly, Plain, say } from './lib/say.mjs';
import { setUp } from './setup.mjs';

function wantedPlatform() {
  const wanted = process.argv.slice(2);
  if (wanted.some((arg) => !['--linux', '--win'].includes(arg)) || wanted.length > 1) {
    throw new Plain('npm run dist takes --linux or --win, or nothing for this system.');
  }
  const platform = wanted[0] === '--win' || (wanted.length === 0 && process.platform === 'win32') ? 'win' : 'linux';
  if (wanted.length === 0 && !['linux', 'win32'].includes(process.platform)) {
    throw new Plain(
      `Packages are made for Linux and Windows; this is ${process.platform}. Name one: --linux or --win.`,
    );
  }
  return platform;
}

/** Asks for the runtime before anything else, because electron-builder's own words about a refusal are a page long. */
async function needRuntime(platform) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  const { downloadArtifact } = await import('@electron/get');
  try {
    await downloadArtifact({
      version,
      platform: platform === 'win' ? 'win32' : 'linux',
      arch: platform === 'win' ? 'x64' : process.arch,
      artifactName: 'electron',
    });
  } catch (error) {
    throw new Plain(
      `Electron's runtime ${version} cannot be fetched from here (${error.message}). Nothing was packaged; starting and testing from the checkout do not need it. Try again where the network allows it, or name a mirror in ELECTRON_MIRROR.`,
      { cause: error },
    );
  }
}

function needNode(platform) {
  const name = `node-${platform}-${platform === 'win' ? 'x64' : process.arch}`;
  if (existsSync(join(root, 'node_modules', name))) return;
  throw new Plain(
    `The app carries its own Node, and ${name} is installed on its own kind of system only. Nothing was packaged. Run this on one.`,
  );
}

await mainly(async () => {
  const platform = wantedPlatform();
  const node = await setUp();
  needNode(platform);
  await needRuntime(platform);
  await build(node);
  say(`Packing for ${platform === 'win' ? 'Windows' : 'Linux'}.`);
  const args = [toolFile('electron-builder', 'cli.js'), `--${platform}`, '--publish', 'never'];
  const status = await runShown(node, args, { cwd: root });
  if (status !== 0) throw new Plain('The app was not packed; what is wrong stands above.');
  say('The installable app is in release/.');
});
