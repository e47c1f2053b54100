import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkBackup, restoreBackup } from '../../../src/main/backup/index.ts';
import { writeBagTo } from '../../../src/main/cli/export.ts';
import { makeRoom, planNow, recordAndSeal } from '../../../src/main/cli/journey.ts';
import type { DemoPeople } from '../../../src/main/cli/people.ts';
import { jobResult, type Seat } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { cosign, newLogKey, parseAddCheckpoint, parseNote, witnessOf } from '../../../src/main/custody/index.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { folderSource } from '../../../src/main/verification/folderSource.ts';
import { verifyBag } from '../../../src/main/verification/index.ts';
import { BackupResult } from '../../../src/shared/contract/backup.ts';
import { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { cli, endAllIn } from '../../support/cli.ts';
import { hasCommand } from '../../support/openssl.ts';
import { everySegment, failedInPlace, newStation, openStation, signIn } from '../journey/seats.ts';

const checker = join(import.meta.dirname, '../../support/check_bag.py');
const python = hasCommand('python3', '--version');
if (!python) process.stdout.write('skipped: python3 is not installed, so no stranger reads the bags of two logs\n');
const control = { signal: new AbortController().signal, onFile: () => undefined };

let folder: string;
let people: DemoPeople;
let original: Station;
let restored: Station | null = null;
let exhibit: string;
/** Planned before the backup, recorded after it was put back. */
let planned: string;
let backup: BackupResult;
let trust: string;
const seats = new Map<string, Seat>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-restored-'));
  ({ station: original, people } = await newStation(join(folder, 'first')));
  const { investigator, administrator, clerk, judge } = people.seats;
  const room = await makeRoom(administrator);
  const plan = await planNow(investigator, room, 30, new Date());
  exhibit = (await recordAndSeal(investigator, plan.id, { seconds: 3, onRecording: () => undefined })).exhibit;
  await investigator.client.archive.handOver({ exhibit });
  await jobResult(clerk.client, (await clerk.client.archive.accept({ exhibit })).job);
  planned = (await planNow(investigator, room, 30, new Date(Date.now() + 60_000))).id;
  trust = join(folder, 'root.pem');
  await writeFile(trust, original.roots().stationRootPem);
  await judge.client.session.me();

  const { job } = await administrator.client.backup.make({ folder: join(folder, 'disk'), media: true });
  backup = BackupResult.parse(await jobResult(administrator.client, job));
  await original.stop();
  await rename(join(folder, 'first'), join(folder, 'gone'));
  await rm(join(folder, 'gone'), { recursive: true });
}, 240_000);
afterAll(async () => {
  await restored?.stop();
  await endAllIn(folder);
  await rm(folder, { recursive: true, force: true });
});

const passwordOf = (role: string) => people.accounts.find((one) => one.role === role)?.password ?? '';

/** The restored station; everybody signs in on it once. */
async function at(role: 'administrator' | 'clerk' | 'investigator' | 'judge' | 'auditor'): Promise<Seat> {
  if (restored === null) throw new Error('nothing is restored');
  const seat = seats.get(role) ?? (await signIn(restored, role, passwordOf(role)));
  seats.set(role, seat);
  return seat;
}

/** The status of `custody.witnesses` for this witness. */
async function witnessedIn(bag: string, vkey: string) {
  const trusted = { trust: [readFileSync(trust, 'utf8')], tsaTrust: [], witnesses: [vkey] };
  const { checks } = VerificationResult.parse(await verifyBag(folderSource(bag), trusted));
  return checks.find(({ name }) => name === 'custody.witnesses')?.status;
}

function checkedByPython(bag: string) {
  const { stdout } = spawnSync('python3', ['-I', '-B', checker, bag], { encoding: 'utf8' });
  return z.looseObject({ problems: z.array(z.string()) }).parse(JSON.parse(stdout));
}

async function verified(bag: string) {
  return VerificationResult.parse(
    await verifyBag(folderSource(bag), { trust: [readFileSync(trust, 'utf8')], tsaTrust: [], witnesses: [] }),
  );
}

describe('a station that was destroyed and restored elsewhere', () => {
  it('has a backup that is whole, its head signed, nothing left out', async () => {
    const checked = await checkBackup(backup.path, control);
    expect(checked).toMatchObject({
      problems: [],
      signed: true,
      statement: { media: true, station: { id: 'demo' } },
    });
    expect(backup).toMatchObject({ leftOut: [], signed: true, exhibits: 1, logSize: checked.statement.log.size });
    expect(checked.files.has(`exhibits/${exhibit}/tracks/room.mp4.age`)).toBe(true);
    expect(checked.files.has(`exhibits/${exhibit}/exhibit.key.age`)).toBe(true);
  });

  it('is made of it in an empty folder, once', async () => {
    const into = join(folder, 'second');
    const targets = [join(folder, 'disk-a'), join(folder, 'disk-b')];
    const made = await restoreBackup({ folder: backup.path, into, targets, clock: systemClock, ...control });
    expect(made).toMatchObject({ folder: into, targets, manifestSha256: backup.manifestSha256 });
    for (const target of targets) expect(existsSync(join(target, exhibit, 'record.json'))).toBe(true);
    const again = restoreBackup({ folder: backup.path, into, targets, clock: systemClock, ...control });
    await expect(again).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
  });

  it('lets nobody in before somebody has opened its keys; then the log goes on under a new origin', async () => {
    restored = await openStation(join(folder, 'second'));
    await expect(signIn(restored, 'administrator', passwordOf('administrator'))).rejects.toMatchObject({
      code: 'RESTORED_WAITS_FOR_KEYS',
    });
    const clerk = await at('clerk');
    const auditor = await at('auditor');
    await at('administrator');
    const log = await auditor.client.custody.check();
    expect(log).toMatchObject({ whole: true, problem: null, earlier: [{ size: backup.logSize }] });
    expect(log.origin).not.toBe(log.earlier[0]?.origin);
    const { events } = await auditor.client.custody.list({ before: null, count: 200 });
    expect(events.at(-1)).toMatchObject({ index: 0, action: 'log.continued', role: 'clerk' });
    expect((await clerk.client.session.me()).account?.role).toBe('clerk');
    const older = await auditor.client.custody.list({ before: null, count: 1, log: log.earlier[0]?.origin });
    expect(older).toMatchObject({ size: backup.logSize, earlier: null, events: [{ action: 'station.backup-begun' }] });
    await expect(auditor.client.custody.list({ before: null, count: 1, log: 'another' })).rejects.toMatchObject({
      code: 'LOG_UNKNOWN',
    });
  });

  it('verifies the exhibit where it lies, plays it, and exports a bag that stands by itself', async () => {
    if (restored === null) throw new Error('nothing is restored');
    const clerk = await at('clerk');
    expect(await failedInPlace(clerk, exhibit)).toEqual([]);
    const judge = await at('judge');
    const { account } = await judge.client.session.me();
    const hearing = await clerk.client.hearings.schedule({
      caseId: (await clerk.client.exhibits.get({ exhibit })).caseId,
      judge: account?.id ?? '',
      number: 'H-1',
      plannedAt: new Date().toISOString(),
      exhibits: [exhibit],
    });
    await judge.client.hearings.open({ hearing: hearing.id });
    await judge.client.playback.open({ exhibit, hearing: hearing.id });
    const parts = await everySegment(restored, judge, exhibit, ['room']);
    expect(parts.get('room.1')?.length ?? 0).toBeGreaterThan(1000);

    const bag = await writeBagTo(clerk, { exhibit, to: 'the defence', recipient: null, out: join(folder, 'bag') });
    const result = await verified(bag);
    expect(result.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(result).toMatchObject({ outcome: 'trusted', exitStatus: 0 });
    expect(result.checks.find(({ name }) => name === 'custody.continued')).toMatchObject({ status: 'pass' });
    for (const file of ['log.vkey', 'checkpoint', 'first.json', 'first.tlog-proof'])
      expect(existsSync(join(bag, 'data/custody/after/1', file))).toBe(true);
    expect(await cli(['verify', bag, '--trust', trust])).toMatchObject({ status: 0 });
    if (python) expect(checkedByPython(bag)).toMatchObject({ problems: [], log: { logs: 2 } });
  }, 60_000);

  it('takes in a witness’s answer to the head that closed the old log; the next bag carries it', async () => {
    const administrator = await at('administrator');
    const clerk = await at('clerk');
    const [old] = (await administrator.client.custody.witnesses()).closed;
    expect(old).toMatchObject({ size: backup.logSize, cosigned: [] });
    const witness = witnessOf(newLogKey('office.example').skey);
    await administrator.client.custody.trust({ name: 'Office', vkey: witness.vkey });
    const given = await clerk.client.custody.checkpoint({ witness: null, old: null, log: old?.origin ?? '' });
    const { checkpoint } = parseAddCheckpoint(given.text);
    const answer = checkpoint + cosign(parseNote(checkpoint).text, witness, witness, new Date());
    expect(await clerk.client.custody.cosigned({ text: answer })).toMatchObject({ size: backup.logSize });
    const { closed } = await administrator.client.custody.witnesses();
    expect(closed).toMatchObject([{ cosigned: [{ name: 'Office', size: backup.logSize }] }]);

    const bag = await writeBagTo(clerk, { exhibit, to: 'the court', recipient: null, out: join(folder, 'witnessed') });
    const head = join(bag, `data/custody/witnessed/${backup.logSize}.checkpoint`);
    expect(readFileSync(head, 'utf8')).toBe(answer);
    expect(await witnessedIn(bag, witness.vkey)).toBe('pass');
    expect((await verified(bag)).exitStatus).toBe(0);
    if (python) expect(checkedByPython(bag)).toMatchObject({ problems: [] });

    // A head of the log after it covers the seal as well: what was witnessed of the old one may be gone.
    const log = await administrator.client.custody.checkpoint({ witness: witness.vkey, old: null });
    const later = parseAddCheckpoint(log.text).checkpoint;
    const laterAnswer = later + cosign(parseNote(later).text, witness, witness, new Date());
    await clerk.client.custody.cosigned({ text: laterAnswer });
    const next = await writeBagTo(clerk, { exhibit, to: 'the court', recipient: null, out: join(folder, 'twice') });
    const ofLater = join(next, `data/custody/after/1/witnessed/${log.size}.checkpoint`);
    expect(readFileSync(ofLater, 'utf8')).toBe(laterAnswer);
    expect(await witnessedIn(next, witness.vkey)).toBe('pass');
    if (python) expect(checkedByPython(next)).toMatchObject({ problems: [] });
    await writeFile(ofLater, later);
    await rm(join(next, `data/custody/witnessed/${backup.logSize}.checkpoint`));
    expect(await witnessedIn(next, witness.vkey)).toBe('not-checked');
    await writeFile(ofLater, laterAnswer.replace(/\n[1-9]\d*\n/, '\n1\n'));
    expect(await witnessedIn(next, witness.vkey)).toBe('fail');
    if (python) expect(checkedByPython(next).problems.length).toBeGreaterThan(0);
  }, 60_000);

  it('records what was planned before; its bag proves the plan to the old log, the seal to the new one', async () => {
    const investigator = await at('investigator');
    const card = await recordAndSeal(investigator, planned, { seconds: 3, onRecording: () => undefined });
    const bag = await writeBagTo(investigator, {
      exhibit: card.exhibit,
      to: 'the court',
      recipient: null,
      out: join(folder, 'later'),
    });
    expect(existsSync(join(bag, 'data/custody/before/1/log.vkey'))).toBe(true);
    const result = await verified(bag);
    expect(result.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(result.exitStatus).toBe(0);
    if (python) expect(checkedByPython(bag)).toMatchObject({ problems: [], log: { logs: 2 } });
  }, 120_000);

  it.each<[string, string, string]>([
    ['another key of the log after it', 'after/1/log.vkey', 'custody.continued'],
    ['a byte of its first event', 'after/1/first.json', 'custody.continued'],
    ['no first event', '-after/1/first.json', 'custody.continued'],
    ['a proof of the log after it', 'after/1/proofs', 'custody.continued'],
    ['the closing head', 'checkpoint', 'custody.checkpoint'],
  ])('finds it in the bag: %s', async (_, what, check) => {
    const copy = join(folder, 'spoilt');
    await cp(join(folder, 'bag'), copy, { recursive: true });
    const path = join(copy, 'data/custody', what.replace('-', ''));
    if (what.startsWith('-')) await rm(path);
    else if (what.endsWith('proofs')) await rm(join(path, (await readdir(path))[0] ?? ''));
    else {
      const text = readFileSync(path, 'utf8');
      await writeFile(
        path,
        text.replace(/[1-9](?=[^1-9]*$)/, (digit) => (digit === '1' ? '2' : '1')),
      );
    }
    const { checks } = await verified(copy);
    expect(checks.filter(({ status }) => status === 'fail').map(({ name }) => name)).toContain(check);
    if (python) expect(checkedByPython(copy).problems).not.toEqual([]);
    await rm(copy, { recursive: true });
  });
});
