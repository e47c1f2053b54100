import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SourceLive } from '../../src/shared/domain/liveState.ts';
import { barriers, draw } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { leftWith, mountSkipReason, mountSmall, resized } from '../support/mounts.ts';
import { type TroubledFfmpeg, troubledFfmpeg } from '../support/troubledFfmpeg.ts';
import { until } from '../support/until.ts';

/*
 * The recording screen while things go wrong, with real causes: processes that are killed, cameras that show black, disks
 * that fill. What cannot be caused on any machine is in alarmWords.test.ts.
 */
const GB = 1024 ** 3;
/** This machine may be busy: how long a thing takes is not what is asked here. */
const WAIT = { timeout: 150_000 };

let screens: LiveScreens | null = null;
let ffmpeg: TroubledFfmpeg;
let folder: string;
let unmount: (() => void)[] = [];
const ffmpegBefore = process.env['FFMPEG_PATH'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-alarms-'));
  ffmpeg = troubledFfmpeg();
  process.env['FFMPEG_PATH'] = ffmpeg.path;
});
afterEach(async () => {
  await screens?.end();
  screens = null;
  for (const away of unmount) away();
  unmount = [];
  ffmpeg.remove();
  if (ffmpegBefore === undefined) delete process.env['FFMPEG_PATH'];
  else process.env['FFMPEG_PATH'] = ffmpegBefore;
  await rm(folder, { recursive: true, force: true });
});

/** Two disks of this size: nothing of it is taken before it is written. */
function twoDisks(): [string, string] {
  const disks: [string, string] = [join(folder, 'disk-a'), join(folder, 'disk-b')];
  for (const disk of disks) unmount.push(mountSmall(disk, 8 * GB));
  return disks;
}

/** The recording screen is there again, its pictures and its newest words too. */
const atWork = async (page: Page) => {
  await page.locator('.br-room-foot').waitFor();
  await page.locator('.br-tile video:not([data-hidden]), .br-tile img, .br-tile-none').first().waitFor();
};

/** What stands in the list of what is wrong now, and it is a polite status: it interrupts nobody. */
const told = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: 'The equipment' }).getByRole('status').getByText(text).first();
const light = (page: Page, text: string) =>
  page.getByRole('list', { name: 'Cameras and microphones' }).getByText(text, { exact: true });
const keeping = (page: Page, text: string | RegExp) => page.locator('.br-keeping[role=status]').getByText(text);

const stopAt = async (page: Page) => await page.getByRole('button', { name: 'Stop and seal…' }).boundingBox();

it('says what happens to cameras, microphones and disks while it is recorded, and never interrupts', {
  timeout: 1_200_000,
}, async ({ skip }) => {
  const why = whyNoScreens() ?? mountSkipReason();
  if (why !== null) return skip(why);
  const [diskA, diskB] = twoDisks();
  screens = await liveScreens({ targets: [join(diskA, 'recordings'), join(diskB, 'recordings')] });
  const { people, interview, wrong } = screens;
  const { client } = people.seats.investigator;
  const id = interview.id;
  const state = async () => (await client.recording.view({ interview: id })).recorder;
  const source = async (place: SourceLive['place']) => (await state())?.sources.find((one) => one.place === place);
  const kill = async (place: SourceLive['place']) => {
    const pid = (await source(place))?.pid;
    if (typeof pid === 'number') process.kill(pid, 'SIGKILL');
  };

  // A camera is missing before the button: who starts is asked, and Enter by habit starts nothing.
  const page = await screens.seat('investigator', `/interview/${id}`);
  await light(page, 'Face view: sends').waitFor(WAIT);
  ffmpeg.make('video', 'ends');
  await kill('face');
  await light(page, 'Face view: sends nothing').waitFor(WAIT);
  const dialog = page.getByRole('dialog');
  const start = page.getByRole('button', { name: 'Start recording' });
  await start.click();
  await dialog.getByText('Start although something is missing?').waitFor();
  await dialog.getByText(/^Face view: nothing comes from there/).waitFor();
  expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Cancel');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await start.click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const asked = (button: string) => async (again: Page) => {
    await again.locator('.br-tile img').first().waitFor(WAIT);
    await again.locator(button).click();
    await again.getByRole('dialog').waitFor();
  };
  await draw(page, 'confirm-missing', { come: asked('.br-room-card .br-form button >> nth=0') });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await start.click();
  await dialog.getByRole('button', { name: 'Start without it' }).click();

  // It is recorded without it, and the screen says so; the camera comes back by itself.
  await keeping(page, 'Recording, but not: Face view').waitFor(WAIT);
  await light(page, 'Room view: kept').waitFor(WAIT);
  await page.getByText('What works is being saved.').waitFor();
  await draw(page, 'alarm-missing-source', { come: atWork });
  ffmpeg.make('video', 'none');
  await keeping(page, 'Recording to both disks').waitFor(WAIT);
  await told(page, /“Face view” is back since/).waitFor(WAIT);
  await page.getByText('Everything is being saved.').waitFor();
  const stood = await stopAt(page);

  // A camera that is lost amid the recording.
  ffmpeg.make('video', 'ends');
  await kill('room');
  await told(page, /“Room view” .*went away|“Room view” (stopped|gives|is there)/).waitFor(WAIT);
  await told(page, 'Still recording: Face view, Microphone 1, Microphone 2.').waitFor(WAIT);
  await keeping(page, 'Recording, but not: Room view').waitFor(WAIT);
  expect(await stopAt(page)).toEqual(stood);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'alarm-source-lost', { come: atWork });
  // What it comes back with is black; a microphone comes back mute.
  ffmpeg.make('video', 'black');
  ffmpeg.make('audio', 'silent');
  await kill('mic1');
  await told(page, /The picture of “Room view” has been black since/).waitFor(WAIT);
  await told(page, /“Microphone 1” has heard nothing since/).waitFor(WAIT);
  await light(page, 'Room view: picture black').waitFor(WAIT);
  await light(page, 'Microphone 1: hears nothing').waitFor(WAIT);
  expect(await stopAt(page)).toEqual(stood);
  await draw(page, 'alarm-black-and-silent', { come: atWork });

  // The operator of the equipment sees the same; keys go on working under the officer's hands.
  await page.keyboard.press('KeyM');
  await page.getByText('Marker 1').waitFor();

  // All is well again: what was wrong is folded away with its times, and a key opens it.
  ffmpeg.make('video', 'none');
  ffmpeg.make('audio', 'none');
  await kill('room');
  await kill('mic1');
  await light(page, 'Room view: kept').waitFor(WAIT);
  await light(page, 'Microphone 1: kept').waitFor(WAIT);
  const earlier = page.locator('.br-alarms-earlier summary');
  await earlier.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Room view: picture black').last().waitFor();
  expect(await page.locator('.br-alarm-over').first().innerText()).toMatch(/\d\d:\d\d:\d\d/);

  // Little room is left, then less; then a disk is full.
  for (const [minutes, text] of [
    [40, /have room for less than an hour/],
    [8, /have room for less than a quarter of an hour/],
  ] as const) {
    // How much a minute takes changes while the sources settle: the disks are made to fit again until it is said.
    await until(
      `both disks have room for ${minutes} minutes, and it is said`,
      async () => {
        if ((await told(page, text).count()) > 0) return true;
        const { remainingMs, targets } = (await state()) ?? {};
        const free = Math.min(...(targets ?? []).map(({ freeBytes }) => freeBytes ?? Number.NaN));
        if (typeof remainingMs !== 'number' || remainingMs <= 0 || !(free > 0)) return false;
        const bytes = Math.round((free / remainingMs) * minutes * 60_000);
        for (const disk of [diskA, diskB]) leftWith(disk, bytes);
        return false;
      },
      { withinMs: WAIT.timeout, everyMs: 3000 },
    );
    await draw(page, minutes === 40 ? 'alarm-disk-low' : 'alarm-disk-almost-full', { in: ['en'], come: atWork });
  }
  expect(await told(page, /less than an hour/).count()).toBe(0);
  expect(resized(diskA, 8 * GB)).toBe(true);
  await until('the second disk is full', () => leftWith(diskB, 0));
  await told(page, /takes nothing since .*it is full/).waitFor(WAIT);
  await told(page, /The recording goes on to the other disk/).waitFor();
  await keeping(page, 'Recording to one disk').waitFor(WAIT);
  expect(await stopAt(page)).toEqual(stood);
  await draw(page, 'alarm-target-lost', { come: atWork });

  // Nothing of all this has opened a window over the work. Then it is ended, by key.
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.getByRole('alertdialog').count()).toBe(0);
  expect(await page.getByRole('alert').count()).toBe(0);
  const stop = page.getByRole('button', { name: 'Stop and seal…' });
  await draw(page, 'confirm-stop', { come: asked('.br-stop') });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await stop.focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  // Enter by habit must not end a recording: it falls on the way back.
  await dialog.locator('[data-autofocus]:focus').waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect((await client.recording.view({ interview: id })).interview.state).toBe('recording');
  await stop.click();
  await dialog.getByRole('button', { name: 'Stop and seal' }).click();
  await page.locator('.br-seal').waitFor(WAIT);
  expect(wrong).toEqual([]);
});
