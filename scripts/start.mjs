// `npm start [-- --station DIR] [--kiosk] [--practice]`: sets up what is missing, builds what is stale, and opens the station.
import { join } from 'node:path';
import { build } from './build.mjs';
import { findBrowser } from './lib/browser.mjs';
import { electronRuntime } from './lib/electron-runtime.mjs';
import { root } from './lib/place.mjs';
import { runShown } from './lib/run.mjs';
import { mainly } from './lib/say.mjs';
import { setUp } from './setup.mjs';

await mainly(async () => {
  const node = await setUp();
  await build(node);
  const electron = electronRuntime();
  const browser = findBrowser();
  const args = [join(root, 'build/main/launch/main.js'), ...process.argv.slice(2)];
  if (electron !== null) args.push('--electron', electron);
  if (browser !== null) args.push('--browser', browser);
  process.exitCode = await runShown(node, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
});
