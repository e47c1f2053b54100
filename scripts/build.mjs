// `npm run build`: emits src/main and src/shared by tsc, and the screens by Vite, to build/. What is up to date is left alone.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digestOf } from './lib/digest.mjs';
import { alone } from './lib/lock.mjs';
import { root, toolFile } from './lib/place.mjs';
import { runShown } from './lib/run.mjs';
import { mainly, Plain, say } from './lib/say.mjs';
import { setUp } from './setup.mjs';

const common = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'src/shared'];

const halves = [
  {
    name: 'main',
    what: 'station and shell',
    from: [...common, 'tsconfig.build.json', 'src/main'],
    to: ['main', 'shared'],
    tool: toolFile('typescript', 'bin/tsc'),
    args: (folder) => ['-p', 'tsconfig.build.json', '--outDir', folder],
  },
  {
    name: 'renderer',
    what: 'screens',
    from: [...common, 'vite.config.ts', 'src/renderer', 'resources/icons'],
    to: ['renderer'],
    tool: toolFile('vite', 'bin/vite.js'),
    args: (folder) => ['build', '--logLevel', 'warn', '--outDir', join(folder, 'renderer')],
    onlyIf: 'src/renderer/index.html',
  },
];

/** Builds what is stale with `node` (the path of our Node 24). Fails with the compiler's own words above one sentence. */
export async function build(node) {
  mkdirSync(join(root, 'build'), { recursive: true });
  await alone(join(root, 'build', '.lock'), async () => {
    for (const half of halves) await buildHalf(node, half);
  });
}

/** True if `main` or `renderer` was built from what the sources are now. */
export function isBuilt(name) {
  const half = halves.find((one) => one.name === name);
  return half !== undefined && isUpToDate(half, digestOf(half.from));
}

function isUpToDate(half, wanted) {
  const stamp = stampOf(half);
  const standing = half.to.every((folder) => existsSync(join(root, 'build', folder)));
  return standing && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

function stampOf(half) {
  return join(root, 'build', `.${half.name}.digest`);
}

/** Builds aside and moves into place at the end, so that a failed build leaves the last good one standing. */
async function buildHalf(node, half) {
  if (half.onlyIf !== undefined && !existsSync(join(root, half.onlyIf))) return;
  const wanted = digestOf(half.from);
  if (isUpToDate(half, wanted)) return;
  say(`Building the ${half.what}.`);
  const aside = join(root, 'build', `.making-${half.name}`);
  rmSync(aside, { recursive: true, force: true });
  const status = await runShown(node, [half.tool, ...half.args(aside)], { cwd: root });
  if (status !== 0) throw new Plain(`The ${half.what} could not be built; what is wrong stands above.`);
  rmSync(stampOf(half), { force: true });
  for (const folder of half.to) {
    rmSync(join(root, 'build', folder), { recursive: true, force: true });
    renameSync(join(aside, folder), join(root, 'build', folder));
  }
  rmSync(aside, { recursive: true, force: true });
  writeFileSync(stampOf(half), wanted);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await mainly(async () => build(await setUp()));
}
