import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { type TestScreen, testScreen } from './screen.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Electron executable (ELECTRON_OVERRIDE_DIST_PATH, or the installed runtime), or null. */
export function electronPath(): string | null {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined && given !== '') return existing(join(given, name));
  const folder = join(root, 'node_modules', 'electron');
  const note = existing(join(folder, 'path.txt'));
  return note === null ? null : existing(join(folder, 'dist', readFileSync(note, 'utf8').trim()));
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}

/** Why the shell cannot be tested here, or null when it can. */
export function noShellBecause(): string | null {
  if (electronPath() === null) return 'no Electron runtime on this machine (ELECTRON_OVERRIDE_DIST_PATH names one)';
  if (!existsSync(join(root, 'build/main/electron/main.js'))) return 'the shell was not built (npm run build)';
  return null;
}

/** The real shell, built, on a display; driven by Playwright. */
export interface TestShell {
  readonly app: ElectronApplication;
  /** The operator's window. */
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens the shell for the station in `folder`, which it finds or starts. */
export async function openShell(folder: string, args: readonly string[] = []): Promise<TestShell> {
  const executablePath = electronPath();
  const screen: TestScreen | null = await testScreen();
  if (executablePath === null || screen === null) throw new Error('no Electron runtime or no display');
  const own = await mkdtemp(join(tmpdir(), 'bir-ret-shell-'));
  const env = Object.fromEntries(
    Object.entries({ ...screen.env, XDG_CONFIG_HOME: own }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const app = await _electron.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--station', folder, ...args],
    env,
    timeout: 30_000,
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    close: async () => {
      // A shell that a test has killed is closed already, and Playwright would wait for its answer.
      const { exitCode, signalCode } = app.process();
      if (exitCode === null && signalCode === null) await app.close();
      await screen.stop();
      await rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
