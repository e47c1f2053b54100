import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jobResult } from '../../../src/main/cli/seat.ts';
import {
  beginRecording,
  type JourneyStation,
  peopledStation,
  plannedInterview,
  recordedFor,
} from '../../support/journey.ts';
import { until } from '../../support/until.ts';

const Event = z.looseObject({ details: z.record(z.string(), z.unknown()) });
const Files = z.array(z.object({ file: z.string(), sha256: z.string() }));

/** A derived copy of an exhibit on two folders, of which one is taken away (as its disk would be) and comes back. */
describe('a derived copy and a disk that was away', () => {
  let folder: string;
  let journey: JourneyStation;
  let roots: [string, string];
  let exhibit: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-copies-'));
    roots = [join(folder, 'a'), join(folder, 'b')];
    for (const root of roots) await mkdir(root);
    journey = await peopledStation();
    await journey.seats.administrator.client.station.setTargets({ paths: roots });
    const planned = await plannedInterview(journey);
    exhibit = planned.exhibit;
    await beginRecording(journey, planned.id);
    await recordedFor(journey, planned.id, 2500);
    await journey.seats.investigator.client.recording.stop({ interview: planned.id, confirmed: true });
  }, 240_000);
  afterAll(async () => {
    await journey?.end();
    await rm(folder, { recursive: true, force: true });
  });

  const away = () => rename(roots[1], join(folder, 'elsewhere'));
  const back = () => rename(join(folder, 'elsewhere'), roots[1]);
  const make = async (): Promise<string> => {
    const { investigator } = journey.seats;
    const { job } = await investigator.client.copies.make({ exhibit, recipient: null });
    await jobResult(investigator.client, job);
    return (await listed()).at(-1)?.id ?? '';
  };
  const listed = async () => (await journey.seats.investigator.client.copies.list({ exhibit })).copies;
  const lacking = async () => {
    const { exhibits } = await until('it was looked at', async () => {
      const now = await journey.seats.operator.client.station.levelling();
      return now.running === null && now.lookedAt !== null ? now : null;
    });
    return exhibits.find((one) => one.exhibit === exhibit)?.copies ?? 0;
  };
  const brought = async () => {
    await journey.seats.operator.client.station.bringLevel();
    await until('it is level', async () => (await lacking()) === 0);
  };
  /** With their details, which no screen gets whole: from where the log is kept. */
  const events = (action: string) => {
    const db = new BetterSqlite3(join(journey.folder, 'station.db'), { readonly: true });
    const find = db.prepare('SELECT bytes FROM custody_events WHERE subject_id = ? AND action = ? ORDER BY idx');
    const rows = z.array(z.instanceof(Uint8Array)).parse(find.pluck().all(exhibit, action));
    db.close();
    return rows.map((bytes) => Event.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  };
  const digests = (root: string, copy: string): Record<string, string> => {
    const place = join(root, exhibit, 'copies', copy);
    const digest = (name: string) =>
      createHash('sha256')
        .update(readFileSync(join(place, name)))
        .digest('hex');
    return Object.fromEntries(
      readdirSync(place)
        .sort()
        .map((name) => [name, digest(name)]),
    );
  };
  const media = (root: string, copy: string) => join(root, exhibit, 'copies', copy, 'picture-in-picture.mp4.age');

  it('is brought to it, compared with the digests of its making, and on record', async () => {
    await away();
    const copy = await make();
    expect((await listed())[0]).toMatchObject({ targets: 1, ofTargets: 2 });
    expect(await lacking()).toBe(0);
    await back();
    await until('it is seen', async () => (await lacking()) === 1);
    await brought();
    expect(digests(roots[1], copy)).toEqual(digests(roots[0], copy));
    expect(Object.keys(digests(roots[1], copy))).toHaveLength(4);
    expect((await listed())[0]).toMatchObject({ targets: 2, ofTargets: 2 });
    const [said, ...more] = events('copy.levelled');
    expect(more).toEqual([]);
    expect(said?.details).toMatchObject({ copy, target: 1, copied: 4, set_aside: 0 });
    const [made] = events('copy.made');
    const files = Files.parse(said?.details['files']);
    for (const { file, sha256 } of [
      ...Files.parse(made?.details['stored']),
      ...Files.parse(made?.details['p7s']),
      { file: 'copy.json', sha256: String(made?.details['copy_sha256']) },
    ]) {
      expect(files.find((one) => one.file === `copies/${copy}/${file}`)?.sha256, file).toBe(sha256);
    }
    // The exhibit itself was whole on both all the time.
    expect(events('exhibit.levelled')).toEqual([]);
  });

  it('is not taken from a disk that has it otherwise than it was made', async () => {
    const [copy] = (await listed()).map(({ id }) => id);
    if (copy === undefined) throw new Error('no copy');
    const right = digests(roots[0], copy);
    await rm(media(roots[1], copy));
    const bytes = readFileSync(media(roots[0], copy));
    const changed = Buffer.from(bytes);
    changed[bytes.length - 40] = (changed[bytes.length - 40] ?? 0) ^ 1;
    writeFileSync(media(roots[0], copy), changed);
    await until('it is seen', async () => (await lacking()) === 1);
    await journey.seats.operator.client.station.bringLevel();
    const { problem } = await until('it was tried', async () => {
      const now = await journey.seats.operator.client.station.levelling();
      return now.running === null && now.problem !== null ? now : null;
    });
    expect(problem).toMatchObject({ code: 'LEVELLING_SOURCE_DAMAGED' });
    expect(existsSync(media(roots[1], copy))).toBe(false);
    writeFileSync(media(roots[0], copy), bytes);
    await brought();
    expect(digests(roots[1], copy)).toEqual(right);
  });

  it('that is deleted while the disk is away is taken away from it when it is back, and never comes back', async () => {
    const [copy] = (await listed()).map(({ id }) => id);
    if (copy === undefined) throw new Error('no copy');
    await away();
    await journey.seats.investigator.client.copies.delete({ exhibit, copy, confirmed: true });
    expect(existsSync(join(roots[0], exhibit, 'copies', copy))).toBe(false);
    await back();
    expect(existsSync(media(roots[1], copy))).toBe(true);
    // The first disk loses a file of the exhibit: it is brought from the other one, the deleted copy is not.
    await rm(join(roots[0], exhibit, 'record.json'));
    await until('it is seen', async () => {
      const { exhibits } = await journey.seats.operator.client.station.levelling();
      return exhibits.find((one) => one.exhibit === exhibit)?.whole === 1;
    });
    await brought();
    await until('it is whole', () => existsSync(join(roots[0], exhibit, 'record.json')));
    for (const root of roots) expect(existsSync(join(root, exhibit, 'copies', copy))).toBe(false);
    expect(await listed()).toEqual([]);
  });
});
