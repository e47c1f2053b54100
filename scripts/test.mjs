// `npm test`: sets up, builds, runs the static checks and every test. `npm test -- unit security` runs parts:
// checks, unit, integration, faults, security, e2e. Ends with the skipped ones and their reasons, and one line of figures.
// `--full` runs the long versions of the fault tests (`npm run test:faults`) and prints their tables at the end.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { build } from './build.mjs';
import { checks } from './lib/checks.mjs';
import { screenForTests } from './lib/display.mjs';
import { root, toolFile } from './lib/place.mjs';
import { runQuietly, runShown } from './lib/run.mjs';
import { mainly, Plain, say } from './lib/say.mjs';
import { setUp } from './setup.mjs';

const kinds = ['unit', 'integration', 'faults', 'security', 'e2e'];

const full = process.argv.includes('--full');

function partsAskedFor() {
  const asked = process.argv.slice(2).filter((one) => one !== '--full');
  const unknown = asked.filter((part) => part !== 'checks' && !kinds.includes(part));
  if (unknown.length > 0)
    throw new Plain(`There is no part called ${unknown.join(', ')}: checks, ${kinds.join(', ')}.`);
  return asked.length === 0 ? ['checks', ...kinds] : asked;
}

/** Builds as a check of its own: when it fails, what does not need the build is still run. */
async function buildAsCheck(node, figures) {
  try {
    await build(node);
    figures.passed += 1;
  } catch (error) {
    if (!(error instanceof Plain)) throw error;
    say(`FAILED: ${error.message}`);
    figures.failed += 1;
  }
}

function runChecks(node, figures) {
  for (const check of checks) {
    const started = performance.now();
    const { status, output } = runQuietly(node, [check.tool, ...check.args], { cwd: root });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (status === 0) figures.passed += 1;
    else figures.failed += 1;
    say(`${status === 0 ? 'passed' : 'FAILED'}: ${check.name} (${seconds} s)`);
    if (status !== 0) process.stdout.write(`${output.trimEnd()}\n`);
  }
}

async function runTests(node, projects, figures) {
  const folder = mkdtempSync(join(tmpdir(), 'bir-ret-tally-'));
  const screen = await screenForTests();
  try {
    const file = join(folder, 'tally.json');
    const args = [
      'run',
      '--passWithNoTests',
      '--reporter=default',
      `--reporter=${join(root, 'scripts/lib/tally.mjs')}`,
    ];
    for (const project of projects) args.push('--project', project);
    const env = {
      ...process.env,
      ...screen.env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
      BIRRET_TALLY: file,
      BIRRET_TABLES: join(folder, 'tables.txt'),
      ...(full ? { BIRRET_FAULTS: 'full' } : {}),
    };
    const status = await runShown(node, [toolFile('vitest', 'vitest.mjs'), ...args], { cwd: root, env });
    if (!existsSync(file)) throw new Plain('Vitest ended without a result; its own words are above.');
    const tally = JSON.parse(readFileSync(file, 'utf8'));
    figures.passed += tally.passed;
    figures.failed += status !== 0 && tally.failed === 0 ? 1 : tally.failed;
    figures.skipped.push(...tally.skipped);
    for (const name of tally.failures) say(`FAILED: ${name}`);
    if (full && existsSync(env.BIRRET_TABLES)) process.stdout.write(`${readFileSync(env.BIRRET_TABLES, 'utf8')}\n`);
  } finally {
    screen.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await mainly(async () => {
  const parts = partsAskedFor();
  const figures = { passed: 0, failed: 0, skipped: [] };
  const node = await setUp({ tests: true });
  await buildAsCheck(node, figures);
  if (parts.includes('checks')) runChecks(node, figures);
  const projects = kinds.filter((kind) => parts.includes(kind));
  if (projects.length > 0) await runTests(node, projects, figures);
  for (const { name, reason } of figures.skipped) say(`skipped: ${name} (${reason || 'no reason given'})`);
  const skipped = figures.skipped.length > 0 ? `, ${figures.skipped.length} skipped` : '';
  process.stdout.write(`${figures.passed} passed, ${figures.failed} failed${skipped}\n`);
  process.exitCode = figures.failed > 0 ? 1 : 0;
});
