// How far behind the room a screen is that shows what stands on the disks: for each second, when its last picture was taken,
// when the station could give it, and what an observers' screen (both pictures, both microphones) shows at the same moment.
// A machine that has no time to spare adds its own delay to every figure: the load and the sources' lag are printed beside.
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { liveScreens, whyNoScreens } from '../support/liveScreen.ts';

const SECONDS = Number(process.env['BIRRET_BENCH_SECONDS'] ?? 60);

export async function bench(): Promise<void> {
  const why = whyNoScreens();
  if (why !== null) {
    process.stdout.write(`  skipped: ${why}\n`);
    return;
  }
  const screens = await liveScreens();
  const { running, people, interview } = screens;
  try {
    await screens.begin();
    const { code } = await people.seats.investigator.client.observers.admit({ interview: interview.id });
    const observers = await screens.paired(code);
    await observers.evaluate(WATCH);
    await observers.locator('video').nth(1).waitFor({ state: 'attached', timeout: 60_000 });
    // The first seconds are the players' own: they find their place.
    await delay(10_000);
    const from = Date.now();
    const fetchable = watchPlaylist(observers, `${running.origin}/media/live/${interview.id}/room/index.m3u8`);
    await delay(SECONDS * 1000);
    const stored = await fetchable.stop();
    const { late, apart, stalls } = await samples(observers, from);
    const { recorder } = await people.seats.investigator.client.recording.view({ interview: interview.id });
    const lag = recorder?.sources.map(({ place, delayMs }) => `${place} ${delayMs ?? '–'} ms`).join(', ');
    const load = loadavg()[0]?.toFixed(1);
    process.stdout.write(
      `  load ${load} on ${availableParallelism()} cores; the sources' own lag at the end: ${lag}\n`,
    );
    line('newest second, from its last picture to when it can be fetched', stored);
    for (const [track, list] of Object.entries(late)) line(`${track}, behind the room`, list);
    line('between the tracks', apart);
    process.stdout.write(`  samples with a track that showed nothing: ${stalls}\n`);
    if (screens.wrong.length > 0) process.stdout.write(`  ${screens.wrong.join('\n  ')}\n`);
  } finally {
    await people.seats.investigator.client.recording
      .stop({ interview: interview.id, confirmed: true })
      .catch(() => undefined);
    await screens.end();
  }
}

/**
 * In the page, four times a second: how far behind the recording's clock each element is, by the date of the segment that
 * it shows.
 */
export const WATCH = `
  window.birretLate = [];
  setInterval(() => {
    const late = {};
    document.querySelectorAll('video, audio').forEach((element, index) => {
      const ms = element.dataset.behindMs;
      if (ms !== undefined) late[element.tagName.toLowerCase() + ' ' + index] = ms === '' ? null : Number(ms);
    });
    window.birretLate.push({ at: Date.now(), late });
  }, 250);
`;

interface Late {
  readonly at: number;
  readonly late: Readonly<Record<string, number | null>>;
}

export async function samples(page: Page, from: number) {
  const all = (await page.evaluate<Late[]>('window.birretLate')).filter(({ at }) => at >= from);
  const late: Record<string, number[]> = {};
  const apart: number[] = [];
  let stalls = 0;
  for (const { late: now } of all) {
    const known = Object.values(now).filter((ms) => ms !== null);
    for (const [track, ms] of Object.entries(now)) {
      const list = late[track] ?? [];
      late[track] = list;
      if (ms !== null) list.push(ms);
    }
    if (known.length > 1) apart.push(Math.max(...known) - Math.min(...known));
    if (known.length < Object.keys(now).length) stalls += 1;
  }
  return { late, apart, stalls };
}

/** Reads the playlist again and again, and notes how old the end of each new segment is when it first stands there. */
function watchPlaylist(page: Page, address: string) {
  const late: number[] = [];
  const stopped = new AbortController();
  const done = (async () => {
    let last = '';
    let first = true;
    while (!stopped.signal.aborted) {
      const answer = await page.request.get(address);
      const text = await answer.text();
      const now = Number(answer.headers()['x-birret-now']);
      const rows = text.trim().split('\n');
      const [date, info, uri] = rows.slice(-3);
      if (uri !== undefined && uri !== last && date !== undefined && info !== undefined) {
        const end =
          Date.parse(date.slice('#EXT-X-PROGRAM-DATE-TIME:'.length)) + Number.parseFloat(info.slice(8)) * 1000;
        if (!first) late.push(now - end);
        first = false;
        last = uri;
      }
      await delay(50);
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await done;
      return late;
    },
  };
}

export function line(what: string, list: readonly number[]): void {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const s = (ms: number | undefined) => (ms === undefined ? '–' : (ms / 1000).toFixed(2));
  process.stdout.write(
    `  ${what}: median ${s(at(0.5))} s, 95 % ${s(at(0.95))} s, most ${s(sorted.at(-1))} s (${sorted.length})\n`,
  );
}
