import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import {
  beginRecording,
  type JourneyStation,
  peopledStation,
  plannedInterview,
  recordedFor,
} from '../support/journey.ts';
import { slowSyncs } from '../support/slowSyncs.ts';
import { until } from '../support/until.ts';

/** What one track may owe a slow disk in memory before that disk is given up (vault/partWriter.ts). */
const LARGEST_LAG = 16 * 1024 * 1024;
const Event = z.looseObject({ action: z.string(), details: z.record(z.string(), z.unknown()) });
const noProc = existsSync('/proc/self/fd') ? null : 'which file a sync is for is not known without /proc';
if (noProc !== null) process.stdout.write(`skipped: a slow disk: ${noProc}\n`);

/** One interview, in the recorder's own process, on two folders of which one takes seconds for each sync. */
describe.skipIf(noProc !== null)('a disk that answers late in the midst of a recording', () => {
  let folder: string;
  let journey: JourneyStation;
  let roots: [string, string];
  let interview: string;
  let exhibit: string;
  let most = 0;
  const before = { ...process.env };
  const slow = (ms: number): void => writeFileSync(join(folder, 'slow'), `${ms} ${roots[1]}`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-slow-'));
    roots = [join(folder, 'a'), join(folder, 'b')];
    for (const root of roots) await mkdir(root);
    slow(0);
    Object.assign(process.env, slowSyncs(join(folder, 'slow')));
    journey = await peopledStation();
    await journey.seats.administrator.client.station.setTargets({ paths: roots });
    const planned = await plannedInterview(journey);
    [interview, exhibit] = [planned.id, planned.exhibit];
    await beginRecording(journey, interview);
    await recordedFor(journey, interview, 1000);
  }, 240_000);
  afterAll(async () => {
    if (folder !== undefined) slow(0);
    await journey?.end();
    for (const name of Object.keys(slowSyncs(''))) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  const recorder = async () => {
    const { recorder: now } = await journey.seats.investigator.client.recording.view({ interview });
    if (now === null) throw new Error('no recorder');
    most = Math.max(most, now.targets[1]?.behindBytes ?? 0);
    return now;
  };
  const isOn = async () => (await recorder()).alarms.some(({ code, ended }) => code === 'DISK_SLOW' && ended === null);
  const events = (...actions: string[]) => {
    const db = new BetterSqlite3(join(journey.folder, 'station.db'), { readonly: true });
    const rows = db.prepare('SELECT bytes FROM custody_events WHERE subject_id = ? ORDER BY idx').pluck().all(exhibit);
    db.close();
    return z
      .array(z.instanceof(Uint8Array))
      .parse(rows)
      .map((bytes) => Event.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))))
      .filter(({ action }) => actions.includes(action));
  };

  it('is told and goes on in the other one without waiting; it is over when the disk has caught up', async () => {
    slow(3000);
    await until('it is told', isOn, { withinMs: 60_000 });
    const [well, late] = (await recorder()).targets;
    expect([well?.ok, well?.slow, late?.ok, late?.slow]).toEqual([true, false, true, true]);
    const { elapsedMs } = await recorder();
    await recordedFor(journey, interview, elapsedMs + 2000);
    expect(most).toBeGreaterThan(0);
    slow(0);
    await until('it has caught up', async () => !(await isOn()), { withinMs: 60_000 });
    const alarm = (await recorder()).alarms.find(({ code }) => code === 'DISK_SLOW');
    expect(Date.parse(alarm?.ended ?? '')).toBeGreaterThan(Date.parse(alarm?.at ?? ''));
    expect((await recorder()).targets.map(({ ok, slow: lags }) => [ok, lags])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it('is given up where it does not answer any more; the record has no gap and says that one copy was written', async () => {
    slow(60_000);
    await until('it is given up', async () => (await recorder()).targets[1]?.ok === false, { withinMs: 90_000 });
    const grows = async () => (await recorder()).sources.every(({ growing }) => growing === true);
    await until('every track grows on the one that is left', grows);
    const { elapsedMs } = await recorder();
    await recordedFor(journey, interview, elapsedMs + 1000);
    const stopped = await journey.seats.investigator.client.recording.stop({ interview, confirmed: true });
    expect(stopped).toMatchObject({ state: 'sealed', card: { copies: 1 } });
    const record = EvidenceRecord.parse(JSON.parse(readFileSync(join(roots[0], exhibit, 'record.json'), 'utf8')));
    expect(record.targets.written).toBe(1);
    expect(record.tracks.map(({ gaps, parts }) => [gaps, parts.length])).toEqual(record.tracks.map(() => [[], 1]));
    expect(most).toBeLessThan(LARGEST_LAG * record.tracks.length);

    // Slow and well again; then slow once more, and given up.
    const told = events('target.slow', 'target.caught-up');
    expect(told.slice(0, 3).map(({ action }) => action)).toEqual(['target.slow', 'target.caught-up', 'target.slow']);
    expect(told.every(({ details }) => details['target'] === 1)).toBe(true);
    const times = told.map(({ details }) => Date.parse(String(details['at'])));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(0);
    expect(events('target.lost').map(({ details }) => [details['target'], details['problem']])).toEqual([
      [1, 'ETIMEDOUT'],
    ]);
  });

  it('is brought level after the seal, each file compared, and that is on record', async () => {
    slow(0);
    const { operator } = journey.seats;
    // Both folders lie on one disk of this machine; the second one is brought level when somebody asks.
    await until('it is seen', async () => (await operator.client.station.levelling()).exhibits[0]?.can === true);
    await operator.client.station.bringLevel();
    await until('it is level', () => events('exhibit.levelled').length === 1, { withinMs: 60_000 });
    const names = (root: string) =>
      readdirSync(join(root, exhibit, 'tracks')).filter((name) => !name.includes('.tail.'));
    const digests = (root: string) =>
      names(root).map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(root, exhibit, 'tracks', name)))
          .digest('hex'),
      ]);
    expect(digests(roots[1])).toEqual(digests(roots[0]));
    expect(readFileSync(join(roots[1], exhibit, 'record.json'))).toEqual(
      readFileSync(join(roots[0], exhibit, 'record.json')),
    );
  });
});
