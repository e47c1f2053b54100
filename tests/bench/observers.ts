// Eight observers over the court's HTTPS: one real browser that plays both pictures and both microphones, and seven readers
// that fetch every segment of every track as soon as it is listed. How far behind the room each is, and whether the
// recording lacks anything for it. The load and the sources' own lag are printed beside.
import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { freePort } from '../support/networkDoor.ts';
import { line, samples, WATCH } from './live.ts';
import { SegmentReader } from './observers/reader.ts';

const SECONDS = Number(process.env['BIRRET_BENCH_SECONDS'] ?? 90);
const READERS = 7;

export async function bench(): Promise<void> {
  const why = whyNoScreens();
  if (why !== null) {
    process.stdout.write(`  skipped: ${why}\n`);
    return;
  }
  const screens = await liveScreens();
  const { running, people, interview } = screens;
  const { client } = people.seats.investigator;
  let stopped = false;
  try {
    const port = await freePort();
    const settings = { enabled: true, listen: '127.0.0.1', port, names: ['localhost'] };
    const { door } = await people.seats.administrator.client.network.set(settings);
    if (door !== 'open') throw new Error(`the network door is ${door}`);
    const code = async () => (await client.pairing.offer({ interview: interview.id, kind: 'observer' })).code;
    const browser = await screens.stranger();
    await browser.goto(`https://localhost:${port}/pair#${await code()}`);
    await browser.locator('button[type=submit]').click();
    await browser.waitForURL('**/observe');
    const ca = running.station.roots().stationRootPem;
    const readers = await Promise.all(
      Array.from({ length: READERS }, async () => await SegmentReader.paired({ port, ca, code: await code() })),
    );
    await screens.begin();
    await browser.evaluate(WATCH);
    await browser.locator('video').nth(1).waitFor({ state: 'attached', timeout: 60_000 });
    for (const reader of readers) reader.start(interview.id, ['room', 'face', 'mic1', 'mic2']);
    await delay(10_000);
    const from = Date.now();
    await delay(SECONDS * 1000);
    const read = await Promise.all(readers.map((reader) => reader.stop(from)));
    const { late, apart, stalls } = await samples(browser, from);
    const { recorder } = await client.recording.view({ interview: interview.id });
    const lag = recorder?.sources.map(({ place, delayMs }) => `${place} ${delayMs ?? '–'} ms`).join(', ');
    await client.recording.stop({ interview: interview.id, confirmed: true });
    stopped = true;
    const load = loadavg()[0]?.toFixed(1);
    process.stdout.write(`  load ${load} on ${availableParallelism()} cores; the sources' own lag: ${lag}\n`);
    for (const [track, list] of Object.entries(late)) line(`browser, ${track}, behind the room`, list);
    line('browser, between the tracks', apart);
    process.stdout.write(`  browser, samples with a track that showed nothing: ${stalls}\n`);
    line(
      'readers, a segment in hand, behind its last picture',
      read.flatMap(({ late }) => late),
    );
    const sum = (of: (one: (typeof read)[number]) => number) => read.reduce((all, one) => all + of(one), 0);
    process.stdout.write(
      `  readers: ${sum(({ segments }) => segments)} segments, ${(sum(({ bytes }) => bytes) / 1e6).toFixed(0)} MB, ` +
        `${sum(({ missed }) => missed)} missed, ${sum(({ refused }) => refused)} refused\n`,
    );
    // The record says of each track what it has and what it lacks.
    const path = join(running.station.folder, 'targets', 'a', interview.exhibit, 'record.json');
    for (const { id, parts, gaps } of EvidenceRecord.parse(JSON.parse(await readFile(path, 'utf8'))).tracks) {
      const seconds = parts.reduce((all, part) => all + part.duration_ms, 0) / 1000;
      process.stdout.write(
        `  recorded: ${id} ${seconds.toFixed(1)} s in ${parts.length} part(s), ${gaps.length} gaps\n`,
      );
    }
    if (screens.wrong.length > 0) process.stdout.write(`  ${screens.wrong.join('\n  ')}\n`);
  } finally {
    if (!stopped) await client.recording.stop({ interview: interview.id, confirmed: true }).catch(() => undefined);
    await screens.end();
  }
}
