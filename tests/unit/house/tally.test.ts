import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from './tree.ts';

const Tally = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
  failures: z.array(z.string()),
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bir-ret-tally-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await mkdir(join(folder, 'tests'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the files of `tests` with the reporter of `npm test`, away from our own run. */
async function tallyOf(tests: Readonly<Record<string, string>>): Promise<z.infer<typeof Tally>> {
  for (const [name, source] of Object.entries(tests)) await writeFile(join(folder, 'tests', name), source);
  const file = join(folder, 'tally.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', folder, `--reporter=${join(root, 'scripts/lib/tally.mjs')}`];
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('VITEST')));
  spawnSync(process.execPath, args, { cwd: folder, env: { ...env, BIRRET_TALLY: file } });
  return Tally.parse(JSON.parse(await readFile(file, 'utf8')));
}

const head = "import { describe, expect, it, beforeAll } from 'vitest';\n";

it('counts what passed, what failed, and why something was skipped', async () => {
  const tally = await tallyOf({
    'a.test.ts': `${head}
it('is right', () => expect(1).toBe(1));
it('is wrong', () => expect(1).toBe(2));
it('cannot be', ({ skip }) => skip('no such device'));`,
  });
  expect(tally).toMatchObject({ passed: 1, failed: 1 });
  expect(tally.skipped).toEqual([{ name: expect.stringContaining('cannot be'), reason: 'no such device' }]);
  expect(tally.failures).toEqual([expect.stringContaining('is wrong')]);
});

it('counts what never ran as failed: a file that does not load, a hook that breaks, an error outside of every test', async () => {
  const broken = await tallyOf({ 'b.test.ts': "import './nowhere.ts';\n" });
  expect(broken.failed).toBeGreaterThan(0);
  const hook = await tallyOf({
    'b.test.ts': `${head}
describe('x', () => { beforeAll(() => { throw new Error('no'); }); it('y', () => undefined); });`,
  });
  expect(hook.failed).toBeGreaterThan(0);
  const outside = await tallyOf({
    'b.test.ts': `${head}
it('leaves a promise behind', async () => { void Promise.reject(new Error('late')); await new Promise((r) => setTimeout(r, 50)); });`,
  });
  expect(outside.failed).toBeGreaterThan(0);
});
