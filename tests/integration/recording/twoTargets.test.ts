import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import {
  beginRecording,
  type JourneyStation,
  peopledStation,
  plannedInterview,
  recordedFor,
} from '../../support/journey.ts';
import { leftWith, mountSkipReason, mountSmall, resized } from '../../support/mounts.ts';
import { until } from '../../support/until.ts';
import { failedInPlace } from '../journey/seats.ts';

const reason = mountSkipReason();
/** More than a recording of this length may need; none of it is taken before it is written. */
const SIZE = 6000 * 1024 * 1024;

/** Everything under `folder` by its path: the digest of each file that belongs to the exhibit. */
function digests(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => statSync(join(folder, name)).isFile() && !/^(recording\.json|set-aside)|\.tail\./.test(name),
  );
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(names.sort().map((name) => [name, digest(name)]));
}

describe.skipIf(reason !== null)('an interview on two disks, of which one fills up', () => {
  let folder: string;
  let journey: JourneyStation;
  let roots: [string, string];
  let exhibit: string;
  let interview: string;
  const unmount: (() => void)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-disks-'));
    roots = [join(folder, 'disk-a/recordings'), join(folder, 'disk-b/recordings')];
    for (const name of ['disk-a', 'disk-b']) unmount.push(mountSmall(join(folder, name), SIZE));
    journey = await peopledStation();
    const { administrator } = journey.seats;
    const before = await administrator.client.station.targets();
    // The two folders that a station begins with lie side by side: that is said.
    expect(before.map(({ shared }) => shared)).toEqual([true, true]);
    const after = await administrator.client.station.setTargets({ paths: roots });
    expect(after.map(({ shared, problem }) => [shared, problem])).toEqual([
      [false, null],
      [false, null],
    ]);
    const planned = await plannedInterview(journey);
    [interview, exhibit] = [planned.id, planned.exhibit];
  }, 240_000);
  afterAll(async () => {
    await journey?.end();
    for (const act of unmount) act();
    await rm(folder, { recursive: true, force: true });
  });

  const view = () => journey.seats.investigator.client.recording.view({ interview });

  it('goes on with the other, and says so', async () => {
    await beginRecording(journey, interview);
    await recordedFor(journey, interview, 1500);
    const well = (await view()).recorder;
    expect(well?.oneDisk).toBe(false);
    expect(well?.remainingMs ?? 0).toBeGreaterThan(60_000);
    // As if something else took the last of its room. What is written meanwhile may make it too small for that: again.
    await until('the disk is full', () => leftWith(join(folder, 'disk-b'), 32 * 1024));
    await until('the full disk is given up', async () => (await view()).recorder?.targets[1]?.ok === false);
    const state = (await view()).recorder;
    expect(state?.targets.map(({ ok, problem }) => [ok, problem])).toEqual([
      [true, null],
      [false, 'ENOSPC'],
    ]);
    await recordedFor(journey, interview, (state?.elapsedMs ?? 0) + 1500);
    const stopped = await journey.seats.investigator.client.recording.stop({ interview, confirmed: true });
    expect(stopped).toMatchObject({ state: 'sealed', card: { copies: 1 } });
    const record = EvidenceRecord.parse(JSON.parse(readFileSync(join(roots[0], exhibit, 'record.json'), 'utf8')));
    expect(record.targets).toEqual({ written: 1, disks: 1, confirmed_single_by: null });
  });

  it('is listed as standing on one disk, and is not said to fail its verification for that', async () => {
    const { operator, investigator } = journey.seats;
    const seen = await until('it was looked at', async () => {
      const now = await operator.client.station.levelling();
      return now.exhibits.length > 0 ? now : null;
    });
    expect(seen.exhibits).toMatchObject([{ exhibit, whole: 1, disks: 1, can: true }]);
    expect((await investigator.client.exhibits.get({ exhibit })).copies).toEqual({ whole: 1, disks: 1 });
    expect(await failedInPlace(investigator, exhibit)).toEqual([]);
  });

  it('is told apart when the disk is still full, and stays as it is', async () => {
    const { operator } = journey.seats;
    const before = digests(join(roots[0], exhibit));
    await operator.client.station.bringLevel();
    const state = await until('it was tried', async () => {
      const now = await operator.client.station.levelling();
      return now.running === null && now.problem !== null ? now : null;
    });
    expect(state.problem).toMatchObject({ exhibit, code: 'TARGET_UNUSABLE', params: { reason: 'ENOSPC' } });
    expect(digests(join(roots[0], exhibit))).toEqual(before);
  });

  it('is brought level once there is room: every file the same, what was half written put aside, and on record', async () => {
    const { operator, investigator } = journey.seats;
    expect(resized(join(folder, 'disk-b'), SIZE)).toBe(true);
    const record = readFileSync(join(roots[0], exhibit, 'record.json'));
    await operator.client.station.bringLevel();
    await until('it is level', async () => {
      const now = await operator.client.station.levelling();
      return now.running === null && now.exhibits.length === 0;
    });
    expect(digests(join(roots[1], exhibit))).toEqual(digests(join(roots[0], exhibit)));
    expect(readFileSync(join(roots[1], exhibit, 'record.json')).equals(record)).toBe(true);
    expect(readdirSync(join(roots[1], exhibit)).filter((name) => name.startsWith('set-aside'))).toEqual([
      'set-aside-1',
    ]);
    expect(readdirSync(join(roots[1], exhibit, 'tracks')).filter((name) => name.includes('tail'))).toEqual([]);
    expect((await investigator.client.exhibits.get({ exhibit })).copies).toEqual({ whole: 2, disks: 2 });
    const events = await investigator.client.exhibits.custody({ exhibit });
    const actions = events.map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('exhibit.levell'))).toEqual([
      'exhibit.levelling-failed',
      'exhibit.levelled',
    ]);
    expect(await failedInPlace(investigator, exhibit)).toEqual([]);
  });

  it('is mended where a file was lost or changed since; right ones are not written over', async () => {
    const { operator, investigator } = journey.seats;
    const copy = join(roots[1], exhibit);
    const [media, index] = [join(copy, 'tracks/mic1.mp4.age'), join(copy, 'tracks/room.segments.jsonl')];
    const untouched = statSync(join(copy, 'tracks/room.mp4.age')).mtimeMs;
    writeFileSync(media, 'not what it was');
    await rm(index);
    const lost = await until('it was seen', async () => {
      const now = await operator.client.station.levelling();
      return now.exhibits.length > 0;
    });
    expect(lost).toBe(true);
    await operator.client.station.bringLevel();
    await until('it is level', async () => {
      const now = await operator.client.station.levelling();
      return now.running === null && now.exhibits.length === 0;
    });
    expect(digests(copy)).toEqual(digests(join(roots[0], exhibit)));
    expect(statSync(join(copy, 'tracks/room.mp4.age')).mtimeMs).toBe(untouched);
    expect(readFileSync(join(copy, 'set-aside-2/tracks/mic1.mp4.age'), 'utf8')).toBe('not what it was');
    expect(await failedInPlace(investigator, exhibit)).toEqual([]);
  });

  it('asks before it begins on one disk, and writes down who agreed', async () => {
    const { administrator, investigator } = journey.seats;
    await administrator.client.station.setTargets({ paths: [roots[0]] });
    const planned = await plannedInterview(journey);
    const own = investigator.client;
    await own.recording.prepare({ interview: planned.id });
    await until('its sources run', async () => {
      const { recorder } = await own.recording.view({ interview: planned.id });
      return recorder?.sources.every((source) => source.state === 'running');
    });
    await expect(own.recording.begin({ interview: planned.id, singleTargetConfirmed: false })).rejects.toMatchObject({
      code: 'SINGLE_TARGET_NOT_CONFIRMED',
    });
    await own.recording.begin({ interview: planned.id, singleTargetConfirmed: true });
    await recordedFor(journey, planned.id, 1000);
    await own.recording.stop({ interview: planned.id, confirmed: true });
    const path = join(roots[0], planned.exhibit, 'record.json');
    const { targets } = EvidenceRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(targets).toMatchObject({ written: 1, disks: 1 });
    expect(targets.confirmed_single_by).toMatch(/^[a-z0-9-]+$/);
  });
});

describe('a folder that was chosen and whose disk is away', () => {
  it('is not made anew on the disk beneath; the recording asks whether one disk must do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'birret-away-'));
    const journey = await peopledStation();
    try {
      const paths = [join(folder, 'a'), join(folder, 'b')];
      await mkdir(folder, { recursive: true });
      await journey.seats.administrator.client.station.setTargets({ paths });
      await rm(join(folder, 'b'), { recursive: true });
      const [, away] = await journey.seats.administrator.client.station.targets();
      expect(away).toMatchObject({ problem: 'ENOENT', shared: false });
      const planned = await plannedInterview(journey);
      const { recording } = journey.seats.investigator.client;
      await recording.prepare({ interview: planned.id });
      await expect(recording.begin({ interview: planned.id, singleTargetConfirmed: false })).rejects.toMatchObject({
        code: 'SINGLE_TARGET_NOT_CONFIRMED',
      });
      expect(readdirSync(folder)).toEqual(['a']);
    } finally {
      await journey.end();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

if (reason !== null) process.stdout.write(`skipped: two disks: ${reason}\n`);
