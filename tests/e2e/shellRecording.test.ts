import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Shell } from '../../src/shared/shell.ts';
import { type DemoAccount, makeDemoStation } from '../support/demoStation.ts';
import { noShellBecause, openShell, type TestShell } from '../support/electron.ts';
import { newStationFolder, type StationFolder } from '../support/stationFolder.ts';
import { until } from '../support/until.ts';
import { callFromWindow } from '../support/windowCalls.ts';

// What the page's own code sees; it runs in the window, not here.
declare const window: { readonly shell?: Shell };

const why = noShellBecause();

const View = z.object({
  interview: z.object({ id: z.string(), state: z.string() }),
  recorder: z.object({ sources: z.array(z.object({ state: z.string() })) }).nullable(),
  elapsedMs: z.number().nullable(),
});
const WithId = z.object({ id: z.string() });

/** A recording in the desktop window: what may happen to the window must not happen to the recording. */
describe('a recording, while its window', () => {
  let folder: StationFolder;
  let shell: TestShell;
  let investigator: DemoAccount;
  let judge: DemoAccount;
  let interview = '';

  beforeAll(async () => {
    if (why !== null) return;
    folder = await newStationFolder();
    const demo = await makeDemoStation(folder.path);
    investigator = demo.account('investigator');
    judge = demo.account('judge');
    shell = await openShell(folder.path);
    await signIn(investigator);
    interview = await plan();
    await callFromWindow(shell.app, 'recording/prepare', { interview });
    await until(
      'every source runs',
      async () => {
        const { recorder } = await view();
        return recorder?.sources.every(({ state }) => state === 'running');
      },
      { withinMs: 60_000 },
    );
    await callFromWindow(shell.app, 'recording/begin', { interview, singleTargetConfirmed: false });
  }, 300_000);

  afterAll(async () => {
    await shell?.close();
    await folder?.end();
  });

  async function signIn({ login, password }: DemoAccount): Promise<void> {
    const { page } = shell;
    await page.locator('input[autocomplete="username"]').fill(login, { timeout: 60_000 });
    await page.locator('input[autocomplete="current-password"]').fill(password);
    await page.locator('button[type="submit"]').click();
    await page.locator('input[autocomplete="current-password"]').waitFor({ state: 'detached', timeout: 60_000 });
  }

  async function plan(): Promise<string> {
    const number = `E2E-${Date.now()}`;
    const { id: caseId } = WithId.parse(
      await callFromWindow(shell.app, 'cases/create', { number, court: 'Test court' }),
    );
    const child = WithId.parse(
      await callFromWindow(shell.app, 'cases/addChild', {
        caseId,
        status: 'witness',
        identity: { surname: 'Test', givenName: number, birthDate: '2017-03-14', iin: null },
      }),
    );
    const [room] = z
      .array(WithId)
      .min(1)
      .parse(await callFromWindow(shell.app, 'rooms/list'));
    const planned = await callFromWindow(shell.app, 'interviews/plan', {
      caseId,
      childId: child.id,
      kind: 'deposition',
      language: 'kk',
      room: room?.id,
      plannedAt: new Date().toISOString(),
      plannedMinutes: 10,
      participants: [
        { capacity: 'investigating-judge', place: 'interview', name: 'Test judge' },
        { capacity: 'psychologist', place: 'interview', name: 'Test psychologist' },
      ],
      further: null,
    });
    return WithId.parse(planned).id;
  }

  async function view(): Promise<z.infer<typeof View>> {
    return View.parse(await callFromWindow(shell.app, 'recording/view', { interview }));
  }

  /** It goes on: later than `afterMs`, recording, every source running. */
  async function goesOn(afterMs: number): Promise<number> {
    const now = await until('the recording goes on', async () => {
      const seen = await view();
      return (seen.elapsedMs ?? 0) > afterMs + 500 ? seen : null;
    });
    expect(now.interview.state).toBe('recording');
    expect(now.recorder?.sources.map(({ state }) => state)).toEqual(now.recorder?.sources.map(() => 'running'));
    return now.elapsedMs ?? 0;
  }

  it('is there', async ({ skip }) => {
    if (why !== null) return skip(why);
    await goesOn(0);
  });

  it('is loaded again', async ({ skip }) => {
    if (why !== null) return skip(why);
    const before = await goesOn(0);
    await shell.page.reload();
    await goesOn(before);
  });

  it('crashes', async ({ skip }) => {
    if (why !== null) return skip(why);
    const before = await goesOn(0);
    await shell.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('did-finish-load', () => resolve());
          contents?.forcefullyCrashRenderer();
        }),
    );
    await goesOn(before);
  });

  it('has a second window beside it', async ({ skip }) => {
    if (why !== null) return skip(why);
    const before = await goesOn(0);
    const opened = shell.app.waitForEvent('window');
    await shell.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("shell.openSecondWindow('/')"),
    );
    const second = await opened;
    await second.getByRole('heading').first().waitFor();
    await second.close();
    await goesOn(before);
  });

  it('is killed with its whole shell; a new shell finds the recording going on', async ({ skip }) => {
    if (why !== null) return skip(why);
    const before = await goesOn(0);
    const killed = shell.app.process();
    killed.kill('SIGKILL');
    await until('it is dead', () => killed.signalCode !== null);
    await shell.close();
    shell = await openShell(folder.path);
    await signIn(investigator);
    await goesOn(before);
  });

  it('asks to stop: it is sealed', async ({ skip }) => {
    if (why !== null) return skip(why);
    const stopped = z
      .object({ state: z.string(), card: z.object({ exhibit: z.string(), durationMs: z.number() }).optional() })
      .parse(await callFromWindow(shell.app, 'recording/stop', { interview, confirmed: true }));
    expect(stopped.state).toBe('sealed');
    expect(stopped.card?.durationMs).toBeGreaterThan(3_000);
  });

  it('is a memory: the judge replays a sealed one in it, both pictures at once', async ({ skip }) => {
    if (why !== null) return skip(why);
    await callFromWindow(shell.app, 'session/signOut');
    await shell.page.reload();
    await signIn(judge);
    const [hearing] = z
      .array(WithId)
      .min(1)
      .parse(await callFromWindow(shell.app, 'hearings/list'));
    await callFromWindow(shell.app, 'hearings/open', { hearing: hearing?.id });
    await shell.page.goto(`${new URL(shell.page.url()).origin}/hearing/${hearing?.id}`);
    const videos = shell.page.locator('video');
    await videos.nth(1).waitFor({ timeout: 30_000 });
    await shell.page.keyboard.press('Space');
    const places = () => videos.evaluateAll((all) => all.map((video) => Number(Reflect.get(video, 'currentTime'))));
    await until('both pictures move', async () => (await places()).every((seconds) => seconds > 0.8), {
      withinMs: 40_000,
    });
    expect(await places()).toHaveLength(2);
  });

  it('shows the courtroom the same pictures in a second window that is signed in as nobody', async ({ skip }) => {
    if (why !== null) return skip(why);
    const [hearing] = z
      .array(WithId)
      .min(1)
      .parse(await callFromWindow(shell.app, 'hearings/list'));
    const { code, path } = z
      .object({ code: z.string(), path: z.string() })
      .parse(await callFromWindow(shell.app, 'hearings/screen', { hearing: hearing?.id }));
    const opened = shell.app.waitForEvent('window');
    await shell.page.evaluate((to) => window.shell?.openSecondWindow(to), `${path}#${encodeURIComponent(code)}`);
    const second = await opened;
    await second.locator('video').first().waitFor({ timeout: 30_000 });
    const me = await callFromWindow(shell.app, 'session/me');
    expect(z.object({ account: z.object({ role: z.string() }) }).parse(me).account.role).toBe('judge');
    expect(await second.getByRole('button').count()).toBe(0);
  });
});
