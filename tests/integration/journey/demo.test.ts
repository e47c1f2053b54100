import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyBag } from '../../../src/main/verification/index.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { type CliEnd, cli, endAllIn, passwordFile, processesIn } from '../../support/cli.ts';
import { hasCommand, openssl } from '../../support/openssl.ts';
import { type BagFiles, changed, filesOf, flipped, sourceOf } from '../verification/alteredBag.ts';

const script = join(import.meta.dirname, '../../support/check_bag.py');
const python = hasCommand('python3', '--version');
const age = hasCommand('age', '--version') && hasCommand('age-keygen', '--version');

const Done = z.strictObject({
  event: z.literal('done'),
  exhibit: z.string().regex(/^[a-z0-9]+-\d{4}-\d{6}$/),
  bag: z.string(),
  seal_ms: z.number().int().nonnegative(),
  accounts: z.array(
    z.strictObject({ name: z.string(), role: z.string(), password: z.string().min(1), login: z.string() }),
  ),
  checks: z.strictObject({ passed: z.number(), failed: z.number(), not_checked: z.number() }),
});

let folder: string;
let station: string;
let bag: string;
let root: string;
let end: CliEnd;
let done: z.infer<typeof Done>;
let files: BagFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-demo-'));
  [station, bag] = [join(folder, 'station'), join(folder, 'bag')];
  root = join(folder, 'station-roots', 'station-root.pem');
  end = await cli(['demo', '--station', station, '--seconds', '4', '--out', bag, '--json']);
  done = Done.parse(end.events.at(-1));
  files = await filesOf(bag);
}, 240_000);
afterAll(async () => {
  await endAllIn(folder);
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const passwordOf = (role: string) => done.accounts.find((one) => one.role === role)?.password ?? '';
const asClerk = async () => [
  ...['--as', 'clerk'],
  ...['--password-file', await passwordFile(join(folder, 'clerk.txt'), passwordOf('clerk'))],
];
const record = () => EvidenceRecord.parse(JSON.parse(readFileSync(join(bag, 'data/record.json'), 'utf8')));

describe('birret demo', () => {
  it('ends well: every step, no failed check, one account a role, the roots on the side', () => {
    expect(end.status, end.log).toBe(0);
    expect(end.events.map((event) => event['step'] ?? event.event)).toEqual([
      ...['set-up', 'record', 'sealed', 'accepted', 'replayed', 'done'],
    ]);
    expect(done.checks.failed).toBe(0);
    expect(done.checks.passed).toBeGreaterThan(25);
    expect(done.bag).toBe(bag);
    expect(done.accounts.map(({ role }) => role).sort()).toEqual([
      ...['administrator', 'auditor', 'clerk', 'investigator', 'judge', 'operator'],
    ]);
    expect(existsSync(root)).toBe(true);
  });

  it('leaves nothing running, and nothing in the clear', () => {
    expect(processesIn(folder)).toEqual([]);
    const names = readdirSync(station, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.(mp4|m4s|wav|mkv)$/.test(name))).toEqual([]);
    expect(names.filter((name) => /\.tmp$|run\.json$|start\.json$/.test(name))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['bag', 'station', 'station-roots']);
  });

  it('refuses a folder in which a station stands', async () => {
    const again = await cli(['demo', '--station', station, '--seconds', '3', '--json']);
    expect(again.status).toBe(2);
    expect(again.events).toMatchObject([{ event: 'error', code: 'STATION_ALREADY_SET_UP' }]);
  });
});

describe('birret verify', () => {
  it('establishes with the root, says what is missing without it', async () => {
    const trusted = await cli(['verify', bag, '--trust', root, '--json']);
    expect(trusted.status, trusted.said).toBe(0);
    const { event, ...result } = trusted.events[0] ?? {};
    expect(event).toBe('verified');
    expect(VerificationResult.parse(result)).toMatchObject({ outcome: 'trusted', summary: { failed: 0 } });
    const alone = await cli(['verify', bag]);
    expect(alone.status).toBe(3);
    expect(alone.said.length).toBeGreaterThan(200);
  });

  it.each([
    ['nothing', () => ['verify', join(folder, 'no-such-bag')]],
    ['no bag', () => ['verify', station]],
    ['no argument', () => ['verify']],
    ['an unknown option', () => ['verify', bag, '--trusts', root]],
    ['an unreadable root', () => ['verify', bag, '--trust', join(folder, 'no-root.pem')]],
  ])('is 2 for %s', async (_, args) => {
    const { status, log } = await cli(args());
    expect(log).toMatch(/\. .*\[[A-Z_]+\]/s);
    expect(status, log).toBe(2);
  });

  it('is 1 and names the check when one byte of the bag is another', async () => {
    const copy = join(folder, 'flipped');
    await cp(bag, copy, { recursive: true });
    const path = join(copy, 'data/tracks/face.mp4');
    const bytes = readFileSync(path);
    writeFileSync(path, flipped(bytes, bytes.length >> 1));
    const { status, said } = await cli(['verify', copy, '--trust', root, '--json']);
    expect(status).toBe(1);
    const { event: _, ...result } = z.looseObject({ event: z.string() }).parse(JSON.parse(said));
    const failed = VerificationResult.parse(result).checks.filter((check) => check.status === 'fail');
    expect(failed.map((check) => check.name)).toEqual(expect.arrayContaining(['bag.manifest', 'track.face.segments']));
    await rm(copy, { recursive: true });
  });

  it('names a failed check for one byte in each file of the bag', async () => {
    const trust = [readFileSync(root)];
    expect((await verifyBag(sourceOf(files), { trust })).exitStatus).toBe(0);
    expect(files.size).toBeGreaterThan(40);
    for (const [path, content] of files) {
      const altered = changed(files, { [path]: flipped(content, content.length >> 1) });
      const result = await verifyBag(sourceOf(altered), { trust });
      const failed = result.checks.filter((check) => check.status === 'fail').map((check) => check.name);
      expect(failed, path).not.toEqual([]);
      expect(result.exitStatus, path).toBe(1);
    }
  });
});

describe('tools that nobody here wrote agree', () => {
  it('sha256sum', () => {
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      const said = execFileSync('sha256sum', ['--strict', '-c', manifest], { cwd: bag, encoding: 'utf8' });
      expect(said).not.toContain('FAILED');
    }
  });

  it.skipIf(!hasCommand('openssl'))('openssl, by the line on the format page', () => {
    const data = join(bag, 'data');
    const [chain = ''] = readdirSync(join(data, 'signatures/chain'));
    const { interview, signers } = record();
    const at = String(Math.floor(Date.parse(interview.sealed_at) / 1000));
    const verify = (p7s: string, content: string) =>
      openssl(
        ...['cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-no-CApath', '-no-CAstore'],
        ...['-CAfile', root, '-certfile', join(data, 'signatures/chain', chain), '-attime', at],
        ...['-inform', 'DER', '-in', p7s, '-content', content, '-out', '/dev/null'],
      );
    expect(signers.map(({ role }) => role)).toEqual(['station', 'officer']);
    for (const { file } of signers) {
      expect(verify(join(data, file), join(data, 'record.json'))).toMatchObject({ status: 0 });
      expect(verify(join(data, file), join(data, 'READ-ME.html')).status).not.toBe(0);
    }
    const tags = join(bag, 'tagmanifest-sha256.txt');
    expect(verify(`${tags}.p7s`, tags)).toMatchObject({ status: 0 });
  });

  it.skipIf(!python)('Python’s standard library (skipped without python3)', () => {
    const { status, stdout } = spawnSync('python3', ['-I', '-B', script, bag], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ exhibit: done.exhibit, problems: [] });
    expect(status).toBe(0);
  });

  it.skipIf(!age)('age, for a bag to a recipient (skipped without age)', async () => {
    const key = join(folder, 'defence.key');
    execFileSync('age-keygen', ['-o', key], { stdio: 'ignore' });
    const recipient = execFileSync('age-keygen', ['-y', key], { encoding: 'utf8' }).trim();
    const out = join(folder, 'handed.tar.age');
    const exported = await cli([
      ...['export', '--station', station, '--exhibit', done.exhibit, '--out', out],
      ...['--recipient', recipient, ...(await asClerk()), '--json'],
    ]);
    expect(exported.status, exported.said + exported.log).toBe(0);
    expect(exported.events.at(-1)).toMatchObject({ event: 'exported', exhibit: done.exhibit, bag: out });
    const opened = join(folder, 'opened');
    await mkdir(opened);
    const tar = join(folder, 'handed.tar');
    execFileSync('age', ['-d', '-i', key, '-o', tar, out]);
    execFileSync('tar', ['-xf', tar, '-C', opened]);
    const [top = ''] = readdirSync(opened);
    const plain = await cli(['verify', join(opened, top), '--trust', root]);
    expect(plain.status, plain.said).toBe(0);
    expect(readFileSync(join(opened, top, 'data/record.json'))).toEqual(readFileSync(join(bag, 'data/record.json')));
    const encrypted = await cli(['verify', out, '--identity', key, '--trust', root]);
    expect(encrypted.status, encrypted.said).toBe(0);
    // Without the key it cannot be read, and no other key opens it.
    expect((await cli(['verify', out])).status).toBe(2);
    await rm(opened, { recursive: true });
    await rm(tar);
  });
});

describe('birret export', () => {
  it('never writes over what is there, and leaves nothing where it is refused', async () => {
    const before = await filesOf(bag);
    const again = await cli([
      ...['export', '--station', station, '--exhibit', done.exhibit, '--out', bag, ...(await asClerk()), '--json'],
    ]);
    expect(again.status).toBe(1);
    expect(again.events).toMatchObject([{ event: 'error', code: 'EXPORT_EXISTS' }]);
    expect([...(await filesOf(bag))].map(([path, bytes]) => [path, sha256(bytes)])).toEqual(
      [...before].map(([path, bytes]) => [path, sha256(bytes)]),
    );
    const nobody = await cli([
      ...['export', '--station', station, '--exhibit', done.exhibit, '--out', join(folder, 'to-nobody.tar.age')],
      ...['--recipient', `age1${'q'.repeat(58)}`, ...(await asClerk()), '--json'],
    ]);
    expect(nobody.events).toMatchObject([{ event: 'error', code: 'RECIPIENT_INVALID' }]);
    expect(existsSync(join(folder, 'to-nobody.tar.age'))).toBe(false);
  });

  it.each([
    ['a wrong password', 'clerk', 'not the password', /^SIGN_IN|^PASSWORD|^WRONG/],
    ['a role that may not', 'judge', null, /REFUSED|TIE|ROLE/],
  ])('refuses %s', async (_, login, password, code) => {
    const file = await passwordFile(join(folder, 'p.txt'), password ?? passwordOf(login));
    const out = join(folder, 'refused');
    const { status, events } = await cli([
      ...['export', '--station', station, '--exhibit', done.exhibit, '--out', out],
      ...['--as', login, '--password-file', file, '--json'],
    ]);
    expect(status).toBe(1);
    expect(events.at(-1)?.event).toBe('error');
    expect(String(events.at(-1)?.['code'])).toMatch(code);
    expect(existsSync(out)).toBe(false);
  });
});
