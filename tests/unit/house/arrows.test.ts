import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

const Report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** A house of a few files, each with one import that the arrows forbid, by the rule that must refuse it. */
const planted: Readonly<Record<string, readonly [file: string, source: string]>> = {
  'no-circles': ['src/main/cases/circle.ts', "import './index.ts';\nexport const circle = 1;\n"],
  'no-unknown': ['src/main/cases/unknown.ts', "import './nowhere.ts';\n"],
  'shared-knows-nothing-of-ours': ['src/shared/reaching.ts', "import '../main/platform/clock.ts';\n"],
  'shared-runs-in-a-browser': ['src/shared/node.ts', "import 'node:crypto';\n"],
  'screens-know-shared-only': ['src/renderer/reaching.tsx', "import '../main/platform/clock.ts';\n"],
  'screens-run-in-a-browser': ['src/renderer/electron.ts', "import 'electron';\n"],
  'screens-have-no-node': ['src/renderer/node.ts', "import 'node:fs';\n"],
  'electron-in-the-shell-only': ['src/main/cases/electron.ts', "import type { BrowserWindow } from 'electron';\n"],
  'shell-knows-the-station-by-address': ['src/main/electron/reaching.ts', "import '../vault/index.ts';\n"],
  'nobody-enters-the-shell': ['src/main/launch/shell.ts', "import '../electron/main.ts';\n"],
  'areas-by-their-index': ['src/main/cases/backdoor.ts', "import '../vault/inner.ts';\n"],
  'areas-by-their-index-from-the-top': ['src/main/composition.ts', "import './vault/inner.ts';\n"],
  'areas-keep-to-themselves': ['src/main/cases/sideways.ts', "import '../playback/index.ts';\n"],
  'ground-knows-no-area': ['src/main/database/upwards.ts', "import '../vault/index.ts';\n"],
  'platform-is-the-ground': ['src/main/platform/upwards.ts', "import '../database/migration.ts';\n"],
  'fluent-ffmpeg-for-copies-only': ['src/main/recorder/fluent.ts', "import 'fluent-ffmpeg';\n"],
  'station-without-development-packages': ['src/main/rooms/dev.ts', "import 'dayjs';\n"],
  'no-tests-in-the-product': ['src/main/cases/tests.ts', "import '../../../tests/support/until.ts';\n"],
};

const house: Readonly<Record<string, string>> = {
  'src/main/platform/clock.ts': 'export const clock = 1;\n',
  'src/main/database/migration.ts': "import '../platform/clock.ts';\n",
  'src/main/vault/index.ts': "import './inner.ts';\nimport '../platform/clock.ts';\n",
  'src/main/vault/inner.ts': "import '../../shared/word.ts';\n",
  'src/main/cases/index.ts': "import '../vault/index.ts';\nimport '../database/migration.ts';\n",
  'src/main/playback/index.ts': 'export const playback = 1;\n',
  'src/main/copies/index.ts': "import 'fluent-ffmpeg';\n",
  'src/main/electron/main.ts': "import { app } from 'electron';\nimport '../launch/index.ts';\n",
  'src/main/launch/index.ts': 'export const launch = 1;\n',
  'src/shared/word.ts': "import 'zod';\n",
  'src/renderer/main.tsx': "import 'react';\nimport '../shared/word.ts';\n",
  'tests/support/until.ts': 'export const until = 1;\n',
};

let folder = '';

async function lay(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), source);
}

async function cruise(): Promise<z.infer<typeof Report>['summary']> {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 });
  return Report.parse(JSON.parse(stdout)).summary;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bir-ret-arrows-'));
  for (const file of ['.dependency-cruiser.cjs', 'package.json']) await cp(join(root, file), join(folder, file));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, source] of Object.entries(house)) await lay(path, source);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the arrows of the house', () => {
  it('let a well-built house through, and look at every file of it', async () => {
    const summary = await cruise();
    expect(summary.violations).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(house).length - 1);
  });

  it('refuse each import that they forbid', async () => {
    for (const [path, source] of Object.values(planted)) await lay(path, source);
    await lay('src/main/cases/index.ts', "import './circle.ts';\n");
    const { violations } = await cruise();
    const found = new Set(violations.map(({ rule, from }) => `${rule.name} in ${from}`));
    const missed = Object.entries(planted).filter(([rule, [file]]) => !found.has(`${rule} in ${file}`));
    expect(missed.map(([rule]) => rule)).toEqual([]);
  });

  it('have an example here for each rule', async () => {
    const config: unknown = (await import(join(root, '.dependency-cruiser.cjs'))).default;
    const rules = z.object({ forbidden: z.array(z.object({ name: z.string() })) }).parse(config).forbidden;
    expect(rules.map(({ name }) => name).sort()).toEqual(Object.keys(planted).sort());
  });
});
