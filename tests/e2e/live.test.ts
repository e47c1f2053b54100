import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const draws = process.env['BIRRET_SCREENS'] === '1';

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

interface Player {
  readonly kind: string;
  readonly at: number;
  readonly ready: number;
  readonly behindMs: number | null;
  readonly width: number;
}

/** Every live element of the page, pictures first. */
function players(page: Page): Promise<Player[]> {
  return page.evaluate<Player[]>(`[...document.querySelectorAll('video, audio')].map((one) => ({
    kind: one.tagName.toLowerCase(), at: one.currentTime, ready: one.readyState, width: one.videoWidth ?? 0,
    behindMs: one.dataset.behindMs ? Number(one.dataset.behindMs) : null,
  }))`);
}

/**
 * Waits until each of the page's `count` live elements has shown pictures or sound and played on by `seconds`. One after the
 * other counts too: a machine that is too busy lets now one and now the other stand.
 */
async function playOn(what: string, page: Page, count: number, seconds: number): Promise<Player[]> {
  const played = new Map<string, number>();
  let before = new Map<string, number>();
  return await until(
    `${what}: ${count} tracks play on`,
    async () => {
      const all = await players(page);
      const now = new Map(all.map(({ kind, at }, i) => [`${kind} ${i}`, at]));
      all.forEach(({ kind, at, ready, behindMs }, i) => {
        const moved = at - (before.get(`${kind} ${i}`) ?? at);
        // A jump into step is no playing.
        if (ready >= 2 && behindMs !== null && moved > 0 && moved < 1.5) {
          played.set(`${kind} ${i}`, (played.get(`${kind} ${i}`) ?? 0) + moved);
        }
      });
      before = now;
      return all.length === count && played.size === count && [...played.values()].every((s) => s >= seconds) && all;
    },
    { withinMs: 120_000, everyMs: 200 },
  );
}

async function draw(page: Page, name: string, ready: string): Promise<void> {
  if (!draws) return;
  for (const language of ['kk', 'ru', 'en']) {
    const settings = JSON.stringify({ language, theme: 'light', shortcuts: true });
    await page.evaluate((kept) => localStorage.setItem('birret.settings', kept), settings);
    await page.reload();
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(5000);
    const path = join(root, 'docs/screens', language, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path });
  }
}

it('shows what stands on the disks while it is recorded, over a new part, and to observers who were admitted', {
  timeout: 600_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, running } = screens;
  const { client } = people.seats.investigator;
  const id = interview.id;

  // Before the button: small pictures alone, and an observers' screen that waits.
  const officer = await screens.seat('investigator', `/interview/${id}`);
  await officer.locator('.br-tile img').first().waitFor({ timeout: 60_000 });
  expect(await players(officer)).toEqual([]);
  const { code, path } = await client.observers.admit({ interview: id });
  expect(path).toBe('/observe');
  const observers = await screens.paired(code);
  await observers.getByText('The interview has not begun').waitFor();
  await draw(observers, 'observers-before', '[role=status]');
  await officer.getByRole('button', { name: 'Observers’ screen connected (1)' }).waitFor({ timeout: 30_000 });

  // Recorded: both pictures advance, and the sound where it is asked for. One screen at a time: each decodes two pictures.
  await screens.begin();
  await observers.goto('about:blank');
  const seen = await playOn('officer', officer, 2, 2);
  expect(seen.every(({ kind, width }) => kind === 'video' && width > 0)).toBe(true);
  // How late it is, is the machine's matter; that it is said, is ours.
  await officer
    .getByText(/\d+ s behind$/)
    .first()
    .waitFor();
  await draw(officer, 'interview-live', '.br-tile video');
  await officer.getByRole('button', { name: 'Sound: Sound off' }).click();
  await officer.getByRole('menuitem', { name: 'All microphones' }).click();
  await playOn('officer with sound', officer, 4, 1);
  await officer.goto('about:blank');
  await observers.goto(`${running.origin}/observe`);
  const watched = await playOn('observers', observers, 4, 2);
  expect(watched.map(({ kind }) => kind)).toEqual(['video', 'video', 'audio', 'audio']);
  await draw(observers, 'observers', '.br-observe-picture video');
  const text = (await observers.locator('body').textContent()) ?? '';
  for (const secret of [interview.caseNumber, interview.exhibit, interview.child.code, 'Demo']) {
    expect(text).not.toContain(secret);
  }

  // The room's camera dies: its picture goes on with the next part.
  const source = async () =>
    (await client.recording.view({ interview: id })).recorder?.sources.find((one) => one.id === 'room');
  const { pid } = (await source()) ?? {};
  if (typeof pid !== 'number') throw new Error('the camera has no process');
  process.kill(pid, 'SIGKILL');
  await until('the camera is back', async () => {
    const now = await source();
    return now?.partNumber === 2 && now.state === 'running' && now.growing;
  });
  await until('the new part is on the playlist', async () => {
    const list = await observers.request.get(`${running.origin}/media/live/${id}/room/index.m3u8`);
    return (await list.text()).includes('2/0.mp4');
  });
  await playOn('observers after the loss', observers, 4, 3);

  // Sent away: nothing of what was shown stays, and the next one needs a code of its own.
  await client.observers.dismiss({ interview: id });
  await observers.getByText('This screen is not connected any more').waitFor();
  expect(await players(observers)).toEqual([]);
  const next = await screens.paired((await client.observers.admit({ interview: id })).code);
  await playOn('the next observers', next, 4, 1);

  expect((await client.recording.stop({ interview: id, confirmed: true })).state).toBe('sealed');
  await next.getByText('The interview is over').waitFor({ timeout: 30_000 });
  expect(await players(next)).toEqual([]);
  const log = await people.seats.administrator.client.custody.list({ before: null, count: 200 });
  const acts = log.events.map(({ action }) => action).filter((action) => action.startsWith('observers.'));
  expect(acts.toSorted()).toEqual([
    'observers.admitted',
    'observers.admitted',
    'observers.connected',
    'observers.connected',
    'observers.dismissed',
  ]);
  expect(screens.wrong).toEqual([]);
});
