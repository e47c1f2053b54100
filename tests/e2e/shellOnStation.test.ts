import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStation } from '../../src/main/launch/findStation.ts';
import { noShellBecause, openShell, type TestShell } from '../support/electron.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';
import { until } from '../support/until.ts';

const why = noShellBecause();

/** The shell and the real station together, from a folder that is empty to its end. */
describe('the desktop shell on a real station', () => {
  let folder: StationFolder;
  let shell: TestShell;

  beforeAll(async () => {
    if (why !== null) return;
    folder = await newStationFolder();
    shell = await openShell(folder.path);
  });
  afterAll(async () => {
    await shell?.close();
    await folder?.end();
  });

  async function firstScreen(): Promise<void> {
    await shell.page.getByRole('heading').first().waitFor({ timeout: 40_000 });
  }

  it('starts the station of a new folder and shows its first screen', async ({ skip }) => {
    if (why !== null) return skip(why);
    await firstScreen();
    const station = await findStation(folder.path);
    expect(new URL(shell.page.url()).origin).toBe(station?.origin);
    await shell.page.getByRole('textbox').first().waitFor();
  });

  it('shows it again after a reload, in the same session', async ({ skip }) => {
    if (why !== null) return skip(why);
    await shell.page.reload();
    await firstScreen();
    await shell.page.getByRole('textbox').first().waitFor();
  });

  it('starts the station again when it was killed, and enters the new one', async ({ skip }) => {
    if (why !== null) return skip(why);
    const before = await findStation(folder.path);
    if (before === null) throw new Error('there is no station');
    process.kill(before.pid, 'SIGKILL');
    const after = await until(
      'there is a new station',
      async () => {
        const found = await findStation(folder.path);
        return found !== null && found.pid !== before.pid ? found : null;
      },
      { withinMs: 40_000 },
    );
    await until('the window shows it', () => new URL(shell.page.url()).origin === after.origin, { withinMs: 60_000 });
    await firstScreen();
  });

  it('ends the station with its last window, as nothing is recorded', async ({ skip }) => {
    if (why !== null) return skip(why);
    await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await until('the station has ended', async () => (await findStation(folder.path)) === null, { withinMs: 60_000 });
  });
});
