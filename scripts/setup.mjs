// `npm run setup`, and the first step of `npm start` and `npm test`: brings a fresh clone to where it can build and run.
// Node's own modules only, any Node from 18. Says what it does; does nothing, quickly, when all is there.
import { pathToFileURL } from 'node:url';
import { installSystemPackages } from './lib/debian.mjs';
import { installDependencies } from './lib/dependencies.mjs';
import { fetchElectronRuntime } from './lib/electron-runtime.mjs';
import { pinnedNode } from './lib/place.mjs';
import { runQuietly } from './lib/run.mjs';
import { mainly, Plain, say } from './lib/say.mjs';

/** Sets up; `tests: true` also brings what only the tests use. Gives the path of the Node that runs the product. */
export async function setUp({ tests = false } = {}) {
  await installDependencies();
  const node = pinnedNode();
  if (node === null) {
    throw new Plain(
      `This system (${process.platform} ${process.arch}) has no Node of ours and its own is ${process.versions.node}. Install Node 24 or newer, then try again.`,
    );
  }
  fetchElectronRuntime();
  installSystemPackages({ tests });
  return node;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await mainly(async () => {
    const node = await setUp({ tests: process.argv.includes('--tests') });
    say(`Set up. Runs on Node ${runQuietly(node, ['--version']).output.trim()}.`);
  });
}
