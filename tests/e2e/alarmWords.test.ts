import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import type { RecordingView } from '../../src/shared/contract/recording.ts';
import type { Alarm, AlarmCode, Finding, RecorderState, SourceLive } from '../../src/shared/domain/liveState.ts';
import { barriers, draw, draws, settingsOf, shoot } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

/*
 * Each kind of alarm on the recording screen, in words put into the station's mouth: the view of a real recording reaches
 * the page by the same stream, with the alarm in it that the recorder would have told. Real causes are in
 * alarms.test.ts; here stands what no test can cause on every machine (a clock that is set, a machine that will not be kept
 * awake, a disk that lags), and the words of all kinds side by side.
 */
let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

const ALL = ['room', 'face', 'mic1', 'mic2'] as const;
type Place = (typeof ALL)[number];
const names: Record<Place, string> = {
  ...{ room: 'Simulated camera, room view', face: 'Simulated camera, face view' },
  ...{ mic1: 'Simulated microphone 1', mic2: 'Simulated microphone 2' },
};
const of = (place: Place): Alarm['params'] => ({
  ...{ place, source: names[place], recording: 1 },
  still: ALL.filter((other) => other !== place).join(','),
});

const DISKS = ['/mnt/disk-a/recordings', '/mnt/disk-b/recordings'] as const;
const disk = (
  index: 0 | 1,
  more: Partial<RecorderState['targets'][number]> = {},
): RecorderState['targets'][number] => ({
  ...{ path: DISKS[index], ok: true, freeBytes: 400e9, problem: null, slow: false, behindBytes: 0 },
  ...more,
});

/** What happened, told in the recorder's own shape. */
interface Story {
  readonly alarms?: readonly { code: AlarmCode; params?: Alarm['params']; over?: boolean; ago?: number }[];
  readonly source?: Partial<Record<Place, Partial<SourceLive>>>;
  readonly recorder?: Partial<RecorderState>;
  /** Connected observers' screens. */
  readonly observers?: number;
}

const heard = { rms: -24, peak: -15 };
const isDone: ReadonlySet<AlarmCode> = new Set<AlarmCode>([
  ...(['SOURCE_BACK', 'DISKS_TOO_SLOW', 'DISK_LOW', 'DISK_ALMOST_FULL', 'CLOCK_JUMPED'] as const),
]);

function tell(view: RecordingView, story: Story): RecordingView {
  const { recorder } = view;
  if (recorder === null) throw new Error('nothing is recorded');
  const now = Date.now();
  const at = (agoS: number) => new Date(now - agoS * 1000).toISOString();
  const alarms = (story.alarms ?? []).map(({ code, params = {}, over = false, ago = 6 }): Alarm => {
    const ended = isDone.has(code) ? at(ago) : over ? at(ago - 4) : null;
    return { code, params, at: at(ago), ended };
  });
  const elapsedMs = 14 * 60_000 + ((view.elapsedMs ?? 0) % 60_000);
  return {
    ...view,
    elapsedMs,
    recorder: {
      ...recorder,
      ...{ elapsedMs, targets: [disk(0), disk(1)], oneDisk: false, remainingMs: 21 * 3600_000 + 19 * 60_000 },
      sources: recorder.sources.map((source) => {
        const { place } = source;
        // How busy this machine is, is not the story.
        const well = {
          ...source,
          state: 'running' as const,
          growing: true,
          findings: [],
          delayMs: 40,
          level: place.startsWith('mic') ? heard : null,
        };
        return { ...well, ...(place === 'interpreter' ? {} : story.source?.[place]) };
      }),
      ...story.recorder,
      alarms,
    },
  };
}

interface Fed {
  readonly base: RecordingView;
  readonly pictures: ReadonlyMap<string, Buffer>;
  /** What is told from now on; null: the station does not answer. */
  readonly told: () => Story | null;
}

/** What the station says to this page from now on. Its pictures stand still, so that no ffmpeg and no decoder has to run. */
async function feed(page: Page, { base, pictures, told }: Fed): Promise<void> {
  await page.route('**/rpc/recording/live', async (route) => {
    const story = told();
    if (story === null) return await route.abort('connectionrefused');
    const body = `event: message\ndata: ${JSON.stringify({ json: tell(base, story) })}\n\n`;
    return await route.fulfill({ status: 200, contentType: 'text/event-stream', body });
  });
  await page.route('**/rpc/recording/view', (route) => route.abort('connectionrefused'));
  await page.route('**/media/live/**', (route) => route.fulfill({ status: 404 }));
  await page.route('**/rpc/observers/screens', async (route) => {
    await route.fulfill({ json: { json: { connected: told()?.observers ?? 0 } } });
  });
  await page.route('**/preview/**', async (route) => {
    const body = pictures.get(/(\w+)\.jpg/.exec(route.request().url())?.[1] ?? '');
    await route.fulfill(body === undefined ? { status: 404 } : { contentType: 'image/jpeg', body });
  });
}

/** A recording of a few moments, as the station told of it, with a picture of each camera. */
async function recorded(screen: LiveScreens): Promise<Pick<Fed, 'base' | 'pictures'>> {
  const { client } = screen.people.seats.investigator;
  const id = screen.interview.id;
  await screen.begin();
  const base = await until('everything grows', async () => {
    const view = await client.recording.view({ interview: id });
    return view.recorder?.sources.every(({ growing, state }) => growing && state === 'running') === true && view;
  });
  const page = await screen.seat('investigator', '/');
  const pictures = new Map<string, Buffer>();
  for (const place of ['room', 'face']) {
    const picture = await until(`a picture of ${place}`, async () => {
      const answer = await page.request.get(`${screen.running.origin}/preview/${id}/${place}.jpg`);
      return answer.status() === 200 && (await answer.body());
    });
    pictures.set(place, picture);
  }
  await page.context().close();
  expect((await client.recording.stop({ interview: id, confirmed: true })).state).toBe('sealed');
  return { base, pictures };
}

const lost = { state: 'lost', growing: false, level: null, fps: null } as const;
const found = (finding: Finding) => ({ findings: [finding] });

/** Every kind: what is told, and what the person reads. */
const stories: readonly { name: string; story: Story; status: RegExp; light?: string; keeping: string; all?: true }[] =
  [
    {
      ...{ name: 'source-lost', all: true, status: /“Face view” was there and went away/ },
      ...{ light: 'Face view: sends nothing', keeping: 'Recording, but not: Face view' },
      story: {
        source: { face: lost },
        alarms: [{ code: 'SOURCE_LOST', params: { ...of('face'), failure: 'connection-lost', line: '' } }],
      },
    },
    {
      ...{ name: 'source-back', status: /“Face view” is back since/, keeping: 'Recording to both disks' },
      story: {
        alarms: [
          { code: 'SOURCE_LOST', params: of('face'), over: true, ago: 19 },
          { code: 'SOURCE_BACK', params: of('face'), ago: 15 },
        ],
      },
    },
    {
      ...{ name: 'picture-black', status: /picture of “Room view” has been black/ },
      ...{ light: 'Room view: picture black', keeping: 'Recording to both disks' },
      story: { source: { room: found('black') }, alarms: [{ code: 'PICTURE_BLACK', params: of('room') }] },
    },
    {
      ...{ name: 'picture-frozen', status: /picture of “Room view” has not changed/ },
      ...{ light: 'Room view: picture frozen', keeping: 'Recording to both disks' },
      story: { source: { room: found('frozen') }, alarms: [{ code: 'PICTURE_FROZEN', params: of('room') }] },
    },
    {
      ...{ name: 'sound-silent', status: /“Microphone 1” has heard nothing/ },
      ...{ light: 'Microphone 1: hears nothing', keeping: 'Recording to both disks' },
      story: {
        source: { mic1: { ...found('silent'), level: { rms: -120, peak: -120 } } },
        alarms: [{ code: 'SOUND_SILENT', params: of('mic1') }],
      },
    },
    {
      ...{ name: 'sound-clipping', status: /“Microphone 1” has been too loud/ },
      ...{ light: 'Microphone 1: too loud', keeping: 'Recording to both disks' },
      story: {
        source: { mic1: { ...found('clipping'), level: { rms: -4, peak: 0 } } },
        alarms: [{ code: 'SOUND_CLIPPING', params: of('mic1') }],
      },
    },
    {
      ...{ name: 'sound-hum', status: /“Microphone 2” has heard one steady tone/ },
      ...{ light: 'Microphone 2: hums', keeping: 'Recording to both disks' },
      story: { source: { mic2: found('hum') }, alarms: [{ code: 'SOUND_HUM', params: of('mic2') }] },
    },
    {
      ...{ name: 'not-growing', status: /“Face view” is sending, but nothing of it has reached every disk/ },
      ...{ light: 'Face view: not kept', keeping: 'Recording, but not: Face view' },
      story: {
        source: { face: { ...found('no-bytes'), growing: false } },
        alarms: [{ code: 'NOT_GROWING', params: of('face') }],
      },
    },
    {
      ...{ name: 'target-lost', all: true, status: /disk \/mnt\/disk-b\/recordings takes nothing since .* not there/ },
      keeping: 'Recording to one disk',
      story: {
        recorder: { targets: [disk(0), disk(1, { ok: false, problem: 'ENODEV', freeBytes: null })] },
        alarms: [{ code: 'TARGET_LOST', params: { target: DISKS[1], problem: 'ENODEV' } }],
      },
    },
    {
      ...{ name: 'disk-slow', status: /disk \/mnt\/disk-b\/recordings has not kept up/ },
      ...{ light: 'Face view: kept on one disk', keeping: 'Recording; one disk lags behind' },
      story: {
        source: { face: { growing: false, findings: ['no-bytes'] } },
        recorder: { targets: [disk(0), disk(1, { slow: true, behindBytes: 30e6 })] },
        alarms: [{ code: 'DISK_SLOW', params: { target: DISKS[1] } }],
      },
    },
    {
      ...{ name: 'disks-too-slow', status: /No disk took what “Room view” sent/, keeping: 'Recording to both disks' },
      story: { alarms: [{ code: 'DISKS_TOO_SLOW', params: of('room') }] },
    },
    {
      ...{ name: 'disk-low', status: /room for less than an hour/, keeping: 'Recording to both disks' },
      story: { recorder: { remainingMs: 58 * 60_000 }, alarms: [{ code: 'DISK_LOW', params: { minutes: 60 } }] },
    },
    {
      ...{ name: 'disk-almost-full', status: /room for less than a quarter of an hour/ },
      keeping: 'Recording to both disks',
      story: {
        recorder: { remainingMs: 14 * 60_000 },
        alarms: [
          { code: 'DISK_LOW', params: { minutes: 60 }, ago: 2700 },
          { code: 'DISK_ALMOST_FULL', params: { minutes: 15 } },
        ],
      },
    },
    {
      ...{ name: 'clock-jumped', status: /machine’s clock was changed/, keeping: 'Recording to both disks' },
      story: { alarms: [{ code: 'CLOCK_JUMPED', params: { jumpMs: 3_600_000 } }] },
    },
    {
      ...{ name: 'sleep-not-blocked', status: /could not be kept from going to sleep/ },
      keeping: 'Recording twice, but on one disk',
      story: { recorder: { oneDisk: true }, alarms: [{ code: 'SLEEP_NOT_BLOCKED' }] },
    },
    {
      // Everything at once: nothing is pushed off the screen, and the gravest stands first.
      ...{ name: 'many', all: true, status: /takes nothing since/, keeping: 'Recording, but not: Face view' },
      story: {
        source: { face: lost, mic1: found('silent'), mic2: found('hum'), room: found('frozen') },
        recorder: {
          ...{ remainingMs: 12 * 60_000 },
          targets: [disk(0), disk(1, { ok: false, problem: 'EIO', freeBytes: null })],
        },
        alarms: [
          { code: 'SLEEP_NOT_BLOCKED', ago: 2000 },
          { code: 'SOURCE_LOST', params: of('mic2'), over: true, ago: 1500 },
          { code: 'PICTURE_BLACK', params: of('face'), over: true, ago: 1000 },
          { code: 'SOUND_HUM', params: of('mic2'), ago: 60 },
          { code: 'PICTURE_FROZEN', params: of('room'), ago: 50 },
          { code: 'SOUND_SILENT', params: of('mic1'), ago: 40 },
          { code: 'SOURCE_LOST', params: { ...of('face'), failure: 'not-found', line: '' }, ago: 30 },
          { code: 'DISK_ALMOST_FULL', params: { minutes: 15 }, ago: 20 },
          { code: 'TARGET_LOST', params: { target: DISKS[1], problem: 'EIO' }, ago: 10 },
        ],
      },
    },
    {
      ...{ name: 'nothing-kept', all: true, status: /No other disk takes it/, keeping: 'Nothing is being kept' },
      story: {
        source: Object.fromEntries(ALL.map((place) => [place, { growing: false, findings: ['no-bytes'] }])),
        recorder: {
          targets: [
            disk(0, { ok: false, problem: 'ENOSPC', freeBytes: 0 }),
            disk(1, { ok: false, problem: 'ENODEV', freeBytes: null }),
          ],
          remainingMs: null,
        },
        alarms: [
          { code: 'TARGET_LOST', params: { target: DISKS[1], problem: 'ENODEV' }, ago: 40 },
          { code: 'TARGET_LOST', params: { target: DISKS[0], problem: 'ENOSPC' }, ago: 4 },
        ],
      },
    },
  ];

it('says each kind of alarm in words, in its place, while the work goes on', { timeout: 1_500_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const fed = await recorded(screens);
  let story: Story | null = {};
  const work = await screens.seat('investigator', '/');
  await feed(work, { ...fed, told: () => story });
  await work.goto(`${screens.running.origin}/interview/${screens.interview.id}`);
  const region = work.getByRole('region', { name: 'The equipment' });
  const keeping = work.locator('.br-keeping[role=status]');
  await keeping.getByText('Recording to both disks', { exact: true }).waitFor({ timeout: 60_000 });
  // With nothing to report there is nothing to see, and no place in the order of keys.
  await expect.poll(() => region.count(), { timeout: 30_000 }).toBe(0);
  await work.locator('.br-tile img').first().waitFor({ timeout: 60_000 });
  const stop = work.getByRole('button', { name: 'Stop and seal…' });
  const stood = await stop.boundingBox();

  for (const one of stories) {
    story = one.story;
    await region.getByRole('status').getByText(one.status).first().waitFor({ timeout: 60_000 });
    await keeping.getByText(one.keeping, { exact: true }).waitFor({ timeout: 60_000 });
    if (one.light !== undefined) {
      const lights = work.getByRole('list', { name: 'Cameras and microphones' });
      await lights.getByText(one.light, { exact: true }).waitFor({ timeout: 60_000 });
    }
    // Nothing opens over the work, and the button that ends it stands where it stood.
    for (const role of ['dialog', 'alertdialog', 'alert'] as const) expect(await work.getByRole(role).count()).toBe(0);
    expect(await stop.boundingBox(), one.name).toEqual(stood);
    const across = await work.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(across, one.name).toBeLessThanOrEqual(0);
    await draw(work, `alarm-${one.name}`, {
      in: one.all === true ? ['kk', 'ru', 'en'] : ['en'],
      come: async (again) => {
        await again.locator('.br-alarm').first().waitFor();
        await again.locator('.br-tile img').first().waitFor();
      },
    });
  }

  // Where nothing grows, nothing says that it records.
  const text = await work.locator('main').innerText();
  expect(text).toContain('Nothing is being kept');
  expect(text).not.toMatch(/Recording to|: kept|(Everything|What works) is being saved|goes on to the other/m);
  // One kind after the other, the gravest first.
  story = stories.find(({ name }) => name === 'many')?.story ?? {};
  await region.getByText(/has heard one steady tone/).waitFor({ timeout: 60_000 });
  const order = await region.locator('.br-alarm').evaluateAll((all) => all.map((li) => li.getAttribute('data-alarm')));
  expect(order).toEqual([
    ...['TARGET_LOST', 'SOURCE_LOST', 'DISK_ALMOST_FULL', 'SOUND_SILENT', 'PICTURE_FROZEN'],
    ...['SOUND_HUM', 'SLEEP_NOT_BLOCKED'],
  ]);
  for (const theme of ['light', 'dark'] as const) {
    await settingsOf(work, 'en', theme);
    await region.getByText(/has heard one steady tone/).waitFor({ timeout: 60_000 });
    expect(await barriers(work), theme).toEqual([]);
    // What is over opens by key; so does everything else: no key is caught.
    await region.locator('.br-alarms-earlier summary').focus();
    await work.keyboard.press('Enter');
    await region.getByText('Face view: picture black').waitFor();
  }
  await settingsOf(work, 'en');
  await keeping.getByText(/^Recording/).waitFor({ timeout: 60_000 });

  // A station that is away is not a recording that is known to go on.
  story = null;
  await keeping.getByText('Not known: the station does not answer').waitFor({ timeout: 60_000 });
  await work.getByText('This window has lost the station').waitFor();
  expect(await work.locator('main').innerText()).not.toMatch(
    /Recording to|: kept|(Everything|What works) is being saved|goes on/,
  );
  if (draws) await shoot(work, 'en', 'alarm-station-away');
  story = { observers: 2 };
  await keeping.getByText('Recording to both disks').waitFor({ timeout: 60_000 });
  await work.getByRole('button', { name: 'Observers’ screens connected (2)' }).waitFor({ timeout: 60_000 });
  await draw(work, 'alarm-none-observers', {
    come: async (again) => {
      await again.locator('.br-tile img').first().waitFor();
      await again.locator('.br-interview-chips button[data-variant=light]').waitFor();
    },
  });
  expect(screens.wrong).toEqual([]);
});
