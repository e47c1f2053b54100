// What bin/birret does: our own Node runs the command line, from the build when that is up to date, else from the sources.
import { join } from 'node:path';
import { isBuilt } from './build.mjs';
import { root } from './lib/place.mjs';
import { runShown } from './lib/run.mjs';
import { mainly, sayOnStandardError } from './lib/say.mjs';
import { setUp } from './setup.mjs';

await mainly(async () => {
  sayOnStandardError();
  const node = await setUp();
  const entry = isBuilt('main') ? 'build/main/cli/birret.js' : 'src/main/cli/birret.ts';
  process.exitCode = await runShown(node, [join(root, entry), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
});
