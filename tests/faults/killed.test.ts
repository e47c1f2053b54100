import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sealCrashed } from '../../src/main/recorder/index.ts';
import { openExhibitKey } from '../../src/main/recording/index.ts';
import { openCrashedPart, recipientOf } from '../../src/main/vault/index.ts';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { failedInPlace, openStation, signIn, vaultIdentityOf } from '../integration/journey/seats.ts';
import { type CliRun, cli, endAllIn, nothingRunsIn, passwordFile, processesIn, startCli } from '../support/cli.ts';
import { alive } from '../support/recorderRoom.ts';
import { until } from '../support/until.ts';

/** What the cut after the last whole fragment may take of what stood: two fragments of half a second. */
const CUT_MS = 1000;

const Recording = z.looseObject({
  exhibit: z.string(),
  recorder: z.number().int(),
  station: z.number().int(),
  ffmpeg: z.array(z.number().int()).length(4),
});
const Accounts = z.looseObject({ accounts: z.array(z.object({ role: z.string(), password: z.string() })) });

let folder: string;
let station: string;
let passwords: Map<string, string>;
let credentials: string[];
let run: CliRun | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-killed-'));
  station = join(folder, 'station');
}, 10_000);
afterEach(async () => {
  run?.kill('SIGKILL');
  await run?.ended;
  run = null;
  await endAllIn(folder);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Starts a recording from the command line: in the new folder first, later as its investigator. */
async function recording(): Promise<{ run: CliRun; pids: z.infer<typeof Recording> }> {
  const args = ['record', '--station', station, '--seconds', '600', '--json'];
  const known = passwords !== undefined;
  const started = startCli(known ? [...args, ...credentials] : args);
  run = started;
  if (!known) {
    const { accounts } = Accounts.parse(await started.event('station'));
    passwords = new Map(accounts.map((one) => [one.role, one.password]));
    const file = await passwordFile(join(folder, 'investigator.txt'), passwords.get('investigator') ?? '');
    credentials = ['--as', 'investigator', '--password-file', file];
  }
  const pids = Recording.parse(await started.event('recording'));
  expect(pids.station).toBe(started.pid);
  return { run: started, pids };
}

const tracksOf = (exhibit: string, target: string) => join(station, 'targets', target, exhibit, 'tracks');
const sizesOf = (exhibit: string): number[] =>
  ['a', 'b'].flatMap((target) =>
    ['room', 'face', 'mic1', 'mic2'].map((track) => statSync(join(tracksOf(exhibit, target), `${track}.mp4.age`)).size),
  );

/** Waits until every track's file on both targets is longer than now. */
async function grows(exhibit: string): Promise<void> {
  const before = sizesOf(exhibit);
  await until('every track grows', () => sizesOf(exhibit).every((size, i) => size > (before[i] ?? 0)), {
    // Sound fills a chunk of 64 KiB in some seconds.
    withinMs: 180_000,
  });
}

describe('kill -9 of the station during a recording', () => {
  it('leaves recorder and cameras at work; the next start attaches, stops and seals', async () => {
    const { run: first, pids } = await recording();
    const second = await cli(['recover', '--station', station, '--json']);
    expect(second.status).toBe(2);
    expect(second.events).toMatchObject([{ event: 'error', code: 'STATION_IN_USE' }]);

    first.kill('SIGKILL');
    await first.ended;
    expect([pids.recorder, ...pids.ffmpeg].map(alive)).toEqual([true, true, true, true, true]);
    await grows(pids.exhibit);

    // A command that only looks attaches, and lets go again.
    const looked = await cli(['recover', '--station', station, '--json']);
    expect(looked.events).toMatchObject([{ event: 'nothing' }]);
    expect([pids.recorder, ...pids.ffmpeg].map(alive)).toEqual([true, true, true, true, true]);

    const again = await openStation(station);
    try {
      expect(again.busy()).toBe(true);
      const investigator = await signIn(again, 'investigator', passwords.get('investigator') ?? '');
      const [interview] = await investigator.client.interviews.list();
      expect(interview?.state).toBe('recording');
      const view = await investigator.client.recording.view({ interview: interview?.id ?? '' });
      expect(view.recorder).toMatchObject({ pid: pids.recorder, phase: 'recording', exhibit: pids.exhibit });
      expect(view.recorder?.sources.map(({ pid }) => pid)).toEqual(pids.ffmpeg);
      await investigator.client.recording.mark({ interview: interview?.id ?? '', type: 'marker', label: 'after' });
      const stopped = await investigator.client.recording.stop({ interview: interview?.id ?? '', confirmed: true });
      if (stopped.state !== 'sealed') throw new Error(`waits for ${stopped.waitsFor}`);
      expect(stopped.card).toMatchObject({ exhibit: pids.exhibit, copies: 2, recovered: false });
      expect(await failedInPlace(investigator, pids.exhibit)).toEqual([]);
      const custody = await investigator.client.exhibits.custody({ exhibit: pids.exhibit });
      const actions = custody.map(({ action }) => action);
      expect(actions.filter((action) => action === 'recorder.attached').length).toBe(2);
      for (const once of ['interview.planned', 'recording.started', 'recording.ended', 'exhibit.sealed']) {
        expect(actions.filter((action) => action === once)).toEqual([once]);
      }
    } finally {
      await again.stop();
    }
    await nothingRunsIn(folder);
  }, 300_000);
});

describe('kill -9 of the recorder alone', () => {
  it('ends its cameras; the station secures at once, and its officer seals', async () => {
    const { run: first, pids } = await recording();
    process.kill(pids.recorder, 'SIGKILL');
    const { status, events, log } = await first.ended;
    expect(status).toBe(1);
    expect(events.at(-1)).toMatchObject({ event: 'error', code: 'RECORDER_LOST' });
    expect(log).toContain('[RECORDER_LOST]');
    await nothingRunsIn(folder, 120_000);
    const recovered = await cli(['recover', '--station', station, ...credentials, '--json']);
    expect(recovered.events.map(({ event }) => event)).toEqual(['secured', 'sealed']);
    expect(recovered.events.at(-1)).toEqual({ event: 'sealed', exhibit: pids.exhibit });
    expect(recovered.status).toBe(0);
  }, 300_000);
});

describe('a recovery that is itself killed between its files and its seal', () => {
  it('can be done again, to an exhibit that verifies', async () => {
    const { pids } = await recording();
    process.kill(pids.recorder, 'SIGKILL');
    await run?.ended;
    await nothingRunsIn(folder, 120_000);
    const identity = await exhibitIdentity(pids.exhibit);
    await sealCrashed({
      exhibit: pids.exhibit,
      folders: ['a', 'b'].map((target) => join(station, 'targets', target, pids.exhibit)),
      identity,
      recipient: await recipientOf(identity),
      sources: [],
      startedAt: null,
      ffmpegVersion: '',
    });
    await cli(['recover', '--station', station, ...credentials, '--json']);
    const bag = join(folder, 'bag-of-the-second');
    await cli(['export', '--station', station, '--exhibit', pids.exhibit, '--out', bag, ...credentials]);
    const verified = await cli(['verify', bag, '--trust', join(folder, 'station-roots', 'station-root.pem')]);
    expect(verified.status, verified.said).toBe(0);
  }, 300_000);
});

describe('an end in good order while no station is there', () => {
  it('as when the machine is shut down: nothing is lost, and the next start can seal it', async () => {
    const { run: first, pids } = await recording();
    first.kill('SIGKILL');
    await first.ended;
    process.kill(pids.recorder, 'SIGTERM');
    await nothingRunsIn(folder, 120_000);
    const waits = await cli(['recover', '--station', station, '--json']);
    expect(waits.events).toEqual([
      { event: 'ended', exhibit: pids.exhibit },
      { event: 'waits', exhibits: [pids.exhibit], for: 'key-holder' },
    ]);
    const sealed = await cli(['recover', '--station', station, ...credentials, '--json']);
    expect(sealed.events.at(-1), sealed.log).toEqual({ event: 'sealed', exhibit: pids.exhibit });
    expect(sealed.status).toBe(0);
    const bag = join(folder, 'bag-of-the-end');
    await cli(['export', '--station', station, '--exhibit', pids.exhibit, '--out', bag, ...credentials]);
    const root = join(folder, 'station-roots', 'station-root.pem');
    const verified = await cli(['verify', bag, '--trust', root]);
    expect(verified.status, verified.said).toBe(0);
    const record = EvidenceRecord.parse(JSON.parse(await readFile(join(bag, 'data/record.json'), 'utf8')));
    expect(record.recovered).toBeNull();
    expect(record.tracks.map(({ parts }) => parts.map(({ end }) => end))).toEqual(Array(4).fill(['stopped']));
  }, 300_000);
});

describe('kill -9 of everything', () => {
  it('is secured without a key, sealed with one, and the record says what was lost', async () => {
    const { run: first, pids } = await recording();
    await grows(pids.exhibit);
    for (const pid of [pids.station, pids.recorder, ...pids.ffmpeg]) process.kill(pid, 'SIGKILL');
    await first.ended;
    await nothingRunsIn(folder);
    const left = join(folder, 'left');
    cpSync(join(station, 'targets', 'a', pids.exhibit), left, { recursive: true });

    const secured = await cli(['recover', '--station', station, '--json']);
    expect(secured.status, secured.log).toBe(0);
    expect(secured.events).toEqual([
      { event: 'secured', exhibit: pids.exhibit },
      { event: 'waits', exhibits: [pids.exhibit], for: 'key-holder' },
    ]);
    // Securing only looks: every byte is as the crash left it.
    for (const name of readdirSync(join(left, 'tracks'))) {
      const now = await readFile(join(tracksOf(pids.exhibit, 'a'), name));
      expect(now.equals(await readFile(join(left, 'tracks', name))), name).toBe(true);
    }

    const judge = await passwordFile(join(folder, 'judge.txt'), passwords.get('judge') ?? '');
    const stranger = await cli(['recover', '--station', station, '--as', 'judge', '--password-file', judge, '--json']);
    expect(stranger.status).toBe(1);
    expect(stranger.events.at(-1)).toMatchObject({ event: 'error' });

    const sealed = await cli(['recover', '--station', station, ...credentials, '--json']);
    expect(sealed.status, sealed.said + sealed.log).toBe(0);
    expect(sealed.events.at(-1)).toEqual({ event: 'sealed', exhibit: pids.exhibit });
    const nothing = await cli(['recover', '--station', station, ...credentials, '--json']);
    expect(nothing.events).toEqual([{ event: 'nothing' }]);

    const bag = join(folder, 'bag');
    const exported = await cli([
      ...['export', '--station', station, '--exhibit', pids.exhibit, '--out', bag, ...credentials, '--json'],
    ]);
    expect(exported.status, exported.said + exported.log).toBe(0);
    const root = join(folder, 'station-roots', 'station-root.pem');
    const verified = await cli(['verify', bag, '--trust', root, '--json']);
    const checks = z.looseObject({ checks: z.array(z.looseObject({ name: z.string(), status: z.string() })) });
    expect(checks.parse(verified.events[0]).checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(verified.status).toBe(0);

    const record = EvidenceRecord.parse(JSON.parse(await readFile(join(bag, 'data/record.json'), 'utf8')));
    expect(record.recovered?.reason).toBe('recorder-ended');
    expect(record.recovered?.lost.map(({ track }) => track).sort()).toEqual(['face', 'mic1', 'mic2', 'room']);
    const identity = await exhibitIdentity(pids.exhibit);
    for (const track of record.tracks) {
      const [part] = track.parts;
      const lost = record.recovered?.lost.find((one) => one.track === track.id);
      expect(part?.end).toBe('crashed');
      // What is lost begins where the part ends; how much that is, tests/faults/kills.test.ts measures.
      expect(lost?.from_ms).toBeGreaterThan(part?.offset_ms ?? Number.NaN);
      // What stood on the disk when everything died, against what the sealed part holds.
      const crashed = join(folder, `${track.id}-left.mp4`);
      const pieces: Buffer[] = [];
      const opened = await openCrashedPart(join(left, 'tracks'), `${track.id}.mp4`, identity);
      for await (const piece of opened.stream()) pieces.push(piece);
      writeFileSync(crashed, Buffer.concat(pieces));
      const [written, kept] = [endOf(crashed), endOf(join(bag, 'data', part?.file ?? ''))];
      expect(kept).toBeGreaterThan(0);
      expect((written - kept) * 1000, track.id).toBeLessThanOrEqual(CUT_MS);
      await rm(crashed);
    }
  }, 300_000);
});

/** The exhibit's own key, by somebody who holds the vault. */
async function exhibitIdentity(exhibit: string): Promise<string> {
  const opened = await openStation(station);
  try {
    const seat = await signIn(opened, 'investigator', passwords.get('investigator') ?? '');
    const key = await readFile(join(station, 'targets', 'a', exhibit, 'exhibit.key.age'));
    return await openExhibitKey(key, await vaultIdentityOf(opened, seat));
  } finally {
    await opened.stop();
  }
}

/** Where a part ends, in seconds of its own clock: the last packet that is whole in it. */
function endOf(file: string): number {
  const listed = execFileSync(
    'ffprobe',
    ['-v', 'quiet', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0', file],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const ends = listed
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number))
    .map(([pts = 0, duration = 0]) => pts + duration);
  return Math.max(...ends.filter(Number.isFinite));
}

it('nothing of the stations above runs', () => {
  expect(processesIn(folder)).toEqual([]);
});
