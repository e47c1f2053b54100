import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinRecoveryKey } from '../../../src/main/accounts/recoveryKey.ts';
import { writeBagTo } from '../../../src/main/cli/export.ts';
import { makeRoom, planNow, recordAndSeal } from '../../../src/main/cli/journey.ts';
import type { DemoPeople } from '../../../src/main/cli/people.ts';
import { jobResult, takeSeat } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { Exhibit, Receipt } from '../../../src/shared/contract/exhibits.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { cli, endAllIn, passwordFile, processesIn } from '../../support/cli.ts';
import { mountSkipReason, mountSmall } from '../../support/mounts.ts';
import { hasCommand } from '../../support/openssl.ts';
import { flipped } from '../verification/alteredBag.ts';
import { everySegment, failedInPlace, newStation } from './seats.ts';

const age = hasCommand('age', '--version');
const noMount = mountSkipReason();
if (noMount !== null) process.stderr.write(`skipped: an import onto a full disk: ${noMount}\n`);

let folder: string;
let police: { station: Station; people: DemoPeople };
let court: { station: Station; people: DemoPeople };
let exhibit: string;
let roots: string;
let plain: string;
let encrypted: string;
let record: EvidenceRecord;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-two-'));
  police = await newStation(join(folder, 'police'), 'police');
  court = await newStation(join(folder, 'court'), 'court');
  const { investigator, clerk, administrator } = police.people.seats;
  const plan = await planNow(investigator, await makeRoom(administrator), 30, new Date());
  exhibit = (await recordAndSeal(investigator, plan.id, { seconds: 3, onRecording: () => undefined })).exhibit;
  await investigator.client.archive.handOver({ exhibit });
  const { job } = await clerk.client.archive.accept({ exhibit });
  Receipt.parse(await jobResult(clerk.client, job));
  roots = join(folder, 'police-root.pem');
  writeFileSync(roots, police.station.roots().stationRootPem);
  const { recipient } = await court.people.seats.clerk.client.archive.recipient();
  const to = { exhibit, to: 'the court', recipient: null };
  plain = await writeBagTo(clerk, { ...to, out: join(folder, 'plain') });
  encrypted = await writeBagTo(clerk, { ...to, out: join(folder, 'sent.tar.age'), recipient });
  record = EvidenceRecord.parse(JSON.parse(readFileSync(join(plain, 'data/record.json'), 'utf8')));
}, 240_000);
afterAll(async () => {
  await court?.station.stop();
  await police?.station.stop();
  await endAllIn(folder);
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const allUnder = (path: string) => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();

async function importAs(
  { station, people }: { station: Station; people: DemoPeople },
  path: string,
  options: { trust?: readonly string[]; accepted?: boolean } = {},
): Promise<Exhibit> {
  const { client } = people.seats.clerk;
  expect(station.busy()).toBe(false);
  const { trust = [roots], accepted = false } = options;
  const { job } = await client.archive.import({ path, trust: [...trust], unestablishedAccepted: accepted });
  return Exhibit.parse(await jobResult(client, job));
}

describe('a bag that the court does not take in', () => {
  const targets = () => join(folder, 'court', 'targets');

  it.each<[string, string, (copy: string) => void | Promise<void>]>([
    ['a changed byte', 'IMPORT_REFUSED', (copy) => alter(join(copy, 'data/tracks/room.mp4'))],
    ['a changed record', 'IMPORT_REFUSED', (copy) => alter(join(copy, 'data/record.json'))],
    ['a file that is missing', 'IMPORT_REFUSED', (copy) => rm(join(copy, 'data/tracks/mic1.heads'))],
    ['a file too many', 'IMPORT_REFUSED', (copy) => writeFileSync(join(copy, 'data/tracks/more.mp4'), 'more')],
    ['a part cut short', 'IMPORT_REFUSED', (copy) => shorten(join(copy, 'data/tracks/face.mp4'))],
    ['no manifest', 'IMPORT_REFUSED', (copy) => rm(join(copy, 'manifest-sha256.txt'))],
  ])('%s: refused, and nothing is left on the disks', async (_, code, spoil) => {
    const copy = join(folder, 'spoilt');
    await cp(plain, copy, { recursive: true });
    await spoil(copy);
    const before = allUnder(targets());
    await expect(importAs(court, copy)).rejects.toMatchObject({ code });
    expect(allUnder(targets())).toEqual(before);
    await rm(copy, { recursive: true });
  });

  it.each<[string, string, (bytes: Buffer) => Buffer]>([
    ['a changed byte', 'AGE_DAMAGED', (bytes) => flipped(bytes, bytes.length >> 1)],
    ['its end cut off', 'AGE_', (bytes) => bytes.subarray(0, -100_000)],
    ['a changed header', 'AGE_', (bytes) => flipped(bytes, 100)],
  ])('an encrypted bag with %s', async (_, code, spoil) => {
    const copy = join(folder, 'spoilt.tar.age');
    writeFileSync(copy, spoil(readFileSync(encrypted)));
    const before = allUnder(targets());
    const refused: unknown = await importAs(court, copy).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: expect.stringMatching(`^${code}|^BAG_UNREADABLE|^IMPORT_REFUSED`) });
    expect(allUnder(targets())).toEqual(before);
    await rm(copy);
  });

  it('one to somebody else cannot be opened', async () => {
    await expect(importAs(police, encrypted)).rejects.toMatchObject({ code: 'AGE_WRONG_KEY' });
  });

  it('one whose issuer nobody trusts is not taken in unasked', async () => {
    const before = allUnder(targets());
    await expect(importAs(court, encrypted, { trust: [] })).rejects.toMatchObject({ code: 'IMPORT_UNESTABLISHED' });
    await expect(importAs(court, encrypted, { trust: [join(folder, 'no.pem')] })).rejects.toMatchObject({
      code: 'TRUST_ROOT_UNREADABLE',
    });
    expect(allUnder(targets())).toEqual(before);
  });

  it('its own exhibit, back from elsewhere, is there already', async () => {
    await expect(importAs(police, plain)).rejects.toMatchObject({ code: 'EXHIBIT_ALREADY_HERE' });
    expect(await failedInPlace(police.people.seats.clerk, exhibit)).toEqual([]);
  });

  it.skipIf(noMount !== null)('when its disk is full: refused, and nothing is left', async () => {
    const [small, large] = [join(folder, 'small-disk'), join(folder, 'large-disk')];
    const unmount = mountSmall(small, Math.round(bytesOf(join(plain, 'data/tracks')) / 2));
    await mkdir(large);
    const { administrator } = court.people.seats;
    const own = (await administrator.client.station.targets()).map(({ path }) => path);
    try {
      await administrator.client.station.setTargets({ paths: [large, small] });
      await expect(importAs(court, plain)).rejects.toMatchObject({ code: 'TARGET_UNUSABLE' });
      expect([allUnder(large), allUnder(small)]).toEqual([[], []]);
    } finally {
      await administrator.client.station.setTargets({ paths: own });
      unmount();
    }
  });
});

describe('what one station records and hands over', () => {
  it('the court takes in, replays in a hearing, and keeps both logs of', async () => {
    const taken = await importAs(court, encrypted);
    expect(taken).toMatchObject({ number: exhibit, origin: 'imported', state: 'sealed', archive: 'accepted' });
    const { clerk, judge } = court.people.seats;
    expect(await failedInPlace(clerk, exhibit)).toEqual([]);
    await expect(importAs(court, encrypted)).rejects.toMatchObject({ code: 'EXHIBIT_ALREADY_HERE' });

    const kept = join(folder, 'court/targets/a', exhibit);
    for (const target of ['a', 'b']) {
      for (const name of ['custody/events.jsonl', 'custody/checkpoint', 'custody/log.vkey', 'record.json']) {
        const here = await readFile(join(folder, 'court/targets', target, exhibit, name));
        if (name !== 'custody/events.jsonl' && name !== 'custody/checkpoint')
          expect(here).toEqual(await readFile(join(plain, 'data', name)));
        expect(here.toString('utf8')).toContain(name === 'record.json' ? exhibit : 'police');
      }
    }
    expect(allUnder(kept).filter((name) => name.endsWith('.mp4'))).toEqual([]);
    const own = await clerk.client.exhibits.custody({ exhibit });
    expect(own.map(({ action }) => action)).toContain('bag.imported');

    const people = await clerk.client.accounts.people();
    const { id: hearing } = await clerk.client.hearings.schedule({
      caseId: taken.caseId,
      number: 'H-1',
      judge: people.find(({ role }) => role === 'judge')?.id ?? '',
      plannedAt: new Date().toISOString(),
      exhibits: [exhibit],
    });
    await judge.client.hearings.open({ hearing });
    const playback = await judge.client.playback.open({ hearing, exhibit });
    expect(playback.tracks.map(({ id }) => id)).toEqual(['room', 'face', 'mic1', 'mic2']);
    const shown = await everySegment(court.station, judge, exhibit, ['room', 'face', 'mic1', 'mic2']);
    for (const track of record.tracks) {
      expect(sha256(shown.get(`${track.id}.1`) ?? Buffer.alloc(0)), track.id).toBe(track.parts[0]?.sha256);
    }
    await judge.client.playback.present({
      hearing,
      presented: { exhibit, atMs: 2000, playing: false, rate: 1, view: 'both' },
      shown: [[0, 2000]],
    });
    await judge.client.playback.close({ hearing, exhibit });
    const closed = await judge.client.hearings.close({ hearing });
    expect(closed.played).toEqual([{ exhibit, ranges: [[0, 2000]] }]);
    const after = (await clerk.client.exhibits.custody({ exhibit })).map(({ action }) => action);
    for (const action of ['playback.opened', 'playback.played', 'playback.closed']) expect(after).toContain(action);
    // Its own bag is to be handed on: this station cannot sign another's recording anew.
    await expect(
      writeBagTo(clerk, { exhibit, out: join(folder, 'again'), to: 'x', recipient: null }),
    ).rejects.toMatchObject({ code: 'EXHIBIT_WRONG_STATE' });
    expect(readdirSync(folder)).not.toContain('again');
  }, 120_000);

  it('is taken in by the command line too, with a stated acceptance', async () => {
    const other = join(folder, 'other');
    const { station, people } = await newStation(other, 'other');
    await station.stop();
    const clerk = people.accounts.find(({ role }) => role === 'clerk')?.password ?? '';
    const credentials = ['--as', 'clerk', '--password-file', await passwordFile(join(folder, 'clerk.txt'), clerk)];
    const args = ['import', plain, '--station', other, ...credentials, '--json'];
    const unasked = await cli(args);
    expect(unasked.status).toBe(1);
    expect(unasked.events).toMatchObject([{ event: 'error', code: 'IMPORT_UNESTABLISHED' }]);
    // What imports left that were killed half-way, before and after the folder got its name.
    for (const name of ['.import-abc', exhibit]) {
      await mkdir(join(other, 'targets/a', name), { recursive: true });
      writeFileSync(join(other, 'targets/a', name, '.import-unfinished'), '');
    }
    const accepted = await cli([...args, '--accept-unestablished']);
    expect(allUnder(join(other, 'targets')).filter((name) => name.includes('.import'))).toEqual([]);
    expect(accepted.events).toEqual([{ event: 'imported', exhibit }]);
    expect(accepted.status).toBe(0);
    const twice = await cli([...args, '--trust', roots]);
    expect(twice.events).toMatchObject([{ event: 'error', code: 'EXHIBIT_ALREADY_HERE' }]);
    const nothing = await cli(['import', join(folder, 'nothing'), '--station', other, ...credentials, '--json']);
    expect(nothing.status).toBe(2);
    expect(nothing.events).toMatchObject([{ event: 'error', code: 'BAG_UNREADABLE' }]);
  }, 120_000);
});

describe('the keys', () => {
  it.skipIf(!age)('on paper open a stored part with age alone, byte for byte (skipped without age)', async () => {
    const { part1, part2 } = police.people.setUp.recovery;
    const recovery = join(folder, 'recovery.key');
    writeFileSync(recovery, `${joinRecoveryKey({ part1, part2 })}\n`, { mode: 0o600 });
    const stored = join(folder, 'police/targets/b', exhibit);
    const key = join(folder, 'exhibit.key');
    execFileSync('age', ['-d', '-i', recovery, '-o', key, join(stored, 'exhibit.key.age')]);
    for (const track of record.tracks) {
      const [part] = track.parts;
      const media = execFileSync('age', ['-d', '-i', key, join(stored, `${part?.file}.age`)], {
        maxBuffer: 256 * 1024 * 1024,
      });
      expect(sha256(media), track.id).toBe(part?.sha256);
      expect(media.length).toBe(part?.bytes);
    }
    // The paper opens what was made for it, and no exhibit's media by itself.
    expect(() => execFileSync('age', ['-d', '-i', recovery, join(stored, 'tracks/room.mp4.age')])).toThrow();
    await rm(recovery);
    await rm(key);
  });

  it('are the person’s: a seat on which nobody signed in gets nothing', async () => {
    const seat = takeSeat(police.station);
    await expect(seat.client.archive.verify({ exhibit })).rejects.toMatchObject({ code: 'SESSION_MISSING' });
  });
});

it('nothing is left running', async () => {
  expect(processesIn(folder)).toEqual([]);
});

function alter(path: string): void {
  const bytes = readFileSync(path);
  writeFileSync(path, flipped(bytes, bytes.length >> 1));
}
const bytesOf = (path: string) => allUnder(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
function shorten(path: string): void {
  writeFileSync(path, readFileSync(path).subarray(0, -1000));
}
